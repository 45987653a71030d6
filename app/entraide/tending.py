"""Every hour: what ends soon is told to its author, once, and what has ended is closed."""

from datetime import timedelta

from sqlalchemy import select

from app.core.clock import PARIS, now, today
from app.core.db import atomic, db
from app.core.i18n import _n
from app.core.jobs import job
from app.entraide.models import EXPIRED, OPEN, HelpNotice
from app.notifications.services import notify

WARNED_DAYS = 3
FIRST_HOUR = 8
"""At the centre: nobody is told at night."""


@job(every_hour=True)
def tend_notices() -> tuple[int, int]:
    """How many ended, and how many authors were told; running it twice does no more."""
    return end_overdue(), remind_authors()


@atomic
def end_overdue() -> int:
    """Close the notices whose last day has passed. Silent: nothing came of them here."""
    late = (HelpNotice.status == OPEN, HelpNotice.lasts_until < today())
    over = db.session.scalars(select(HelpNotice).where(*late).with_for_update()).all()
    for notice in over:
        notice.status, notice.closed_at = EXPIRED, now()
    return len(over)


@atomic
def remind_authors() -> int:
    """Tell the authors of what ends within three days. Silent: words about an end to come."""
    if now().astimezone(PARIS).hour < FIRST_HOUR:
        return 0
    day = today()
    soon = select(HelpNotice).where(
        HelpNotice.status == OPEN,
        HelpNotice.reminded_on.is_(None),
        HelpNotice.lasts_until.between(day, day + timedelta(days=WARNED_DAYS)),
        # One that was to last a day or two needs no reminder of it.
        HelpNotice.posted_at < now() - timedelta(days=WARNED_DAYS),
    )
    notices = db.session.scalars(soon.with_for_update()).all()
    for notice in notices:
        notice.reminded_on = day
        left = (notice.lasts_until - day).days
        text = _n(
            "Votre annonce d’entraide s’arrête dans un jour. Besoin de plus de temps ?",
            "Votre annonce d’entraide s’arrête dans %(num)d jours. Besoin de plus de temps ?",
            max(left, 1),
        )
        notify(notice.author, text, f"/entraide/{notice.id}")
    return len(notices)
