"""What was sent about a meeting, and who must be told otherwise."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from app.accounts.models import Resident
from app.bodies.convocation_models import Convocation
from app.bodies.meeting_queries import member_ids
from app.bodies.models import Meeting
from app.core.db import db


@dataclass(frozen=True)
class Sendings:
    """Every sending, the newest first; members whom no e-mail reaches, by name."""

    sent: list[Convocation]
    unreached: list[str]


def sendings(meeting: Meeting, *, full_names: bool) -> Sendings:
    """Two statements."""
    mine = select(Convocation).where(Convocation.meeting_id == meeting.id)
    name = Resident.full_name if full_names else Resident.display_name
    nowhere = or_(Resident.email.is_(None), Resident.email_confirmed_at.is_(None))
    unreached = (
        select(name)
        .where(Resident.id.in_(member_ids(meeting)), nowhere)
        .order_by(Resident.folded_name, Resident.id)
    )
    return Sendings(
        list(db.session.scalars(mine.order_by(Convocation.sequence.desc()))),
        list(db.session.scalars(unreached)),
    )
