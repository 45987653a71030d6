"""A child and who answers for them, made with only the fields that matter."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.accounts import family_services
from app.accounts.access_models import SignIn
from app.accounts.family_models import Guardianship
from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import atomic, db
from tests.factories import make_resident
from tests.support import Visitor


def make_child(
    guardian: Resident | None = None,
    nickname: str = "Lina",
    *,
    age: int = 9,
    quartier_id: int | None = None,
) -> Resident:
    """A child added by their parent."""
    facts: family_services.ChildFacts = {
        "nickname": nickname,
        "year_of_birth": today().year - age,
        "quartier_id": quartier_id,
    }
    parent = guardian or make_resident("Amina")
    return family_services.add_child(parent, parent, facts)


def answer_too(child: Resident) -> Resident:
    """Another parent, so that one may go."""
    other = make_resident("Karim")
    _keep(Guardianship(guardian_id=other.id, child_id=child.id, linked_by_id=other.id))
    return other


def guardian_ids(child: Resident) -> list[int]:
    """Who answers for the child today, from the first."""
    live = select(Guardianship.guardian_id).where(
        Guardianship.child_id == child.id, Guardianship.ended_at.is_(None)
    )
    return list(db.session.scalars(live.order_by(Guardianship.id)))


def links() -> int:
    """How many links are live."""
    live = select(func.count(Guardianship.id)).where(Guardianship.ended_at.is_(None))
    return db.session.scalar(live) or 0


@atomic
def _keep(link: Guardianship) -> None:
    db.session.add(link)


def make_lone_child(**fields: Any) -> Resident:
    """A child registered at the desk, for whom nobody answers yet."""
    fields.setdefault("year_of_birth", today().year - 9)
    return make_resident("Nour", family_name="Zidane", email=None, **fields)


def sign_in_of(resident: Resident) -> SignIn:
    """Their last sign-in."""
    found = db.session.query(SignIn).filter_by(resident_id=resident.id).all()
    return found[-1]


def speaking_for(app: Flask, guardian: Resident, child: Resident) -> Visitor:
    """The guardian's phone, speaking for the child."""
    phone = Visitor(app).sign_in(guardian)
    assert phone.send(f"/moi/famille/enfants/{child.id}/parler").status_code == 302
    return phone
