"""Words that moderation keeps, emptied when a person takes them back or is erased."""

from sqlalchemy import delete, select, update

from app.accounts.models import Resident
from app.core.db import atomic, db
from app.moderation.models import Case, Report, Ruling, Sanction


def forget_words(case: Case) -> None:
    """Keep what was decided and when, not what was written; inside the caller's act."""
    case.original = case.contest = case.note = None
    for ruling in db.session.scalars(select(Ruling).where(Ruling.case_id == case.id)):
        ruling.before = {**ruling.before, "texts": {}, "original": None}


@atomic
def forget(resident: Resident) -> None:
    """Empty what moderation knows of a person: their words, their reports, their sanctions.

    The caller has checked the right to do so, and erases the contents themselves.
    """
    for case in db.session.scalars(select(Case).where(Case.author_id == resident.id)):
        forget_words(case)
        case.author_id = None
    mine = Report.reporter_id == resident.id
    db.session.execute(update(Report).where(mine).values(words="", reporter_id=None))
    for column in (Case.decided_by_id, Ruling.by_id, Sanction.by_id):
        table = column.class_
        db.session.execute(update(table).where(column == resident.id).values({column.key: None}))
    db.session.execute(delete(Sanction).where(Sanction.resident_id == resident.id))
    resident.silenced_until = None
