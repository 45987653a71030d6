"""« C’est fait, merci »: the help is counted once, and whoever helped is told."""

from sqlalchemy import select

from app.accounts.models import Resident
from app.accounts.taking_part import check_takes_part
from app.core.clock import now
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _
from app.entraide.models import REQUEST, THANKED, HelpThanks, HelpThread
from app.entraide.policies import can_thank
from app.ledger.acts import Act
from app.ledger.services import record
from app.notifications.services import notify


class AlreadyThanked(Conflict):
    """One help, one thank-you."""


@atomic
def thank(thread: HelpThread, by: Resident) -> HelpThanks:
    """Say that the other of a conversation helped: a request is closed, an offer stays.

    Raises:
        Forbidden: it is not for this person to say, or their account may not take part.
        AlreadyThanked: a second time, even at the same moment.
    """
    notice = thread.notice
    lock(notice)
    check_takes_part(by, None)
    if _thanked(thread) is not None or notice.status == THANKED:
        raise AlreadyThanked(_("C’est déjà fait : le merci est parti. Merci à vous !"))
    if not can_thank(by, thread):
        raise Forbidden(_("C’est à la personne aidée de dire merci."))
    asked = notice.side == REQUEST
    helper = thread.other if asked else notice.author
    thanks = HelpThanks(thread_id=thread.id, request_id=notice.id if asked else None)
    with unique_or(AlreadyThanked(_("C’est déjà fait : le merci est parti. Merci à vous !"))):
        db.session.add(thanks)
    if asked:
        notice.status, notice.closed_at = THANKED, notice.closed_at or now()
    record(
        Act.HELP_THANKED,
        actor=helper,
        subject=notice,
        kind=notice.kind,
        quartier_id=notice.quartier_id or helper.quartier_id,
    )
    notify(
        helper,
        _("%(name)s vous dit merci pour votre coup de main.", name=by.display_name),
        f"/entraide/echanges/{thread.id}",
    )
    return thanks


def _thanked(thread: HelpThread) -> HelpThanks | None:
    return db.session.scalar(select(HelpThanks).where(HelpThanks.thread_id == thread.id))
