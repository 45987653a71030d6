"""Speaking for a member who cannot come: a procuration is given, taken back, or falls."""

from sqlalchemy import func, or_, select

from app.accounts.models import Resident
from app.bodies.models import Meeting
from app.bodies.policies import can_take_attendance
from app.bodies.sitting_models import Procuration
from app.bodies.sitting_queries import Sitting, sitting
from app.bodies.telling import path
from app.centre.settings import rule
from app.core.clock import now, today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, DomainError, Forbidden, Invalid
from app.core.i18n import _
from app.core.typography import of_fr
from app.notifications.services import notify


@atomic
def give_procuration(by: Resident, meeting: Meeting, principal: Resident, holder: Resident) -> None:
    """Let someone speak for a member: the member says so online, or on paper to who conducts.

    Raises:
        Forbidden: for someone else, without conducting the meeting; or no voice to lend.
        Invalid: the holder has no voice here, or is too young for it.
        Conflict: the meeting is over, the principal is there or has given theirs already, the
            holder has given theirs, or holds as many as the rule allows.
    """
    # The meeting is held: what is counted below must still be so when the line is written.
    lock(meeting)
    is_own = by.id == principal.id
    if not is_own and not can_take_attendance(by, meeting):
        raise Forbidden(_("Seul qui conduit la réunion note la procuration d’un autre."))
    seats = sitting(meeting)
    refused = refusal(meeting, seats, principal, is_own=is_own)
    if refused is not None:
        raise refused
    _check_holder(meeting, seats, principal, holder)
    _write(meeting, principal, holder, on_paper=not is_own)
    url = path("bodies.procuration", meeting_id=meeting.id)
    given = _(
        "%(name)s vous donne procuration : %(title)s",
        name=principal.display_name,
        title=meeting.title,
    )
    notify(holder, given, url, body=_("Vous ne pouvez pas ? Dites-le sur cette page."))
    noted = _(
        "Votre procuration est donnée à %(name)s : %(title)s",
        name=holder.display_name,
        title=meeting.title,
    )
    notify(principal, noted, url, body=_("Si vous venez, elle tombe d’elle-même."))


def refusal(
    meeting: Meeting, seats: Sitting, principal: Resident, *, is_own: bool = True
) -> DomainError | None:
    """Why a member gives no procuration now; None when they may."""
    seat = seats.line_of(principal.id)
    if meeting.status != "planned":
        return Conflict(_("Cette réunion est déjà tenue ou annulée."))
    if not rule("procurations_most"):
        return Forbidden(_("Ce centre n’accepte pas de procuration aux réunions."))
    if seat is None or not seat.is_voting:
        return Forbidden(
            _("Vous n’avez pas de voix dans cette instance.")
            if is_own
            else _("Cette personne n’a pas de voix dans cette instance.")
        )
    if not seat.is_titulaire:
        return Forbidden(
            _("Un suppléant ne donne pas de procuration : il vote quand un titulaire manque.")
        )
    if seat.state == "present":
        return Conflict(_("Qui est présent n’a pas besoin de procuration."))
    if seat.holder_id is not None:
        return _given_before(seat.holder_name or "", is_own=is_own)
    if _held(meeting.id, principal.id):
        return Conflict(
            _("Quelqu’un vous a donné procuration. On ne peut pas en donner et en porter.")
            if is_own
            else _("Cette personne porte déjà une procuration. Elle ne peut pas en donner une.")
        )
    return None


@atomic
def take_back_procuration(by: Resident, meeting: Meeting, principal: Resident) -> None:
    """Nobody speaks for this member any more: they, the holder or who conducts says so.

    Raises:
        Forbidden: neither of them.
        Conflict: none was given, or the meeting is over.
    """
    lock(meeting)
    given = db.session.get(Procuration, (meeting.id, principal.id), populate_existing=True)
    if given is None or given.voided_at is not None:
        raise Conflict(_("Il n’y a pas de procuration à reprendre : elle n’existe plus."))
    if by.id not in (principal.id, given.holder_id) and not can_take_attendance(by, meeting):
        raise Forbidden(_("Cette procuration n’est pas la vôtre."))
    if meeting.status != "planned":
        raise Conflict(_("La réunion est close : ses procurations ne changent plus."))
    holder = given.holder
    db.session.delete(given)
    url = path("bodies.procuration", meeting_id=meeting.id)
    if by.id != holder.id:
        text = _(
            "Vous ne portez plus la procuration %(whose)s.", whose=of_fr(principal.display_name)
        )
        notify(holder, text, url)
    if by.id != principal.id:
        text = _("%(name)s ne peut plus vous représenter.", name=holder.display_name)
        notify(principal, text, url, body=_("Venez, ou donnez procuration à quelqu’un d’autre."))


