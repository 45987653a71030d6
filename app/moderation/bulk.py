"""A flood of advertising, hidden at once."""

from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.charter import CHARTER, SPAM
from app.core.clock import today
from app.core.db import atomic, db
from app.core.errors import DomainError, Invalid
from app.core.i18n import _
from app.moderation.cases import Choice, decide
from app.moderation.models import HIDDEN, Case
from app.moderation.policies import can_sanction, reach
from app.moderation.sanctions import suspend

MOST_AT_ONCE = 100
SPAM_DAYS = 30


@atomic
def hide_as_spam(case_ids: list[int], by: Resident, *, silence: bool = False) -> tuple[int, int]:
    """Hide these as advertising, and if asked suspend their authors for a month.

    Gives (hidden, left): what was decided meanwhile, is gone or may not be hidden is left.

    Raises:
        Invalid: nothing chosen.
    """
    wanted = [Case.id.in_(case_ids[:MOST_AT_ONCE]), Case.decided_at.is_(None)]
    bodies = reach(by)
    if bodies is not None:
        wanted.append(Case.body_id.in_(bodies))
    # Always in the same order: two moderators at once never wait for each other.
    cases = db.session.scalars(select(Case).where(*wanted).order_by(Case.id)).all()
    if not case_ids:
        raise Invalid(_("Cochez au moins un contenu."))
    authors: dict[int, Resident] = {}
    hidden = 0
    for case in cases:
        try:
            with db.session.begin_nested():
                decide(case, by, case.version, Choice(HIDDEN, rule=SPAM))
        except DomainError:
            continue
        hidden += 1
        if case.author is not None:
            authors[case.author.id] = case.author
    for author in authors.values() if silence else ():
        if can_sanction(by, author) and not author.is_silenced:
            until = today() + timedelta(days=SPAM_DAYS)
            suspend(author, by, until, str(CHARTER[SPAM].sentence))
    return hidden, len(set(case_ids)) - hidden
