"""A shared tablet, and someone who comes with their card."""

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.models import Resident
from app.core.db import db
from app.core.rights import Role
from app.desk.models import Kiosk
from tests.factories import make_with_role
from tests.support import Visitor

PIN = "123456"


def kiosks() -> list[Kiosk]:
    return list(db.session.scalars(select(Kiosk).order_by(Kiosk.id)))


def make_kiosk(tablet: Visitor) -> Resident:
    """An agent makes this device a kiosk, and leaves it."""
    agent = make_with_role(Role.DESK)
    tablet.sign_in(agent)
    answer = tablet.send("/accueil/borne", {"name": "Tablette du hall"})
    assert answer.headers["Location"] == "/borne"
    return agent


def enter(tablet: Visitor, person: Resident, pin: str = PIN, **more: str) -> TestResponse:
    return tablet.send("/borne/connexion", {"card": person.card_number, "pin": pin, **more})