def lapse(meeting: Meeting, principal: Resident) -> str | None:
    """The principal came: theirs falls, inside the act that signs them in; the holder's name."""
    given = db.session.get(Procuration, (meeting.id, principal.id))
    if given is None or given.voided_at is not None:
        return None
    given.voided_at = now()
    text = _("%(name)s est là : sa procuration est tombée.", name=principal.display_name)
    notify(given.holder, text, path("bodies.procuration", meeting_id=meeting.id))
    return given.holder.display_name


def tell_procurations_fall(person_id: int) -> None:
    """Someone's file is erased: those with whom they had a procuration for a meeting to come
    learn that it holds no more, inside the caller's act."""
    rows = db.session.execute(
        select(Procuration, Meeting)
        .join_from(Procuration, Meeting, Meeting.id == Procuration.meeting_id)
        .where(
            or_(Procuration.principal_id == person_id, Procuration.holder_id == person_id),
            Procuration.voided_at.is_(None),
            Meeting.status == "planned",
        )
    ).all()
    for given, meeting in rows:
        other = given.holder if given.principal_id == person_id else given.principal
        text = _("Une procuration ne tient plus : %(title)s", title=meeting.title)
        url = path("bodies.procuration", meeting_id=meeting.id)
        notify(other, text, url, body=_("Voyez sur cette page ce que vous pouvez faire."))


def restore(meeting: Meeting, principal: Resident) -> None:
    """A tap too many is undone: the procuration that it made fall holds again, if it still can."""
    given = db.session.get(Procuration, (meeting.id, principal.id))
    if given is None or given.voided_at is None:
        return
    try:
        _check_holder(meeting, sitting(meeting), principal, given.holder)
    except DomainError:
        return
    given.voided_at = None


def _check_holder(meeting: Meeting, seats: Sitting, principal: Resident, holder: Resident) -> None:
    seat = seats.line_of(holder.id)
    if holder.id == principal.id:
        raise Invalid(_("Choisissez quelqu’un d’autre."), field="holder")
    if seat is None or not seat.is_voting:
        raise Invalid(_("Cette personne n’a pas de voix ici."), field="holder")
    if not seat.is_titulaire:
        raise Invalid(_("Un suppléant ne porte pas de procuration."), field="holder")
    if holder.is_under_15_on(today()) and not principal.is_under_15_on(today()):
        raise Invalid(_("Avant 15 ans, on ne vote pas pour un adulte."), field="holder")
    if seat.holder_id is not None:
        raise Conflict(
            _("Cette personne a elle-même donné procuration. Choisissez quelqu’un d’autre."),
            field="holder",
        )
    if _held(meeting.id, holder.id) >= rule("procurations_most"):
        raise Conflict(
            _(
                "Cette personne porte déjà autant de procurations que la règle le permet."
                " Choisissez quelqu’un d’autre."
            ),
            field="holder",
        )


def _write(meeting: Meeting, principal: Resident, holder: Resident, *, on_paper: bool) -> None:
    """One that fell when its principal came is written over: they leave before the end."""
    fallen = db.session.get(Procuration, (meeting.id, principal.id), populate_existing=True)
    if fallen is not None:
        fallen.holder_id, fallen.is_on_paper = holder.id, on_paper
        fallen.given_at, fallen.voided_at = now(), None
        return
    with unique_or(_given_before("", is_own=not on_paper)):
        db.session.add(
            Procuration(
                meeting_id=meeting.id,
                principal_id=principal.id,
                holder_id=holder.id,
                is_on_paper=on_paper,
            )
        )


def _held(meeting_id: int, holder_id: int) -> int:
    live = select(func.count()).where(
        Procuration.meeting_id == meeting_id,
        Procuration.holder_id == holder_id,
        Procuration.voided_at.is_(None),
    )
    return db.session.scalar(live) or 0


def _given_before(holder: str, *, is_own: bool) -> Conflict:
    if is_own:
        words = _("Vous avez déjà donné procuration pour cette réunion. Reprenez-la d’abord.")
    else:
        words = _("Une procuration est déjà notée pour cette personne. Reprenez-la d’abord.")
    return Conflict(f"{words} ({holder})" if holder else words)
