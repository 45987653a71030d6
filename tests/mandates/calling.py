"""Calls for candidates and those who answer, made by their own services."""

from datetime import timedelta
from typing import Any

from app.accounts.models import Resident
from app.core.clock import at, now
from app.core.db import db
from app.mandates import call_services
from app.mandates.models import Call
from app.voting import services as voting
from app.voting.casting import cast
from app.voting.drafting import PollDraft
from app.voting.jobs import tend
from app.voting.models import Poll
from tests.factories import make_resident
from tests.mandates.factories import make_seated


def make_call(**fields: Any) -> tuple[Call, Resident]:
    """A call to residents for two seats, and the director."""
    body, director = make_seated(fields.pop("titulaires", 4), 2)
    given: dict[str, Any] = {"college": "habitants", "seats": 2, "text": "Venez !"}
    given["closes_at"] = now() + timedelta(days=10)
    return call_services.open_call(director, body, **(given | fields)), director


def make_candidates(call: Call, *names: str, **fields: Any) -> list[Resident]:
    people = [make_resident(name, family_name="Zed", **fields) for name in names]
    for person in people:
        call_services.stand(person, call, f"Je suis {person.given_name}.", agrees=True)
    return people


def make_closed(*names: str, **fields: Any) -> tuple[Call, Resident, list[Resident]]:
    """A call that is over, its director, and those who stand."""
    call, director = make_call(**fields)
    people = make_candidates(call, *names)
    call_services.close_call(director, call)
    db.session.refresh(call)
    return call, director, people


def hold_vote(
    poll: Poll, director: Resident, people: list[Resident], names: list[str], wanted: list[int]
) -> None:
    """The candidates put the same two first; the vote closes at its hour."""
    closes_at = now() + timedelta(hours=1)
    said = PollDraft(
        poll.title, "stv", closes_at, free_options=names, settings={"seats": 2}, is_secret=False
    )
    voting.publish(poll, director, said)
    options = [poll.options[place].id for place in wanted]
    others = [option.id for option in poll.options if option.id not in options]
    for voter in people:
        cast(poll, voter, {"ranking": [[number] for number in (*options, *others)]})
    with at(closes_at + timedelta(minutes=1)):
        tend()
    db.session.refresh(poll)
