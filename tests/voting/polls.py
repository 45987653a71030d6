"""Polls and voters for the tests of this feature."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core import clock
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.core.rights import Role
from app.voting import casting, services
from app.voting.drafting import PollDraft
from app.voting.jobs import tend
from app.voting.models import Emargement, Poll
from tests.factories import make_resident, make_with_role

IDEAS = ("Ciné plein air", "Repas des voisins", "Bourse aux vêtements")


def make_voters(number: int) -> list[Resident]:
    return [make_resident() for _ in range(number)]


def make_poll(by: Resident | None = None, **fields: Any) -> Poll:
    """An open secret yes-no poll of everyone for an hour, unless told otherwise."""
    fields.setdefault("title", "Des bancs devant l’école ?")
    fields.setdefault("method", "yesno")
    fields.setdefault("closes_at", now() + timedelta(hours=1))
    director = by or make_with_role(Role.DIRECTOR, standing="team")
    return services.create_poll(director, PollDraft(**fields))


def make_judgment(**fields: Any) -> Poll:
    """An open majority judgment among three ideas."""
    fields.setdefault("free_options", IDEAS)
    return make_poll(method="majority_judgment", title="Quel projet pour la fête ?", **fields)


def yes(poll: Poll, *voters: Resident) -> None:
    for voter in voters:
        casting.cast(poll, voter, {"choice": "yes"})


def no(poll: Poll, *voters: Resident) -> None:
    for voter in voters:
        casting.cast(poll, voter, {"choice": "no"})


def judge(poll: Poll, voter: Resident, *grades: int) -> None:
    given = {str(option.id): grade for option, grade in zip(poll.options, grades, strict=True)}
    casting.cast(poll, voter, {"grades": given})


def after(poll: Poll) -> Any:
    """Live just after the poll's closing time."""
    return clock.at(poll.closes_at + timedelta(seconds=1))


def close(poll: Poll) -> None:
    """Its hour passed, and the round came."""
    with after(poll):
        tend()


def signed() -> int:
    """How many signed a roll, of whatever poll."""
    return db.session.scalar(select(func.count()).select_from(Emargement)) or 0


def all_at_once(app: Flask, works: list[Callable[[], object]]) -> list[object]:
    """Each work in a thread of its own, started together; what each gave, or how it was refused."""
    outcomes: list[object] = [None] * len(works)
    db.session.rollback()
    barrier = Barrier(len(works))

    def run(place: int, work: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                outcomes[place] = work()
            except DomainError as refusal:
                outcomes[place] = type(refusal)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # What this session saw before is no longer what is.
    db.session.rollback()
    return outcomes


def paris(moment: datetime) -> str:
    """As a form's moment field is filled."""
    return moment.astimezone(clock.PARIS).strftime("%Y-%m-%dT%H:%M")
