"""What a comité talks about."""

from app.accounts.models import Resident
from app.accounts.silence import check_may_write
from app.bodies.models import Body
from app.bodies.queries import is_member
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.moderated import SHOWN, WAITING
from app.proposals.holding import cause_to_wait, count_admitted
from app.proposals.indexing import index_content
from app.proposals.models import Debate
from app.proposals.policies import can_close_debate, can_open_debate
from app.proposals.signals import held


@atomic
def open_debate(body: Body, by: Resident, title: str, text: str) -> Debate:
    """Put a subject before a comité. Silent in the ledger: what is said in it counts.

    It may wait to be read first (`holding`).

    Raises:
        Forbidden: neither a member nor a référent, or someone who may not write.
    """
    check_may_write(by)
    if not can_open_debate(by, body, is_member(body.id, by.id)):
        raise Forbidden(_("Les membres et les référents du comité y ouvrent un débat."))
    debate = Debate(body_id=body.id, author_id=by.id, title=title, text=text)
    cause = cause_to_wait(by, body.id, body.theme)
    debate.visibility = WAITING if cause else SHOWN
    db.session.add(debate)
    db.session.flush()
    if cause:
        held.send(debate, cause=cause, body_id=body.id)
    else:
        count_admitted(by)
    index_content(debate)
    return debate


@atomic
def close_debate(debate: Debate, by: Resident) -> None:
    """End a debate; it stays readable. Silent in the ledger: nothing new was said.

    Raises:
        Forbidden: not a référent of the comité, or already closed.
    """
    lock(debate)
    if not can_close_debate(by, debate):
        raise Forbidden(_("Le référent du comité ferme un débat ouvert."))
    debate.closed_at = now()
