"""An agent acting with someone, and what was written of it."""

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.rights import Role
from app.desk.models import Assistance, AssistedAct
from tests.factories import make_with_role
from tests.support import Visitor


def with_(client: Visitor, person: Resident, purpose: str = "") -> Resident:
    """An agent at their screen, acting with someone."""
    agent = make_with_role(Role.DESK, given_name="Samba")
    client.sign_in(agent)
    answer = client.send(
        f"/accueil/personnes/{person.id}/agir", {"present": "1", "purpose": purpose}
    )
    assert answer.headers["Location"] == "/moi"
    return agent


def listed() -> list[AssistedAct]:
    return list(db.session.scalars(select(AssistedAct).order_by(AssistedAct.id)))


def assistances() -> list[Assistance]:
    return list(db.session.scalars(select(Assistance).order_by(Assistance.id)))
