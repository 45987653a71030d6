"""Every night: the totals are compared with the ledger, and a difference is told at once."""

from blinker import signal
from sqlalchemy import select

from app.core.clock import PARIS, now, today
from app.core.db import atomic_unseen, db, unique_or
from app.core.errors import Conflict
from app.core.jobs import job
from app.indicators import audits
from app.indicators.models import Check

totals_differ = signal("totals-differ")
"""Sent with the number of `differences`, inside the act that notes them."""
HOUR = 4
"""Of the night, at the centre: after the round that erases people."""


@job(every_hour=True)
def check_totals() -> int | None:
    """Once a day from four in the morning; how many differences, None when today's is done."""
    if now().astimezone(PARIS).hour < HOUR or not begin():
        return None
    found = audits.audit()
    end(len(found.differences), found.entries)
    return len(found.differences)


@atomic_unseen
def begin() -> bool:
    """Take today's check, unless another worker has."""
    try:
        with unique_or(Conflict("")):
            db.session.add(Check(day=today()))
    except Conflict:
        return False
    return True


@atomic_unseen
def end(differences: int, entries: int) -> None:
    """Write down what was found, and let it be known when something differs."""
    check = db.session.get_one(Check, today())
    check.ended_at, check.differences, check.entries = now(), differences, entries
    if differences:
        totals_differ.send(check, differences=differences)


def last_check() -> Check | None:
    """The last night's check that ended; one statement."""
    ended = select(Check).where(Check.ended_at.is_not(None)).order_by(Check.day.desc())
    return db.session.scalars(ended.limit(1)).first()
