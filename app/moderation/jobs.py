"""What is promised within a day is called back to mind after a day."""

from datetime import timedelta

from sqlalchemy import select

from app.core.clock import now
from app.core.db import atomic, db
from app.core.i18n import _n
from app.core.jobs import job
from app.moderation.models import Case
from app.moderation.telling import QUEUE, moderators
from app.notifications.services import notify

A_DAY = timedelta(days=1)


@job(every_hour=True)
def call_back_to_mind() -> int:
    """Tell the whole team, once a content, of what has waited a day; how many there were."""
    return remind()


@atomic
def remind() -> int:
    """Of what nobody has decided in a day, whoever's comité it is."""
    late = (Case.decided_at.is_(None), Case.opened_at <= now() - A_DAY)
    cases = db.session.scalars(
        select(Case).where(*late, Case.reminded_at.is_(None)).with_for_update()
    ).all()
    for case in cases:
        case.reminded_at = now()
    text = _n(
        "Un contenu attend la modération depuis plus d’un jour.",
        "%(num)d contenus attendent la modération depuis plus d’un jour.",
        len(cases),
    )
    for person in moderators(None) if cases else ():
        notify(person, text, QUEUE)
    return len(cases)
