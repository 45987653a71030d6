"""Words that moderation keeps, emptied when a person takes them back or is erased."""

from sqlalchemy import select

from app.core.db import db
from app.moderation.models import Case, Ruling


def forget_words(case: Case) -> None:
    """Keep what was decided and when, not what was written; inside the caller's act."""
    case.original = case.contest = case.note = None
    for ruling in db.session.scalars(select(Ruling).where(Ruling.case_id == case.id)):
        ruling.before = {**ruling.before, "texts": {}, "original": None}
