"""Orientations: someone was sent to a partner. That it happened is counted, never who it was."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre.age_bands import labels
from app.centre.models import Quartier
from app.centre.settings import rule
from app.core.clock import months_before, today
from app.core.db import atomic, db
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.core.pagination import Page, paginate
from app.ledger.acts import Act
from app.ledger.live import is_live
from app.ledger.models import Entry
from app.ledger.services import record, void
from app.partners.models import Partner
from app.partners.services import refuse_outsiders
from app.partners.words import OTHER, REASONS

UNDONE_WITHIN = timedelta(days=60)
MOST_MONTHS_LATE = 12


@dataclass(frozen=True)
class Orientation:
    """What is kept of a referral: `reason` a code of `partners.words`.

    The quartier and the age are said or not.
    """

    reason: str
    day: date
    quartier_id: int | None = None
    age_band: str | None = None


@dataclass(frozen=True)
class OrientationLine:
    """A referral in the team's list."""

    id: int
    day: date
    partner: str
    reason: str
    quartier: str | None
    age_band: str | None
    can_be_undone: bool


@dataclass(frozen=True)
class Counts:
    """Referrals of a period: by partner and reason, and their totals."""

    rows: Sequence[tuple[str, Sequence[tuple[str, int]], int]]
    reasons: Sequence[tuple[str, int]]
    total: int


def age_bands() -> tuple[str, ...]:
    """The bands of the centre, from the youngest."""
    return labels(rule("age_bands"))


def is_counted_on(day: date) -> bool:
    """Whether a referral of that day may still be counted: past, a year ago at most."""
    return months_before(today(), MOST_MONTHS_LATE) <= day <= today()


@atomic
def orient(person: Resident, partner: Partner | None, given: Orientation) -> None:
    """Count that someone was sent to a partner: no name, no key, the day without an hour.

    Raises:
        Forbidden: not of the team.
        Invalid: no partner, an unknown reason, quartier or age band, a day to come or
            over a year ago.
        Conflict: the partner is no longer in the directory.
    """
    refuse_outsiders(person)
    if partner is None:
        raise Invalid(_("Choisissez un partenaire dans la liste."), field="partner_id")
    if partner.archived_on is not None:
        raise Conflict(_("Ce partenaire n’est plus dans l’annuaire."), field="partner_id")
    if given.reason not in REASONS:
        raise Invalid(_("Choisissez un motif dans la liste."), field="reason")
    if not is_counted_on(given.day):
        raise Invalid(_("Un jour passé, il y a un an au plus."), field="day")
    if given.age_band is not None and given.age_band not in age_bands():
        raise Invalid(_("Choisissez un âge dans la liste."), field="age_band")
    if given.quartier_id is not None and db.session.get(Quartier, given.quartier_id) is None:
        raise Invalid(_("Choisissez un quartier dans la liste."), field="quartier_id")
    record(
        Act.ORIENTATION_GIVEN,
        subject=partner,
        when=given.day,
        partner_id=partner.id,
        kind=given.reason,
        quartier_id=given.quartier_id,
        age_band=given.age_band,
    )


@atomic
def undo(person: Resident, entry_id: int, reason: str) -> None:
    """Take back a referral counted by mistake; the ledger keeps both lines.

    Raises:
        Forbidden: not of the team.
        Invalid: no reason.
        Conflict: not a referral, taken back already, or entered too long ago.
    """
    refuse_outsiders(person)
    entry = db.session.get(Entry, entry_id)
    if (
        entry is None
        or entry.act != Act.ORIENTATION_GIVEN.value
        or entry.voids_id is not None
        or entry.day < today() - UNDONE_WITHIN
    ):
        raise Conflict(_("Cette orientation ne s’annule plus."))
    void(entry, by=person, reason=reason)
    note(AuditAct.ORIENTATION_UNDONE, person, reason=reason.strip())


def lines(number: int, since: date, until: date) -> Page[OrientationLine]:
    """Referrals of a period that stand, the latest first; two statements."""
    query = _lines().where(*_standing(since, until))
    page = paginate(query.order_by(Entry.day.desc(), Entry.id.desc()), number)
    shown = [_line(row) for row in page.items]
    return Page(shown, page.number, page.size, page.total)


def line(entry_id: int) -> OrientationLine | None:
    """One referral that stands; one statement."""
    row = db.session.execute(
        _lines().where(*_standing(date.min, date.max), Entry.id == entry_id)
    ).first()
    return _line(row) if row else None


def counts(since: date, until: date) -> Counts:
    """How many, by partner and reason, in a period; one statement. For the team alone."""
    rows = db.session.execute(
        select(Partner.name, Entry.kind, func.count(Entry.id))
        .join(Partner, Partner.id == Entry.partner_id)
        .where(*_standing(since, until))
        .group_by(Partner.name, Entry.kind)
    ).all()
    by_partner: dict[str, Counter[str]] = {}
    by_reason: Counter[str] = Counter()
    for name, reason, number in rows:
        by_partner.setdefault(name, Counter())[reason or OTHER] += number
        by_reason[reason or OTHER] += number
    told = sorted(by_partner.items(), key=lambda item: (-item[1].total(), item[0]))
    return Counts(
        [(name, _said(counter), counter.total()) for name, counter in told],
        _said(by_reason),
        by_reason.total(),
    )


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Entry.id,
            Entry.day,
            Partner.name.label("partner"),
            Entry.kind,
            Quartier.name.label("quartier"),
            Entry.age_band,
        )
        .join(Partner, Partner.id == Entry.partner_id)
        .join(Quartier, Quartier.id == Entry.quartier_id, isouter=True)
    )


def _line(row: Any) -> OrientationLine:
    return OrientationLine(
        row.id,
        row.day,
        row.partner,
        str(REASONS[row.kind]),
        row.quartier,
        row.age_band,
        row.day >= today() - UNDONE_WITHIN,
    )


def _said(counter: Counter[str]) -> list[tuple[str, int]]:
    return [(str(REASONS[code]), number) for code, number in counter.most_common()]


def _standing(since: date, until: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Entry.act == Act.ORIENTATION_GIVEN.value,
        Entry.day.between(since, until),
        is_live(),
    )
