"""The compte rendu: drafted by several hands, then published once and for ever."""

import dataclasses
import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import UTC

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.bodies.comite_services import body_facts
from app.bodies.deliberation_queries import DeliberationLine, deliberations_of
from app.bodies.models import AgendaItem, Body, Meeting
from app.bodies.numbering import MINUTES, next_rank
from app.bodies.policies import can_manage_body, can_write_minutes, needs_approval
from app.bodies.telling import path, tell_members, tell_subscribers
from app.core import search
from app.core.clock import now, today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.typography import number_fr
from app.ledger.acts import Act
from app.ledger.services import last_of, record, void

LONGEST = 100_000


class StaleMinutes(Conflict):
    """Someone else saved the draft meanwhile."""


@atomic
def save_minutes(by: Resident, meeting: Meeting, text: str, version: int) -> None:
    """Save the draft, if nobody saved another since `version` was read.

    Raises:
        Forbidden: the person does not manage the instance, or the meeting has not started.
        Conflict: published meanwhile.
        StaleMinutes: someone else saved it meanwhile; both texts are still there.
    """
    _hold(by, meeting)
    if meeting.minutes_version != version:
        raise _stale()
    _check_length(text)
    meeting.minutes = text
    meeting.minutes_status = "draft"
    meeting.minutes_version += 1
    meeting.edition += 1


@atomic
def save_notes(
    by: Resident, item: AgendaItem, text: str, version: int, *, is_private: bool = False
) -> None:
    """Save what was said of one item, if nobody saved another since `version` was read.

    Raises:
        As `save_minutes`.
    """
    meeting = db.session.get_one(Meeting, item.meeting_id)
    _hold(by, meeting)
    lock(item)
    if item.notes_version != version:
        raise _stale()
    _check_length(text)
    item.notes, item.is_private = text, is_private
    item.notes_version += 1
    meeting.minutes_status = "draft"
    meeting.edition += 1


@atomic
def circulate(by: Resident, meeting: Meeting) -> None:
    """Send the draft to the members, who read it over and say what they would change.

    Raises:
        Forbidden: the person does not manage the instance.
        Conflict: published meanwhile.
        Invalid: the meeting was not declared held, or nothing is written.
    """
    _hold(by, meeting)
    _check_ready(meeting)
    meeting.circulated_at = now()
    tell_members(
        meeting.body,
        _("Projet de compte rendu à relire : %(title)s", title=meeting.title),
        path("bodies.draft", meeting_id=meeting.id),
        details=_("Lisez-le, et dites ce qui manque ou ce qui est inexact avant son approbation."),
    )


@atomic
def publish_minutes(
    by: Resident,
    meeting: Meeting,
    edition: int,
    *,
    approved_in: Meeting | None = None,
    approval_note: str = "",
) -> None:
    """Number the minutes, seal and freeze them, and tell the members.

    Args:
        approved_in: the later meeting whose members approved them.
        approval_note: how they were approved otherwise. Those of the conseil say one or the other.

    Raises:
        Forbidden: the person does not manage the instance.
        Conflict: published already; StaleMinutes: the draft changed since it was read.
        Invalid: the meeting was not declared held, nothing is written, or nothing says who
            approved it.
    """
    body = db.session.get_one(Body, meeting.body_id)
    # Two first meetings published together must not both be the first.
    lock(body)
    _hold(by, meeting)
    if meeting.edition != edition:
        raise _stale()
    _check_ready(meeting)
    _check_approval(meeting, approved_in, approval_note)
    # Read and written before the meeting: once flushed as published, all of it is frozen.
    items, voted = items_of(meeting.id), deliberations_of(meeting.id)
    for item in items:
        item.salt = secrets.token_hex(16) if item.is_private else None
    db.session.flush()
    year = today().year
    highest = select(func.max(Meeting.minutes_rank)).where(Meeting.minutes_year == year)
    meeting.minutes_rank = next_rank(MINUTES, year, highest)
    meeting.minutes_year = year
    meeting.minutes_status = "published"
    meeting.published_at = now()
    meeting.approved_in_id = approved_in.id if approved_in is not None else None
    meeting.approval_note = approval_note.strip() or None
    meeting.minutes_sha256 = seal(meeting, items, voted)
    record(Act.MINUTES_PUBLISHED, actor=by, subject=meeting, **body_facts(body))
    _note_first_met(by, body, meeting)
    url = path("bodies.minutes", meeting_id=meeting.id)
    said = [item.notes for item in items if not item.is_private]
    titles = [item.title for item in items]
    search.index("meetings", meeting.id, meeting.title, url, meeting.minutes, *titles, *said)
    news = _(
        "Le compte rendu n° %(number)s est publié : %(title)s",
        number=meeting.minutes_number,
        title=meeting.title,
    )
    tell_members(body, news, url)
    tell_subscribers(body, news, url)


