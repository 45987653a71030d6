"""Conventions: written down, corrected, renewed in one act, and their end told in time."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from werkzeug.datastructures import FileStorage

from app.accounts.holders import holders
from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import months_before, today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Invalid
from app.core.files import store_pdf
from app.core.i18n import _
from app.core.rights import Right
from app.core.typography import date_fr
from app.notifications.services import notify
from app.partners.models import Convention, Partner
from app.partners.services import refuse_outsiders
from app.partners.terms import ENDED, SOON, state_of

MOST_NOTICE = 24
PAGE = "/partenaires/conventions"


@dataclass(frozen=True)
class ConventionDetails:
    """What a convention says; both days are in it, `notice_months` before its end."""

    title: str
    starts_on: date
    ends_on: date
    notice_months: int = 3
    signed_by: str = ""


@atomic
def save_convention(
    person: Resident,
    partner: Partner,
    details: ConventionDetails,
    upload: FileStorage | None = None,
    convention: Convention | None = None,
) -> Convention:
    """Write a convention down, or correct it; a file that is not given again stays.

    Silent: a paper signed; what counts is what is done together.

    Raises:
        Forbidden: not of the team.
        Invalid: no title, days or a notice that cannot be, or a file that is no PDF.
    """
    refuse_outsiders(person)
    if not details.title.strip():
        raise Invalid(_("Donnez un titre."), field="title")
    if details.ends_on < details.starts_on:
        raise Invalid(_("La fin vient après le début."), field="ends_on")
    if not 0 <= details.notice_months <= MOST_NOTICE:
        raise Invalid(_("Un nombre de mois entre 0 et 24."), field="notice_months")
    kept = convention or Convention(partner_id=partner.id)
    if kept.ends_on != details.ends_on:
        # Another end is another thing to be told of.
        kept.told_soon_on = kept.told_ended_on = None
    kept.title, kept.signed_by = details.title.strip(), details.signed_by.strip()
    kept.starts_on, kept.ends_on = details.starts_on, details.ends_on
    kept.notice_months = details.notice_months
    if upload is not None and upload.filename:
        kept.file_id = store_pdf(upload).id
    db.session.add(kept)
    db.session.flush()
    _noted(person, kept)
    return kept


@atomic
def renew(person: Resident, convention: Convention) -> Convention:
    """Make the convention that follows: the day after, for as long, to be signed.

    Silent, as `save_convention`.

    Raises:
        Forbidden: not of the team.
        Conflict: it was renewed before, even at this very moment.
    """
    refuse_outsiders(person)
    starts_on, ends_on = following(convention.starts_on, convention.ends_on)
    new = Convention(
        partner_id=convention.partner_id,
        title=convention.title,
        starts_on=starts_on,
        ends_on=ends_on,
        notice_months=convention.notice_months,
        follows_id=convention.id,
    )
    with unique_or(Conflict(_("Cette convention est déjà reconduite."))):
        db.session.add(new)
    _noted(person, new)
    return new


@atomic
def drop_renewal(person: Resident, convention: Convention) -> None:
    """Take back a renewal made by mistake, while nobody has signed it and it has no file.

    Silent, as `save_convention`.

    Raises:
        Forbidden: not of the team.
        Conflict: it renews nothing, is signed, or was renewed in turn.
    """
    refuse_outsiders(person)
    lock(convention)
    renewed = db.session.query(Convention.id).filter_by(follows_id=convention.id).first()
    signed = convention.signed_by or convention.file_id
    if convention.follows_id is None or signed or renewed:
        raise Conflict(_("Cette convention est signée ou reconduite : elle reste."))
    note(AuditAct.CONVENTION_CHANGED, person, convention, before={"title": convention.title})
    db.session.delete(convention)


def following(starts_on: date, ends_on: date) -> tuple[date, date]:
    """The days of the convention that follows, as long: in months where they are whole."""
    new_start = ends_on + timedelta(days=1)
    months = (new_start.year - starts_on.year) * 12 + new_start.month - starts_on.month
    if new_start.day == starts_on.day:
        return new_start, months_before(new_start, -months) - timedelta(days=1)
    return new_start, new_start + (ends_on - starts_on)


@atomic
def warn_of_ends() -> int:
    """Tell the direction of conventions that end soon, and of those over; once each. How many.

    One that was renewed is spoken of no more.
    """
    day = today()
    followed = select(Convention.follows_id).where(Convention.follows_id.is_not(None))
    unsaid = (
        select(Convention)
        .join(Partner)
        .where(
            Partner.archived_on.is_(None),
            Convention.id.not_in(followed),
            or_(Convention.told_soon_on.is_(None), Convention.told_ended_on.is_(None)),
        )
        .order_by(Convention.ends_on, Convention.id)
        .with_for_update(of=Convention)
    )
    told = [sentence for one in db.session.scalars(unsaid) if (sentence := _to_say(one, day))]
    if told:
        # Whoever changes the settings is the direction: the same right, asked in SQL.
        ids = holders(Right.CHANGE_SETTINGS)
        direction = select(Resident).where(Resident.id.in_(ids)).order_by(Resident.id)
        for director in db.session.scalars(direction).all():
            for sentence in told:
                notify(director, sentence, PAGE)
    return len(told)


def _to_say(convention: Convention, day: date) -> str:
    """What is new of a convention on a day, marked as said; nothing when all was said."""
    state = state_of(convention.starts_on, convention.ends_on, convention.notice_months, day)
    names = {"title": convention.title, "partner": convention.partner.name}
    if state == ENDED and convention.told_ended_on is None:
        convention.told_soon_on = convention.told_soon_on or day
        convention.told_ended_on = day
        return _(
            "La convention « %(title)s » (%(partner)s) est finie depuis le %(day)s.",
            day=date_fr(convention.ends_on),
            **names,
        )
    if state == SOON and convention.told_soon_on is None:
        convention.told_soon_on = day
        return _(
            "La convention « %(title)s » (%(partner)s) finit le %(day)s.",
            day=date_fr(convention.ends_on),
            **names,
        )
    return ""


def _noted(person: Resident, convention: Convention) -> None:
    days = {"starts_on": str(convention.starts_on), "ends_on": str(convention.ends_on)}
    note(AuditAct.CONVENTION_CHANGED, person, convention, after=days)
