"""The journal of a poll as anyone reads it, and as a file that anyone can check."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from app.core.clock import today
from app.core.db import db
from app.core.i18n import _l
from app.core.typography import datetime_fr, number_fr
from app.voting.events import Kind
from app.voting.models import Poll, PollEvent

WORDS: dict[str, Any] = {
    Kind.CREATED: _l("Annoncé"),
    Kind.REVISED: _l("Annoncé de nouveau, avec d’autres règles"),
    Kind.TAKEN_BACK: _l("Repris en brouillon, avant l’ouverture"),
    Kind.OPENED: _l("Ouvert : les règles et la liste sont fixées"),
    Kind.ROLL_CHANGED: _l("Liste corrigée"),
    Kind.REMINDED: _l("Rappel envoyé à qui n’avait pas voté"),
    Kind.EXTENDED: _l("Prolongé"),
    Kind.ENDED: _l("Terminé avant l’heure : toute la liste avait voté"),
    Kind.PAPER_READ: _l("Bulletins de papier lus deux fois"),
    Kind.CLOSED: _l("Dépouillé et publié"),
    Kind.CANCELLED: _l("Annulé : les bulletins sont détruits"),
    Kind.ARCHIVED: _l("Rangé aux archives"),
    Kind.UNARCHIVED: _l("Sorti des archives"),
    Kind.DECIDED: _l("Devenu une décision"),
}
FACTS: dict[str, Any] = {
    "roll": _l("Personnes sur la liste"),
    "roll_sha256": _l("Empreinte de la liste"),
    "rules_sha256": _l("Empreinte des règles"),
    "closes_at": _l("Fermeture"),
    "extended_from": _l("Fermait"),
    "turnout": _l("Votants"),
    "ballots_sha256": _l("Empreinte du fichier des bulletins"),
    "decision": _l("Décision"),
    "piles": _l("Piles de bulletins de papier"),
    "papers": _l("Bulletins de papier"),
}
HOW = (
    "hash = SHA-256, en hexadécimal, du texte JSON (UTF-8, clés triées, sans espace) de la liste "
    "[poll, number, kind, at, facts, previous_hash]. previous_hash est le hash de la ligne "
    "d’avant ; 64 zéros pour la première."
)
"""Not translated: it is in a published file."""


@dataclass(frozen=True)
class Line:
    """One thing that happened; `facts` are (words, value) pairs."""

    number: int
    words: Any
    at: datetime
    facts: Sequence[tuple[str, str]]
    previous_hash: str
    hash: str


def lines_of(poll_id: int) -> list[Line]:
    """The journal in words, the first line first; one statement."""
    return [
        Line(
            event.number,
            WORDS.get(event.kind, event.kind),
            event.at,
            tuple((str(FACTS.get(key, key)), _said(value)) for key, value in event.facts.items()),
            event.previous_hash,
            event.hash,
        )
        for event in _events(poll_id)
    ]


def as_json(poll: Poll, until: Kind | None = None) -> dict[str, Any]:
    """The journal as a file says it, up to and with the last line of a kind."""
    events = _events(poll.id)
    if until is not None:
        last = max((event.number for event in events if event.kind == until), default=0)
        events = events[:last]
    lines = [
        {
            "number": event.number,
            "kind": event.kind,
            "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "facts": event.facts,
            "previous_hash": event.previous_hash,
            "hash": event.hash,
        }
        for event in events
    ]
    return {"poll": poll.id, "title": poll.title, "how": HOW, "lines": lines}


def written(content: Any) -> bytes:
    """JSON that anyone reads, the same bytes for the same content."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _events(poll_id: int) -> Sequence[PollEvent]:
    return db.session.scalars(
        select(PollEvent).where(PollEvent.poll_id == poll_id).order_by(PollEvent.number)
    ).all()


def _said(value: Any) -> str:
    if isinstance(value, int):
        return number_fr(value)
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return datetime_fr(moment, today()) if moment.tzinfo else str(value)
