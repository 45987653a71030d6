"""What becomes of each line: good, faulty, or known already."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.clock import civil_day
from app.core.db import db
from app.core.i18n import _
from app.core.security import keyed_digest
from app.core.typography import date_fr
from app.pastlife.lines import Checked, Kind, Line
from app.pastlife.models import PastImport, PastLine

BATCH = 500
Problem = tuple[str, str, str]
"""The column, the value typed, and how to mend it."""


@dataclass(frozen=True)
class Sorted:
    """A line, its state, why, and its digest when it is good."""

    checked: Checked
    state: str
    problems: Sequence[Problem]
    digest: str | None


class Sorter:
    """Sorts the lines of a file, in their order, a batch at a time."""

    def __init__(self, kind: Kind) -> None:
        self._kind, self._checker = kind, kind.checker()
        self._first: dict[str, int] = {}
        self._alike: Counter[str] = Counter()

    def sort(self, lines: Sequence[Line]) -> list[Sorted]:
        """What becomes of a batch; one statement besides those of its kind."""
        found = [(one, self._digest(one)) for one in self._checker.check(lines)]
        taken = self._taken({digest for _one, digest in found if digest})
        return [self._sort(one, digest, taken) for one, digest in found]

    def again(self, lines: Sequence[Line]) -> list[Checked]:
        """What is made now of lines sorted before."""
        return self._checker.check(lines)

    def _digest(self, one: Checked) -> str | None:
        """What makes the line the same as another; of lines without a name, its rank is part."""
        if not one.is_good:
            return None
        parts = json.dumps([self._kind.code, *one.same], ensure_ascii=False, default=str)
        if not one.is_counted:
            return keyed_digest("past-life", parts)
        self._alike[parts] += 1
        return keyed_digest("past-life", f"{parts}|{self._alike[parts]}")

    def _taken(self, digests: set[str]) -> dict[str, datetime]:
        rows = db.session.execute(
            select(PastLine.digest, PastImport.done_at)
            .join(PastImport, PastImport.id == PastLine.import_id)
            .where(PastLine.digest.in_(digests), PastLine.state == "done")
        )
        return {row.digest: row.done_at for row in rows}

    def _sort(self, one: Checked, digest: str | None, taken: dict[str, datetime]) -> Sorted:
        if digest is None:
            return Sorted(one, "faulty", one.line.problems, None)
        keys = [digest, *(repr(shared) for shared in one.also)]
        first = min([self._first.setdefault(key, one.line.number) for key in keys])
        why = one.repeated
        if first != one.line.number:
            why = _("C’est la même que la ligne %(number)d de ce fichier.", number=first)
        elif digest in taken:
            day = date_fr(civil_day(taken[digest]))
            why = _("Cette ligne a déjà été reprise, le %(day)s.", day=day)
        if why:
            return Sorted(one, "repeated", [("", "", why)], None)
        return Sorted(one, "good", [], digest)
