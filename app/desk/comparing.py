"""Two files side by side, before they are made one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort
from sqlalchemy import select

from app.accounts.models import Resident
from app.centre.models import Quartier
from app.core.db import db
from app.desk.carrying import count_rows
from app.desk.merge_rules import COUNTED_ELSEWHERE, MOVES
from app.desk.models import Merge


@dataclass(frozen=True)
class Side:
    """One of the two files."""

    person: Resident
    quartier: str | None


@dataclass(frozen=True)
class Comparison:
    """Both files, and how many things hang from each, by what the page calls them."""

    one: Side
    other: Side
    counts: list[tuple[Any, int, int]]

    @property
    def suggested(self) -> int:
        """The file to keep, unless the agent knows better.

        The one with a second factor, which is not joined; else the one used last, then the first.
        """

        def seen(side: Side) -> tuple[bool, date, bool, int]:
            one = side.person
            locked = one.totp_secret is not None
            return (locked, one.last_seen_on or date.min, one.email is not None, -one.id)

        return max(self.one, self.other, key=seen).person.id


def comparison(one_id: int, other_id: int) -> Comparison:
    """Two files that are both in use; 404 otherwise. Two statements, and those of the people."""
    rows = db.session.execute(
        select(Resident, Quartier.name)
        .outerjoin(Quartier, Quartier.id == Resident.quartier_id)
        .where(Resident.id.in_((one_id, other_id)))
    ).all()
    sides = {person.id: Side(person, quartier) for person, quartier in rows if person.is_active}
    if len(sides) != 2:
        abort(404)
    ones: Counter[str] = Counter()
    others: Counter[str] = Counter()
    labels: dict[str, Any] = {}
    for link, left, right in count_rows((one_id, other_id)):
        if link in COUNTED_ELSEWHERE:
            continue
        label = str(MOVES[link])
        labels[label] = MOVES[link]
        ones[label] += left
        others[label] += right
    counts = [
        (label, ones[key], others[key]) for key, label in labels.items() if ones[key] or others[key]
    ]
    return Comparison(sides[one_id], sides[other_id], counts)


@dataclass(frozen=True)
class Joined:
    """A file joined to the one shown."""

    merge_id: int
    name: str
    card_number: str
    at: datetime
    reason: str


def joined_to(resident_id: int) -> list[Joined]:
    """The files joined to this one, the latest first."""
    rows = db.session.execute(
        select(
            Merge.id,
            Resident.full_name,
            Resident.card_number,
            Merge.merged_at,
            Merge.reason,
        )
        .join(Resident, Resident.id == Merge.merged_id)
        .where(Merge.kept_id == resident_id, Merge.undone_at.is_(None))
        .order_by(Merge.id.desc())
    )
    return [Joined(*row) for row in rows]
