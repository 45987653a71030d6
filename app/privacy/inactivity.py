"""Accounts nobody uses any more: their people are warned twice, then erased."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from app.accounts.adhesion_models import AdhesionPerson
from app.accounts.adhesion_services import season_now
from app.accounts.family_models import Guardianship
from app.accounts.models import Participation, Resident
from app.accounts.role_models import Grant, live_grant
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.models import Mandate
from app.centre.settings import rule
from app.core.clock import PARIS, months_before, today
from app.core.db import atomic, db, lock
from app.core.errors import DomainError, Forbidden
from app.core.i18n import _
from app.core.mail import send_mail
from app.core.pagination import Page, paginate
from app.desk.models import Assistance
from app.ledger.models import Entry
from app.privacy.erasure_services import erase_inactive
from app.privacy.policies import can_call_people_back
from app.programme.models import SessionAttendance

FIRST, SECOND = timedelta(days=30), timedelta(days=7)
"""Before the end: the first warning, and the second."""

MOST_A_DAY = 500
"""Of each kind: a register taken over from elsewhere is not mailed in one night."""


@dataclass(frozen=True)
class Silent:
    """Someone warned, whom the desk may call; `leaves_on` is the day they are erased."""

    id: int
    name: str
    phone: str | None
    has_email: bool
    warnings: int
    leaves_on: date


def warn_and_erase() -> dict[str, int]:
    """Today's share of it: how many were heard of again, warned and erased. Twice changes nothing.

    Each person in a transaction, where it is looked at once more whether it is still so.
    """
    day, months = today(), rule("inactivity_months")
    back = _each(_heard_of(day, months), _forgive)
    erased = _each(_due_to_go(day, months), erase_inactive)
    second = _each(_due_second(day, months), _warn)
    first = _each(_due_first(day, months), _warn)
    return {"heard": back, "warned": first + second, "inactive": erased}


@atomic
def keep_account(by: Resident, person: Resident) -> None:
    """They answered the telephone: the account stays.

    Raises:
        Forbidden: not of the team.
    """
    if not can_call_people_back(by):
        raise Forbidden(_("Seule l’équipe d’accueil garde un compte ouvert."))
    person.last_seen_on = today()
    person.inactivity_warnings, person.inactivity_warned_on = 0, None
    note(AuditAct.ACCOUNT_KEPT, by, person)


def silent_people(number: int, *, without_email: bool = False) -> Page[Silent]:
    """Those who were warned, whoever leaves first at the top; two statements.

    Without an e-mail address they heard nothing yet: the desk calls, or sends a letter.
    """
    query = (
        select(
            Resident.id,
            Resident.full_name,
            Resident.phone,
            Resident.email_confirmed_at,
            Resident.inactivity_warnings,
            Resident.inactivity_warned_on,
        )
        .where(_present(), Resident.inactivity_warnings > 0)
        .order_by(Resident.inactivity_warnings.desc(), Resident.inactivity_warned_on, Resident.id)
    )
    if without_email:
        query = query.where(Resident.email_confirmed_at.is_(None))
    page = paginate(query, number)
    rows = [
        Silent(row[0], row[1], row[2], row[3] is not None, row[4], _leaves_on(row[4], row[5]))
        for row in page.items
    ]
    return Page(rows, page.number, page.size, page.total)


def _leaves_on(warnings: int, warned_on: date) -> date:
    return warned_on + (FIRST if warnings == 1 else SECOND)


def _heard_of(day: date, months: int) -> ColumnElement[bool]:
    silent = _silent_since(months_before(day + FIRST, months))
    return and_(Resident.inactivity_warnings > 0, or_(~silent, ~_free()))


def _due_first(day: date, months: int) -> ColumnElement[bool]:
    silent = _silent_since(months_before(day + FIRST, months))
    return and_(Resident.inactivity_warnings == 0, _free(), silent)


def _due_second(day: date, months: int) -> ColumnElement[bool]:
    return and_(
        Resident.inactivity_warnings == 1,
        Resident.inactivity_warned_on <= day - (FIRST - SECOND),
        _free(),
        _silent_since(months_before(day + SECOND, months)),
    )


def _due_to_go(day: date, months: int) -> ColumnElement[bool]:
    return and_(
        Resident.inactivity_warnings == 2,
        Resident.inactivity_warned_on <= day - SECOND,
        _free(),
        _silent_since(months_before(day, months)),
    )


def _each(condition: ColumnElement[bool], act: Callable[[Resident], None]) -> int:
    """Do it to each of them, one transaction a person; how many it was done to."""
    found = select(Resident.id).where(_present(), condition).order_by(Resident.id)
    done = 0
    for number in db.session.scalars(found.limit(MOST_A_DAY)).all():
        try:
            done += _if_still(number, condition, act)
        except DomainError:
            # Something rests on them alone: the desk sees them in its list.
            continue
        except Exception:
            current_app.logger.exception("inactivity: person %s", number)
    return done


@atomic
def _if_still(number: int, condition: ColumnElement[bool], act: Callable[[Resident], None]) -> bool:
    person = db.session.get_one(Resident, number)
    lock(person)
    so = select(Resident.id).where(Resident.id == number, _present(), condition)
    if db.session.scalar(so) is None:
        return False
    act(person)
    return True


def _forgive(person: Resident) -> None:
    person.inactivity_warnings, person.inactivity_warned_on = 0, None


def _warn(person: Resident) -> None:
    person.inactivity_warnings += 1
    person.inactivity_warned_on = today()
    leaves_on = _leaves_on(person.inactivity_warnings, today())
    for reader in _readers(person):
        send_mail(
            str(reader.email), "inactive", resident=reader, person=person, leaves_on=leaves_on
        )


def _readers(person: Resident) -> list[Resident]:
    """The person, or those who answer for a child."""
    guardians = select(Guardianship.guardian_id).where(
        Guardianship.child_id == person.id, Guardianship.ended_at.is_(None)
    )
    them = Resident.id.in_(guardians) if person.has_guardian else Resident.id == person.id
    reachable = Resident.email_confirmed_at.is_not(None) & Resident.email.is_not(None)
    return list(db.session.scalars(select(Resident).where(them, reachable, _present())))


def _present() -> ColumnElement[bool]:
    return and_(
        Resident.erased_at.is_(None),
        Resident.closed_at.is_(None),
        Resident.merged_into_id.is_(None),
    )


def _free() -> ColumnElement[bool]:
    """No role, no seat, no adhésion of this season, no child to answer for."""
    day = today()
    mine = Resident.id
    return ~or_(
        exists().where(Grant.resident_id == mine, live_grant()),
        exists().where(
            Mandate.resident_id == mine,
            Mandate.ended_on.is_(None),
            or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day),
        ),
        exists().where(
            AdhesionPerson.resident_id == mine,
            AdhesionPerson.is_live,
            AdhesionPerson.season >= season_now(),
        ),
        Resident.has_children,
    )


def _silent_since(day: date) -> ColumnElement[bool]:
    """Neither seen, nor met, nor helped since that day (it included)."""
    start = datetime.combine(day, time(), PARIS).astimezone(UTC)
    return and_(
        Resident.registered_at < start,
        func.coalesce(Resident.last_seen_on, date.min) < day,
        ~exists().where(
            Participation.resident_id == Resident.id,
            Entry.participation_key == Participation.key,
            Entry.day >= day,
        ),
        ~exists().where(Assistance.resident_id == Resident.id, Assistance.started_at >= start),
        ~exists().where(
            SessionAttendance.resident_id == Resident.id, SessionAttendance.signed_at >= start
        ),
    )
