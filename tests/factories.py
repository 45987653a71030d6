"""People and things, made with only the fields that matter to a test; each call commits."""

from itertools import count
from typing import Any

from app.accounts.models import Participation, Resident
from app.accounts.role_models import Grant
from app.bodies.models import Body
from app.centre.models import Category, Quartier
from app.core.clock import now, today
from app.core.db import Model, atomic, db
from app.core.rights import Role
from app.core.search_text import fold
from app.core.security import hash_secret, luhn_digit
from app.proposals.models import Proposal, Status

_numbers = count(1)


@atomic
def _kept(row: Model) -> None:
    db.session.add(row)


def make_quartier(name: str | None = None, **fields: Any) -> Quartier:
    name = name or f"Quartier {next(_numbers)}"
    quartier = Quartier(name=name, slug=fold(name).replace(" ", "-"), **fields)
    _kept(quartier)
    return quartier


def make_category(name: str | None = None) -> Category:
    name = name or f"Catégorie {next(_numbers)}"
    category = Category(name=name, slug=fold(name).replace(" ", "-"))
    _kept(category)
    return category


def make_resident(
    given_name: str = "Amina", *, password: str | None = None, pin: str | None = None, **fields: Any
) -> Resident:
    """A confirmed resident with an e-mail address, known to the house, unless told otherwise."""
    number = next(_numbers)
    body = f"{1000000 + number}"
    fields.setdefault("family_name", f"Habitant{number}")
    fields.setdefault("email", f"habitant{number}@example.org")
    fields.setdefault("email_confirmed_at", now())
    fields.setdefault("admitted_posts", 10)
    resident = Resident(
        given_name=given_name,
        folded_name=fold(f"{fields['family_name']} {given_name}"),
        card_number=body + luhn_digit(body),
        password_hash=hash_secret(password) if password else None,
        pin_hash=hash_secret(pin) if pin else None,
        participation=Participation(),
        **fields,
    )
    _kept(resident)
    return resident


def make_grant(resident: Resident, role: Role, **fields: Any) -> Grant:
    """A role held since now: nobody was told, and the audit log has no line of it."""
    grant = Grant(resident_id=resident.id, role=role.value, **fields)
    _kept(grant)
    db.session.expire(resident, ["grants"])
    return grant


def make_with_role(role: Role, *, body: Body | None = None, **fields: Any) -> Resident:
    resident = make_resident(**fields)
    make_grant(resident, role, body_id=body.id if body else None)
    return resident


def make_body(kind: str = "comite", name: str | None = None, **fields: Any) -> Body:
    name = name or f"Comité {next(_numbers)}"
    slug = fold(name).replace(" ", "-")
    body = Body(kind=kind, name=name, slug=slug, created_on=today(), **fields)
    _kept(body)
    return body


def make_proposal(author: Resident | None = None, **fields: Any) -> Proposal:
    """A proposal that gathers supports, unless told otherwise."""
    fields.setdefault("status", Status.GATHERING.value)
    fields.setdefault("published_at", now())
    fields.setdefault("title", f"Proposition {next(_numbers)}")
    fields.setdefault("text", "Des bancs à l’ombre, devant l’école.")
    if "category_id" not in fields:
        fields["category_id"] = make_category().id
    proposal = Proposal(author_id=(author or make_resident()).id, **fields)
    _kept(proposal)
    return proposal