def _note_first_met(by: Resident, body: Body, meeting: Meeting) -> None:
    """An instance first met at the oldest meeting whose minutes are published, in any order."""
    told = last_of(Act.BODY_FIRST_MET, body)
    if told is not None and told[1]:
        if (told[0].happened_at or meeting.starts_at) <= meeting.starts_at:
            return
        void(told[0], by=by, reason=_("Une réunion plus ancienne a maintenant son compte rendu."))
    record(Act.BODY_FIRST_MET, subject=body, when=meeting.starts_at, **body_facts(body))


def items_of(meeting_id: int) -> list[AgendaItem]:
    """The points of the ordre du jour with what was said of them, in order; one statement."""
    mine = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(db.session.scalars(mine.order_by(AgendaItem.position, AgendaItem.id)))


def seal(
    meeting: Meeting, items: Sequence[AgendaItem], voted: Sequence[DeliberationLine] = ()
) -> str:
    """SHA-256, in hexadecimal, of the minutes in canonical JSON (UTF-8, sorted keys).

    It covers the number, the instance, the title, the day and place, the quorum, the ordre du jour,
    the text and what was voted: whatever does not change when a person is erased. A
    private point stands in it by the SHA-256 of its salt and its text, so that whoever reads the
    public extract alone can verify the seal too.
    """
    content: dict[str, object] = {
        "agenda": [item.title for item in items],
        "body": meeting.body.name,
        "number": meeting.minutes_number,
        "place": meeting.place,
        "quorum": [meeting.quorum_needed, meeting.quorum_present],
        "starts_at": meeting.starts_at.astimezone(UTC).isoformat(),
        "text": meeting.minutes,
        "title": meeting.title,
    }
    # Minutes older than notes by item keep the seal they have.
    if any(item.notes for item in items):
        content["notes"] = [fingerprint(item) or item.notes for item in items]
    if voted:
        content["voted"] = [
            {
                "item": one.item_position,
                "question": one.question,
                "way": one.way,
                "outcome": one.outcome,
                "counts": dataclasses.astuple(one.counts) if one.counts else None,
                "said": one.said,
                "text": one.text,
            }
            for one in voted
        ]
    return _digest(canonical(content))


def fingerprint(item: AgendaItem) -> str | None:
    """What stands in the seal for a private point."""
    return _digest(f"{item.salt}\n{item.notes}") if item.is_private else None


def canonical(content: dict[str, object]) -> str:
    """The one JSON text of a content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        most = number_fr(LONGEST)
        raise Invalid(_("C’est trop long : %(max)s caractères au plus.", max=most), field="text")


def _check_ready(meeting: Meeting) -> None:
    if meeting.status != "held":
        raise Invalid(_("Clôturez d’abord la séance : les présences y sont comptées."))
    written = AgendaItem.meeting_id == meeting.id, AgendaItem.notes != ""
    noted = db.session.scalar(select(AgendaItem.id).where(*written).limit(1))
    if not meeting.minutes.strip() and noted is None:
        raise Invalid(_("Écrivez d’abord le compte rendu."))


def _check_approval(meeting: Meeting, approved_in: Meeting | None, note: str) -> None:
    if approved_in is None:
        if not note.strip() and needs_approval(meeting.body):
            raise Invalid(
                _("Dites à quelle réunion les membres l’ont approuvé, ou comment."),
                field="approval_note",
            )
        return
    same = approved_in.body_id == meeting.body_id and approved_in.status == "held"
    if not same or approved_in.starts_at <= meeting.starts_at:
        raise Invalid(
            _("Choisissez une réunion tenue plus tard par la même instance."), field="approved_in"
        )
    if approved_in.has_quorum is False:
        raise Invalid(
            _("Cette réunion n’avait pas le quorum : elle n’a rien pu approuver."),
            field="approved_in",
        )


def _stale() -> StaleMinutes:
    return StaleMinutes(_("Quelqu’un a enregistré une autre version entre-temps."))


def _hold(by: Resident, meeting: Meeting) -> None:
    lock(meeting)
    if not can_manage_body(by, meeting.body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction écrivent ici."))
    if meeting.minutes_status == "published":
        raise Conflict(_("Ce compte rendu est déjà publié : il ne change plus."))
    if not can_write_minutes(by, meeting, now()):
        raise Forbidden(_("Le compte rendu s’écrit à partir du début de la réunion."))
