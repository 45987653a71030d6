"""An election without candidates, as the members of the comité read it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.bodies.models import Membership
from app.core.db import db
from app.mandates.role_models import RoleElection, RoleNaming, RoleVoice


@dataclass(frozen=True)
class Naming:
    """Who someone names and why, whom they named before, and what they say in this round."""

    voter_id: int
    voter: str
    named_id: int | None
    named: str | None
    reason: str
    first: str | None
    voice: str | None
    voice_reason: str | None


def namings(election: RoleElection) -> list[Naming]:
    """Everyone who named someone, by name; one statement."""
    voter, named, first = aliased(Resident), aliased(Resident), aliased(Resident)
    rows = db.session.execute(
        select(
            RoleNaming.voter_id,
            voter.display_name,
            RoleNaming.named_id,
            named.display_name,
            RoleNaming.reason,
            first.display_name,
            RoleVoice.voice,
            RoleVoice.reason,
        )
        .join(voter, voter.id == RoleNaming.voter_id)
        .outerjoin(named, named.id == RoleNaming.named_id)
        .outerjoin(first, first.id == RoleNaming.first_id)
        .outerjoin(
            RoleVoice,
            (RoleVoice.election_id == RoleNaming.election_id)
            & (RoleVoice.voter_id == RoleNaming.voter_id)
            & (RoleVoice.round == election.round),
        )
        .where(RoleNaming.election_id == election.id)
        .order_by(voter.folded_name, voter.id)
    )
    return [Naming(*row) for row in rows]


def members(body_id: int) -> list[tuple[int, str]]:
    """(id, name) of the members of a comité, by name; one statement."""
    rows = db.session.execute(
        select(Resident.id, Resident.display_name.label("name"), Resident.folded_name)
        .join(Membership, Membership.resident_id == Resident.id)
        .where(Membership.body_id == body_id, Membership.left_at.is_(None))
        .order_by(Resident.folded_name, Resident.id)
    )
    return [(row.id, row.name) for row in rows]


def elections(body_id: int) -> list[RoleElection]:
    """The last twenty elections of a comité, the newest first; one statement."""
    mine = select(RoleElection).where(RoleElection.body_id == body_id)
    return list(db.session.scalars(mine.order_by(RoleElection.id.desc()).limit(20)))
