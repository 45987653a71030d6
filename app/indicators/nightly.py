"""Every night: the totals are compared with the ledger, and a difference is told at once."""

from sqlalchemy import select

from app.accounts.role_models import Grant, live_grant
from app.core.clock import PARIS, now, today
from app.core.db import atomic_unseen, db, unique_or
from app.core.errors import Conflict
from app.core.i18n import _, _n
from app.core.jobs import job
from app.core.rights import Role
from app.indicators import audits
from app.indicators.models import Check
from app.notifications.services import notify_all

HOUR = 4
"""Of the night, at the centre: after the round that erases people."""


@job(every_hour=True)
def check_totals() -> int | None:
    """Once a day from four in the morning; how many differences, None when today's is done."""
    if now().astimezone(PARIS).hour < HOUR or not begin():
        return None
    found = audits.audit()
    end(len(found.differences), found.entries)
    return len(found.differences)


@atomic_unseen
def begin() -> bool:
    """Take today's check, unless another worker has."""
    try:
        with unique_or(Conflict("")):
            db.session.add(Check(day=today()))
    except Conflict:
        return False
    return True


@atomic_unseen
def end(differences: int, entries: int) -> None:
    """Write down what was found, and tell the administrators when something differs."""
    check = db.session.get_one(Check, today())
    check.ended_at, check.differences, check.entries = now(), differences, entries
    if not differences:
        return
    administrators = (
        select(Grant.resident_id)
        .where(Grant.role == Role.ADMINISTRATOR.value, live_grant())
        .distinct()
    )
    notify_all(
        administrators,
        _n(
            "Un chiffre ne correspond pas au registre.",
            "%(num)s chiffres ne correspondent pas au registre.",
            differences,
        ),
        "/indicateurs",
        body=_(
            "La vérification de cette nuit a recompté tous les indicateurs. La commande « flask "
            "indicators audit » montre chaque écart, et « flask indicators rebuild » récrit les "
            "totaux depuis le registre, qui fait foi."
        ),
    )


def last_check() -> Check | None:
    """The last night's check that ended; one statement."""
    ended = select(Check).where(Check.ended_at.is_not(None)).order_by(Check.day.desc())
    return db.session.scalars(ended.limit(1)).first()
