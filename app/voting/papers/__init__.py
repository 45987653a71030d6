"""Ballot papers, found by what a ballot holds: no method is named here."""

import json
import pkgutil
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from app.core.i18n import _
from app.voting.methods import METHODS
from app.voting.papers.base import Choice, Fields, Paper, Rows
from app.voting.wording import Option


def _found() -> list[Paper]:
    return [
        made()
        for module in pkgutil.iter_modules(__path__)
        for made in vars(import_module(f"{__name__}.{module.name}")).values()
        if isinstance(made, type) and issubclass(made, Paper) and hasattr(made, "holds")
    ]


__all__ = ["PAPERS", "Paper", "paper_of", "read", "words", "write"]

PAPERS = {paper.holds: paper for paper in _found()}


def paper_of(method: str) -> Paper:
    """The ballot paper of a method."""
    return PAPERS[METHODS[method].holds]


def read(method: str, fields: Fields) -> dict[str, Any]:
    """What someone answered; the counting method says whether it is a ballot."""
    return {"blank": True} if fields.get("blank") else paper_of(method).read(fields)


def write(choice: str | None) -> dict[str, str]:
    """The fields that give this ballot back, to fill the form again."""
    given: Choice = json.loads(choice) if choice else {}
    if given.get("blank"):
        return {"blank": "1"}
    paper = _holding(given)
    return paper.write(given) if paper else {}


def words(given: Choice, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
    """A ballot as rows of (question, answer)."""
    paper = None if given.get("blank") else _holding(given)
    return paper.words(given, rules, options) if paper else [(_("Votre vote"), _("Vote blanc"))]


def _holding(given: Choice) -> Paper | None:
    return next((paper for paper in PAPERS.values() if paper.key in given), None)
