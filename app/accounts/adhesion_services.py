"""Taking a membership of the centre, and cancelling one."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import func, select, update

from app.accounts.adhesion_models import Adhesion, AdhesionPerson, Kind, Payment
from app.accounts.family_models import HouseholdMember
from app.accounts.models import Resident
from app.accounts.policies import can_take_adhesions
from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre.settings import rule
from app.core.clock import civil_day, now, today
from app.core.db import atomic, db, is_sqlite, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.mail import send_mail
from app.ledger.acts import Act, Channel
from app.ledger.models import Entry
from app.ledger.services import record, void

RECEIPTS = 7301
"""PostgreSQL's lock of the numbers of receipts, year by year."""
DEAREST_CENTS = 100_000
OWN_PAGE = "/moi/compte/adhesions"


def season_now() -> int:
    """The season of today, by the year it starts in."""
    day = today()
    return day.year if day.month >= int(rule("season_month")) else day.year - 1


def last_day(season: int) -> date:
    """The last day of the season that starts in a year."""
    return date(season + 1, int(rule("season_month")), 1) - timedelta(days=1)


def household_of(resident: Resident) -> set[int]:
    """Whoever shares a household with someone, themselves included."""
    mine = select(HouseholdMember.household_id).where(HouseholdMember.resident_id == resident.id)
    members = select(HouseholdMember.resident_id).where(HouseholdMember.household_id.in_(mine))
    return {resident.id, *db.session.scalars(members)}


@atomic
def take_adhesion(
    by: Resident,
    holder: Resident,
    *,
    kind: Kind,
    season: int,
    fee_cents: int,
    payment: Payment,
    people: Sequence[int] = (),
) -> Adhesion:
    """Take a membership, and give its receipt the next number of the year.

    Args:
        season: the year it starts in; the present one, or the next.
        fee_cents: in euro cents.
        people: of the holder's household, for a family; the holder is always covered.

    Raises:
        Forbidden: not one of the team.
        Invalid: a fee that does not go with the payment, another season, or other people.
        Conflict: someone has a membership for this season, even taken at the same moment.
    """
    if not can_take_adhesions(by):
        raise Forbidden(_("Seule l’équipe d’accueil enregistre une adhésion."))
    covered = _covered(holder, kind, people)
    _check(season, fee_cents, payment)
    adhesion = Adhesion(
        kind=kind.value,
        season=season,
        fee_cents=fee_cents,
        payment=payment.value,
        receipt_year=today().year,
        receipt_rank=_next_rank(today().year),
        holder_id=holder.id,
        taken_by_id=by.id,
    )
    db.session.add(adhesion)
    db.session.flush()
    with unique_or(Conflict(_("Une de ces personnes a déjà adhéré pour cette saison."))):
        db.session.add_all(
            AdhesionPerson(adhesion_id=adhesion.id, resident_id=one, season=season)
            for one in sorted(covered)
        )
    entry = record(
        Act.ADHESION_TAKEN,
        actor=holder,
        subject=adhesion,
        channel=Channel.DESK,
        entered_by=by,
        kind=kind.value,
        head_count=len(covered),
        until=last_day(season),
    )
    adhesion.ledger_entry_id = entry.id
    note(AuditAct.ADHESION_TAKEN, by, adhesion)
    _mail(holder, adhesion)
    return adhesion


@atomic
def cancel_adhesion(by: Resident, adhesion: Adhesion, reason: str) -> None:
    """Cancel a membership taken by mistake or paid back: its number stays taken.

    Raises:
        Forbidden: not one of the team.
        Invalid: no reason.
        Conflict: it is cancelled already.
    """
    if not can_take_adhesions(by):
        raise Forbidden(_("Seule l’équipe d’accueil annule une adhésion."))
    if not reason.strip():
        raise Invalid(_("Dites pourquoi cette adhésion est annulée."), field="reason")
    lock(adhesion)
    if adhesion.cancelled_at is not None:
        raise Conflict(_("Cette adhésion est déjà annulée."))
    adhesion.cancelled_at, adhesion.cancel_reason = now(), reason.strip()
    db.session.execute(
        update(AdhesionPerson)
        .where(AdhesionPerson.adhesion_id == adhesion.id)
        .values(is_live=False)
        .execution_options(synchronize_session=False)
    )
    entry = db.session.get(Entry, adhesion.ledger_entry_id)
    if entry is not None:
        void(entry, by=by, reason=_("Adhésion annulée."))
    note(AuditAct.ADHESION_CANCELLED, by, adhesion, reason=reason.strip())


def _covered(holder: Resident, kind: Kind, people: Sequence[int]) -> set[int]:
    if not holder.is_active:
        raise Invalid(_("Cette fiche n’est plus utilisée."))
    if kind is Kind.INDIVIDUAL:
        return {holder.id}
    covered = {holder.id, *people}
    if len(covered) < 2:
        raise Invalid(_("Cochez au moins une autre personne du foyer."), field="people")
    if not covered <= household_of(holder):
        raise Invalid(_("Une de ces personnes n’est pas du foyer."), field="people")
    return covered


def _check(season: int, fee_cents: int, payment: Payment) -> None:
    if season not in (season_now(), season_now() + 1):
        raise Invalid(_("Cette saison ne s’ouvre pas à l’adhésion."), field="season")
    if not 0 <= fee_cents <= DEAREST_CENTS:
        raise Invalid(_("Ce montant n’est pas possible."), field="fee")
    if (fee_cents == 0) != (payment is Payment.FREE):
        raise Invalid(
            _("Un montant de 0 € et « gratuit » vont ensemble."),
            field="payment",
        )


def _next_rank(year: int) -> int:
    """SQLite's writers already wait for one another; PostgreSQL's wait here: no number is lost."""
    if not is_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(RECEIPTS, year)))
    highest = select(func.max(Adhesion.receipt_rank)).where(Adhesion.receipt_year == year)
    return (db.session.scalar(highest) or 0) + 1


def _mail(holder: Resident, adhesion: Adhesion) -> None:
    if holder.email and holder.email_confirmed_at:
        send_mail(
            holder.email,
            "adhesion_taken",
            resident=holder,
            number=adhesion.receipt_number,
            season=adhesion.ledger_label,
            day=civil_day(adhesion.taken_at),
            link=f"{current_app.config['PUBLIC_URL']}{OWN_PAGE}",
        )
