"""Keeping someone from writing for a time: never from voting, supporting or coming."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import PARIS, now, today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.typography import date_fr
from app.moderation.models import Sanction
from app.moderation.policies import can_lift, can_sanction
from app.notifications.services import notify

LONGEST_DAYS = 365
LONGEST_REASON = 1000


@atomic
def suspend(person: Resident, by: Resident, last_day: date, reason: str) -> Sanction:
    """Keep someone from writing until the end of a day; they are told why and until when.

    Raises:
        Forbidden: not the direction, oneself, or one of the team by who cannot name it.
        Invalid: a day past or too far, or no reason.
    """
    if not can_sanction(by, person):
        raise Forbidden(_("Vous ne pouvez pas suspendre la parole de cette personne."))
    if not today() <= last_day <= today() + timedelta(days=LONGEST_DAYS):
        raise Invalid(_("Choisissez un jour à venir, dans l’année."), field="last_day")
    if not reason.strip():
        raise Invalid(_("Dites pourquoi : la personne le lira."), field="reason")
    lock(person)
    sanction = Sanction(
        resident_id=person.id,
        until=_end_of(last_day),
        reason=reason.strip()[:LONGEST_REASON],
        by_id=by.id,
    )
    db.session.add(sanction)
    db.session.flush()
    _silence(person)
    note(AuditAct.SANCTION_GIVEN, by, person, after={"until": last_day.isoformat()})
    text = _("Vous ne pouvez plus écrire sur le site jusqu’au %(day)s.", day=date_fr(last_day))
    rights = _(
        "Vous pouvez toujours voter, soutenir une proposition et venir aux activités. "
        "Pour en parler, passez à l’accueil du centre."
    )
    notify(person, text, "/moi", body=f"{sanction.reason}\n\n{rights}")
    return sanction


@atomic
def lift(sanction: Sanction, by: Resident) -> None:
    """Give the right to write back before its time.

    Raises:
        Forbidden: not the direction, or one's own.
        Conflict: it is over already.
    """
    if not can_lift(by, sanction):
        raise Forbidden(_("Seule la direction lève une suspension."))
    person = sanction.resident
    lock(person)
    lock(sanction)
    if sanction.lifted_at is not None or sanction.until <= now():
        raise Conflict(_("Cette suspension est déjà terminée."))
    sanction.lifted_at = now()
    db.session.flush()
    _silence(person)
    note(AuditAct.SANCTION_LIFTED, by, person)
    if not person.is_silenced:
        text = _("Vous pouvez de nouveau écrire sur le site. Bienvenue !")
        notify(person, text, "/propositions")


def _silence(person: Resident) -> None:
    """The latest end of what is in force; two may run at once."""
    in_force = (Sanction.resident_id == person.id, Sanction.lifted_at.is_(None))
    latest = db.session.scalar(
        select(func.max(Sanction.until)).where(*in_force, Sanction.until > now())
    )
    person.silenced_until = latest


def _end_of(day: date) -> datetime:
    # Within the day itself: the moment is also read back as the day it falls on.
    return datetime.combine(day, time.max, PARIS)
