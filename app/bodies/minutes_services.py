"""The compte rendu: drafted by several hands, then published once and for ever."""

import hashlib
import json
from datetime import UTC

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.bodies.comite_services import body_facts
from app.bodies.models import AgendaItem, Body, Meeting
from app.bodies.numbering import MINUTES, next_rank
from app.bodies.policies import can_manage_body, can_write_minutes
from app.bodies.telling import path, tell_members
from app.core import search
from app.core.clock import now, today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.typography import number_fr
from app.ledger.acts import Act
from app.ledger.services import record

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
    _hold(by, meeting, version)
    if len(text) > LONGEST:
        raise Invalid(
            _("C’est trop long : %(max)s caractères au plus.", max=number_fr(LONGEST)), field="text"
        )
    meeting.minutes = text
    meeting.minutes_status = "draft"
    meeting.minutes_version += 1


@atomic
def publish_minutes(by: Resident, meeting: Meeting, version: int) -> None:
    """Number the minutes, seal and freeze them, and tell the members.

    Raises:
        Forbidden: the person does not manage the instance.
        Conflict: published already; StaleMinutes: the draft changed since it was read.
        Invalid: the meeting was not declared held, or nothing is written.
    """
    body = db.session.get_one(Body, meeting.body_id)
    # Two first meetings published together must not both be the first.
    lock(body)
    _hold(by, meeting, version)
    if meeting.status != "held":
        raise Invalid(_("Clôturez d’abord la séance : les présences y sont comptées."))
    if not meeting.minutes.strip():
        raise Invalid(_("Écrivez d’abord le compte rendu."))
    first = not db.session.scalar(
        select(Meeting.id)
        .where(Meeting.body_id == body.id, Meeting.minutes_status == "published")
        .limit(1)
    )
    # Read before anything is set: once flushed as published, the row is frozen.
    agenda = list(
        db.session.scalars(
            select(AgendaItem.title)
            .where(AgendaItem.meeting_id == meeting.id)
            .order_by(AgendaItem.position)
        )
    )
    year = today().year
    highest = select(func.max(Meeting.minutes_rank)).where(Meeting.minutes_year == year)
    meeting.minutes_rank = next_rank(MINUTES, year, highest)
    meeting.minutes_year = year
    meeting.minutes_status = "published"
    meeting.published_at = now()
    meeting.minutes_sha256 = seal(meeting, agenda)
    record(Act.MINUTES_PUBLISHED, actor=by, subject=meeting, **body_facts(body))
    if first:
        record(Act.BODY_FIRST_MET, subject=body, when=meeting.starts_at, **body_facts(body))
    url = path("bodies.minutes", meeting_id=meeting.id)
    search.index("meetings", meeting.id, meeting.title, url, meeting.minutes, *agenda)
    tell_members(
        body,
        _(
            "Le compte rendu n° %(number)s est publié : %(title)s",
            number=meeting.minutes_number,
            title=meeting.title,
        ),
        url,
    )


def seal(meeting: Meeting, agenda: list[str]) -> str:
    """SHA-256, in hexadecimal, of the minutes in canonical JSON (UTF-8, sorted keys).

    It covers the number, the instance, the title, the day and place, the quorum, the ordre du jour
    and the text: whatever identifies the minutes and does not change when a person is erased.
    """
    content = {
        "agenda": agenda,
        "body": meeting.body.name,
        "number": meeting.minutes_number,
        "place": meeting.place,
        "quorum": [meeting.quorum_needed, meeting.quorum_present],
        "starts_at": meeting.starts_at.astimezone(UTC).isoformat(),
        "text": meeting.minutes,
        "title": meeting.title,
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _hold(by: Resident, meeting: Meeting, version: int) -> None:
    lock(meeting)
    if not can_manage_body(by, meeting.body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction écrivent ici."))
    if meeting.minutes_status == "published":
        raise Conflict(_("Ce compte rendu est déjà publié : il ne change plus."))
    if not can_write_minutes(by, meeting, now()):
        raise Forbidden(_("Le compte rendu s’écrit à partir du début de la réunion."))
    if meeting.minutes_version != version:
        raise StaleMinutes(_("Quelqu’un a enregistré une autre version entre-temps."))
