"""What members say of a draft before it is approved, and what is added once it is published."""

import hashlib

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.bodies.minutes_models import MinutesAddendum, MinutesComment
from app.bodies.models import AgendaItem, Meeting
from app.bodies.policies import can_comment_minutes, can_manage_body
from app.bodies.queries import is_member
from app.bodies.telling import path, tell_members
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _

LONGEST_COMMENT, LONGEST_ADDENDUM = 1000, 5000


@atomic
def comment_minutes(
    by: Resident, meeting: Meeting, text: str, item_id: int | None = None
) -> MinutesComment:
    """Ask for a change in a draft that members read over.

    Raises:
        Forbidden: not a member, or the draft is not sent, or it is published.
        Invalid: nothing is written, or no such item in this meeting.
    """
    lock(meeting)
    if not can_comment_minutes(by, meeting, is_member=is_member(meeting.body_id, by.id)):
        raise Forbidden(_("Ce projet de compte rendu n’attend pas vos remarques."))
    if not text.strip() or len(text) > LONGEST_COMMENT:
        raise Invalid(_("Écrivez votre remarque, en 1 000 caractères au plus."), field="text")
    if item_id is not None:
        item = db.session.get(AgendaItem, item_id)
        if item is None or item.meeting_id != meeting.id:
            raise Invalid(_("Choisissez un point de cette réunion."), field="item_id")
    comment = MinutesComment(
        meeting_id=meeting.id, item_id=item_id, author_id=by.id, text=text.strip()
    )
    db.session.add(comment)
    db.session.flush()
    return comment


@atomic
def settle_comment(by: Resident, comment: MinutesComment, *, settled: bool = True) -> None:
    """Say that a remark was looked at, or that it was not after all.

    Raises:
        Forbidden: the person does not manage the instance.
        Conflict: the minutes are published.
    """
    lock(comment)
    meeting = db.session.get_one(Meeting, comment.meeting_id)
    if not can_manage_body(by, meeting.body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction le font."))
    if meeting.minutes_status == "published":
        raise Conflict(_("Ce compte rendu est déjà publié : il ne change plus."))
    comment.settled_at = now() if settled else None


@atomic
def add_addendum(by: Resident, meeting: Meeting, text: str) -> MinutesAddendum:
    """Correct published minutes, which stay as they were, and tell the members.

    Raises:
        Forbidden: the person does not manage the instance.
        Conflict: the minutes are not published: they can still change.
        Invalid: nothing is written, or it is too long.
    """
    lock(meeting)
    if not can_manage_body(by, meeting.body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction le font."))
    if meeting.minutes_status != "published":
        raise Conflict(_("Ce compte rendu n’est pas publié : corrigez-le directement."))
    if not text.strip() or len(text) > LONGEST_ADDENDUM:
        raise Invalid(_("Écrivez le rectificatif, en 5 000 caractères au plus."), field="text")
    mine = MinutesAddendum.meeting_id == meeting.id
    rank = (db.session.scalar(select(func.max(MinutesAddendum.rank)).where(mine)) or 0) + 1
    said = text.strip()
    sealed = f"{meeting.minutes_sha256}\n{rank}\n{said}"
    addendum = MinutesAddendum(
        meeting_id=meeting.id,
        rank=rank,
        text=said,
        sha256=hashlib.sha256(sealed.encode()).hexdigest(),
    )
    db.session.add(addendum)
    number = meeting.minutes_number
    tell_members(
        meeting.body,
        _("Le compte rendu n° %(number)s a un rectificatif.", number=number),
        path("bodies.minutes", meeting_id=meeting.id),
        details=said,
    )
    return addendum
