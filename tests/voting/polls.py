"""Polls and voters for the tests of this feature."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core import clock
from app.core.clock import now
from app.core.db import db
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


def paris(moment: datetime) -> str:
    """As a form's moment field is filled."""
    return moment.astimezone(clock.PARIS).strftime("%Y-%m-%dT%H:%M")
