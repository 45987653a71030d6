"""What is sent about a meeting, kept as it left: mail, PDF to print, invitation for calendars."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from app.bodies.convocation_models import Convocation
from app.bodies.models import Meeting
from app.bodies.sitting_models import Reconvening
from app.bodies.telling import path, tell_members
from app.centre.settings import rule
from app.core.calendar import MEDIA_TYPE, Happening, calendar_of
from app.core.clock import civil_day, now, today
from app.core.db import db
from app.core.i18n import _, _n
from app.core.mail import address_of, pack
from app.core.pdf import make_pdf
from app.core.typography import datetime_fr, time_fr, typo


def send(meeting: Meeting, kind: str, agenda: Sequence[str], text: str, said: str = "") -> None:
    """Keep and send it to the members, inside the act that changes the meeting.

    Args:
        kind: convened, moved, agenda or cancelled.
        text: the sentence that members read first.
        said: what the mail says instead of the ordre du jour.
    """
    mine = Convocation.meeting_id == meeting.id
    last = db.session.scalar(select(func.max(Convocation.sequence)).where(mine))
    sent = Convocation(
        meeting_id=meeting.id,
        sequence=0 if last is None else last + 1,
        kind=kind,
        sent_at=now(),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=meeting.title,
        place=meeting.place,
        agenda=list(agenda),
        notice_days=(civil_day(meeting.starts_at) - today()).days,
        notice_wanted=rule("notice_days"),
    )
    db.session.add(sent)
    files = {_("reunion.ics"): (MEDIA_TYPE, calendar(meeting, sent, for_members=True))}
    if kind != "cancelled":
        files[_("convocation.pdf")] = ("application/pdf", printed(meeting, sent))
    tell_members(
        meeting.body,
        text,
        path("bodies.meeting", meeting_id=meeting.id),
        template="convocation",
        details=said or _details(sent, meeting.online_url),
        parcel=pack(files),
    )


def latest(meeting_id: int) -> Convocation | None:
    """The last one sent; None for meetings older than convocations."""
    return db.session.scalars(
        select(Convocation)
        .where(Convocation.meeting_id == meeting_id)
        .order_by(Convocation.sequence.desc())
        .limit(1)
    ).first()


def calendar(meeting: Meeting, sent: Convocation, *, for_members: bool = False) -> bytes:
    """The meeting for a calendar, as it was last sent; the link to join is for members."""
    lines = [f"{position}. {item}" for position, item in enumerate(sent.agenda, 1)]
    if for_members and meeting.online_url:
        lines = [_("Pour participer à distance : %(url)s", url=meeting.online_url), "", *lines]
    return calendar_of(
        Happening(
            kind="reunion",
            number=meeting.id,
            sequence=sent.sequence,
            title=sent.title,
            starts_at=sent.starts_at,
            ends_at=sent.ends_at,
            place=sent.place,
            text="\n".join(lines),
            url=address_of("bodies.meeting", meeting_id=meeting.id),
            is_cancelled=sent.kind == "cancelled",
        ),
        is_sent=for_members,
    )


def printed(meeting: Meeting, sent: Convocation) -> bytes:
    """The convocation on paper, for whoever has no e-mail: one A4 page, more if it is long."""
    # With their year, whichever it is: paper is read for long.
    hours = datetime_fr(sent.starts_at, date.min)
    if sent.ends_at is not None:
        hours = _("%(start)s, jusqu’à %(end)s", start=hours, end=time_fr(sent.ends_at))
    return make_pdf(
        "convocation",
        centre=rule("centre_name"),
        address=rule("centre_address"),
        phone=rule("centre_phone"),
        title=typo(sent.title),
        body=meeting.body.name if meeting.body.name != sent.title else "",
        when=hours,
        place=typo(sent.place),
        agenda=[typo(item) for item in sent.agenda],
        short=" ".join(_stated(sent)),
        words={
            "kind": _("Convocation"),
            "when": _("Quand"),
            "place": _("Où"),
            "agenda": _("Ordre du jour"),
            "open": _("La réunion est ouverte à tout le monde.")
            if meeting.is_open
            else _("La réunion est réservée aux membres."),
            "absent": _("Vous ne pouvez pas venir ? Donnez procuration, ou prévenez l’accueil.")
            if rule("procurations_most")
            else _("Vous ne pouvez pas venir ? Prévenez l’accueil du centre."),
            "sent": _(
                "Envoyée le %(day)s.", day=datetime_fr(sent.sent_at, civil_day(sent.sent_at))
            ),
        },
    )


def short_notice(sent: Convocation) -> str:
    """A sentence when the notice is shorter than the centre asks for; else nothing."""
    if sent.kind == "cancelled" or sent.notice_days >= sent.notice_wanted:
        return ""
    return _n(
        "Délai court : %(num)d jour avant la réunion, au lieu de %(wanted)d.",
        "Délai court : %(num)d jours avant la réunion, au lieu de %(wanted)d.",
        sent.notice_days,
        wanted=sent.notice_wanted,
    )


def when(meeting: Meeting) -> str:
    """The day and hour, in words."""
    return datetime_fr(meeting.starts_at, today())


def _stated(sent: Convocation) -> list[str]:
    """What members must know besides: a second call, a short notice."""
    second = select(Reconvening.any_number).where(Reconvening.meeting_id == sent.meeting_id)
    any_number = db.session.scalar(second)
    said = _(
        "La première réunion n’a pas eu son quorum. Celle-ci décide quel que soit le nombre de"
        " présents."
    )
    return [words for words in (said if any_number else "", short_notice(sent)) if words]


def _details(sent: Convocation, online_url: str | None) -> str:
    hours = datetime_fr(sent.starts_at, today())
    lines = [_("%(when)s, %(place)s", when=hours, place=sent.place)]
    if online_url:
        lines.append(_("Pour participer à distance : %(url)s", url=online_url))
    lines += ["", _("Ordre du jour :")]
    lines += [f"{position}. {item}" for position, item in enumerate(sent.agenda, 1)]
    if stated := _stated(sent):
        lines += ["", *stated]
    return "\n".join(lines)
