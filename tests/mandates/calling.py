"""Calls for candidates and those who answer, made by their own services."""

from datetime import timedelta
from typing import Any

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.mandates import call_services
from app.mandates.models import Call
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
