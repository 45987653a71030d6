"""Who may do what with seats: functions of the person, the thing and the moment."""

from datetime import datetime

from app.accounts.models import Resident
from app.bodies.models import Mandate
from app.bodies.policies import can_create_body
from app.core.clock import today
from app.mandates.electorate import may_represent
from app.mandates.models import Call
from app.voting.models import Poll


def can_resign(person: Resident | None, mandate: Mandate) -> bool:
    """Whoever holds the seat, while they hold it."""
    mine = person is not None and person.id == mandate.resident_id
    over = mandate.ended_on is not None or (
        mandate.ends_on is not None and mandate.ends_on < today()
    )
    return mine and not over


def can_stand(person: Resident | None, call: Call, at: datetime) -> bool:
    """Whoever the collège sits for, while the call is open."""
    return person is not None and call.is_open(at) and may_represent(person, call.college)


def led_nowhere(poll: Poll) -> bool:
    """Whether a vote gives no seat and never will: cancelled, without quorum or ballots."""
    result = poll.result or {}
    gave = result.get("quorum_met") and result.get("winners")
    return poll.status == "cancelled" or (poll.status == "closed" and not gave)


def can_answer_draw(person: Resident) -> bool:
    """Whoever gives seats writes down what those drawn answer."""
    return can_create_body(person)
