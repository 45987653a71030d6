"""Putting a content in the queue, inside the act that calls for it."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.db import db, lock
from app.moderation.kinds import Content, Kind
from app.moderation.models import Case
from app.moderation.telling import tell_moderators


def case_of(kind: Kind, number: int) -> Case | None:
    """The case of a content, if someone ever had to look at it."""
    return db.session.scalar(
        select(Case).where(Case.subject_type == kind.table, Case.subject_id == number)
    )


def opened(kind: Kind, content: Content, cause: str) -> Case:
    """The content's one case, held until the end of the act, and open.

    Of two people at once, the second finds the case of the first.
    """
    case = case_of(kind, content.id) or _made(kind, content, cause)
    lock(case)
    if case.decided_at is not None:
        reopen(case, cause)
    return case


def reopen(case: Case, cause: str) -> None:
    """Someone must look at it again."""
    tell_moderators(case)
    case.cause, case.decided_at, case.opened_at = cause, None, now()
    case.reminded_at = None
    case.version += 1


def _made(kind: Kind, content: Content, cause: str) -> Case:
    case = Case(
        subject_type=kind.table,
        subject_id=content.id,
        body_id=kind.body_id(content),
        author_id=kind.author_id(content),
        cause=cause,
    )
    try:
        with db.session.begin_nested():
            tell_moderators(case)
            db.session.add(case)
            db.session.flush()
    except IntegrityError:
        found = case_of(kind, content.id)
        if found is None:
            raise
        return found
    return case
