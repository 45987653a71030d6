"""Ledger entries as the other features write them, with only the facts that matter."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from app.accounts.models import Resident
from app.core.db import atomic
from app.indicators.queries import Figure, values
from app.ledger import services
from app.ledger.acts import Act
from app.ledger.models import Entry
from tests.factories import make_resident

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
MARCH = date(2026, 3, 10)
_numbers = count(1)

record = atomic(services.record)
void = atomic(services.void)


@dataclass
class Thing:
    """A subject of another feature."""

    __tablename__ = "sessions"
    id: int
    ledger_label: str = "Fête de quartier"


def thing(label: str = "Fête de quartier") -> Thing:
    """A session, a meeting, a project…: another one at each call."""
    return Thing(next(_numbers), label)


def offsite(quartier_id: int | None = None, when: date = MARCH, **facts: Any) -> Entry:
    """A session held in a quartier."""
    return record(
        Act.SESSION_HELD, subject=thing(), when=when, offsite=True, quartier_id=quartier_id, **facts
    )


def attended(resident: Resident, body_id: int = 1, when: date = MARCH, **facts: Any) -> Entry:
    """Someone came to a meeting of a comité."""
    facts.setdefault("body_kind", "comite")
    return record(
        Act.MEETING_ATTENDED, actor=resident, subject=thing(), when=when, body_id=body_id, **facts
    )


def attended_by(number: int, body_id: int = 1, when: date = MARCH, **person: Any) -> list[Entry]:
    """As many different people came."""
    return [attended(make_resident(**person), body_id, when) for _ in range(number)]


def figure(code: str, public: bool = False) -> Figure:
    """An indicator in 2026, as the team sees it unless told otherwise."""
    return next(found for found in values(*YEAR, public=public) if found.code == code)


def value(code: str) -> float | None:
    """Its value in 2026, or that of a figure beside it."""
    main = figure(code[:5])
    if code == main.code:
        return main.value
    return next(beside.value for beside in main.beside if beside.code == code)
