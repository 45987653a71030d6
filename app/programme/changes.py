"""A date called off or moved, alone or with all those that follow; everyone concerned is told."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.clock import PARIS, civil_day, now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.ledger.acts import Act
from app.ledger.services import record
from app.programme.models import Session, SessionAttendance
from app.programme.recurrence import local_moment
from app.programme.series_models import SeriesException
from app.programme.services import check_times, moments_taken, refuse_outsiders, to_come
from app.programme.signals import session_cancelled
from app.programme.telling import tell_all, when
from app.programme.trainings import sync_offer


@atomic
def cancel_session(person: Resident, session: Session, reason: str) -> None:
    """Call a session off; it stays on the programme with the reason, and all are told.

    Raises:
        Forbidden: not of the team.
        Invalid: no reason.
        Conflict: held, cancelled already, or someone has signed that they came.
    """
    refuse_outsiders(person)
    _hold(session)
    if _signed([session]):
        raise Conflict(_("Des personnes ont signé : retirez d’abord leurs noms."))
    said = _reason(reason)
    _cancel(person, session, said)
    title = session.action.title
    text = _("Annulé : « %(title)s », %(when)s.", title=title, when=when(session))
    tell_all([session], text, said)


@atomic
def cancel_rest(person: Resident, session: Session, reason: str) -> int:
    """Call off this session and all those of the action that come after it; how many.

    Those where someone has signed stay. Raises as `cancel_session`.
    """
    refuse_outsiders(person)
    _hold(session)
    said = _reason(reason)
    chosen = _from(session)
    signed = _signed(chosen)
    gone = [one for one in chosen if one.id not in signed]
    for one in gone:
        _cancel(person, one, said)
    text = _(
        "Annulé : « %(title)s », toutes les dates à partir de %(when)s.",
        title=session.action.title,
        when=when(session),
    )
    tell_all(gone, text, said)
    return len(gone)


@atomic
def move_session(
    person: Resident, session: Session, starts_at: datetime, ends_at: datetime
) -> None:
    """Give a session another moment, and tell everyone concerned.

    Silent: what counts is a session held. A training's offer follows to its new day.

    Raises:
        Forbidden: not of the team.
        Invalid: it ends before it starts, lasts more than 14 days, or would be in the past.
        Conflict: held or cancelled, or the action has a session at that very moment.
    """
    refuse_outsiders(person)
    check_times(starts_at, ends_at)
    if starts_at <= now():
        raise Invalid(_("Choisissez un moment à venir."), field="starts_at")
    _hold(session)
    before = when(session)
    if starts_at != session.starts_at and starts_at in moments_taken(session.action_id):
        raise Conflict(_("Cette séance est déjà au programme."), field="starts_at")
    _move(person, session, starts_at, ends_at)
    text = _(
        "Nouvelle date pour « %(title)s » : %(when)s.",
        title=session.action.title,
        when=when(session),
    )
    tell_all([session], text, _("C’était prévu %(before)s.", before=before))


@atomic
def move_rest(person: Resident, session: Session, starts_at: datetime, ends_at: datetime) -> int:
    """Move this session, and those of the action that come after by as many days, to these hours.

    Hours are those of the centre, kept across a change of clocks. Silent, and raises, as
    `move_session`; gives how many sessions moved.
    """
    refuse_outsiders(person)
    check_times(starts_at, ends_at)
    if starts_at <= now():
        raise Invalid(_("Choisissez un moment à venir."), field="starts_at")
    _hold(session)
    chosen = _from(session)
    days = civil_day(starts_at) - civil_day(session.starts_at)
    begin, end = starts_at.astimezone(PARIS), ends_at.astimezone(PARIS)
    length = end.replace(tzinfo=None) - begin.replace(tzinfo=None)
    moments = {one.id: _moments(one, days, begin.strftime("%H:%M"), length) for one in chosen}
    staying = moments_taken(session.action_id) - {one.starts_at for one in chosen}
    if staying & {moment for moment, _end in moments.values()}:
        raise Conflict(_("Une de ces séances tomberait sur une autre."), field="starts_at")
    for one in chosen:
        _move(person, one, *moments[one.id])
    text = _(
        "Nouveaux horaires pour « %(title)s » à partir de %(when)s.",
        title=session.action.title,
        when=when(session),
    )
    tell_all(chosen, text, _("Toutes les dates sont sur la page."))
    return len(chosen)


def _hold(session: Session) -> None:
    """The action first, always: whoever registers holds it too."""
    lock(session.action)
    lock(session)
    if session.status != "planned":
        raise Conflict(_("Seule une séance prévue peut être annulée ou changée."))


def _from(session: Session) -> list[Session]:
    later = to_come(session.action_id)
    return [session, *(one for one in later if one.starts_at > session.starts_at)]


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Dites pourquoi : les habitants liront ces mots."), field="reason")
    return reason.strip()[:500]


def _signed(sessions: list[Session]) -> set[int]:
    there = SessionAttendance.session_id
    wanted = [session.id for session in sessions]
    return set(db.session.scalars(select(there).where(there.in_(wanted))))


def _cancel(person: Resident, session: Session, reason: str) -> None:
    action = session.action
    session.status, session.cancel_reason = "cancelled", reason
    session.tell_calendars()
    record(
        Act.SESSION_CANCELLED,
        subject=session,
        entered_by=person,
        kind=action.counts_as,
        nature=action.nature,
        lead=action.lead,
        action_id=action.id,
        offsite=action.is_offsite,
        quartier_id=action.quartier_id,
        association_id=action.association_id,
    )
    sync_offer(session, person)
    session_cancelled.send(session, by=person)


def _move(person: Resident, session: Session, starts_at: datetime, ends_at: datetime) -> None:
    if session.series_id is not None:
        _except(session, starts_at)
    session.starts_at, session.ends_at = starts_at, ends_at
    session.tell_calendars()
    db.session.flush()
    sync_offer(session, person)


def _except(session: Session, starts_at: datetime) -> None:
    """Write on the series that this day's session is now elsewhere."""
    moved = db.session.scalars(
        select(SeriesException).where(
            SeriesException.series_id == session.series_id,
            SeriesException.moved_to == session.starts_at,
        )
    ).first()
    if moved is not None:
        moved.moved_to = starts_at
        return
    db.session.merge(
        SeriesException(
            series_id=session.series_id, day=civil_day(session.starts_at), moved_to=starts_at
        )
    )


def _moments(
    session: Session, days: timedelta, hour: str, length: timedelta
) -> tuple[datetime, datetime]:
    day = civil_day(session.starts_at) + days
    return local_moment(day, hour), local_moment(day, hour, length)
