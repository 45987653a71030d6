"""Bringing in and taking back wait for one another: each leans on what the others wrote."""

from sqlalchemy import select

from app.core.db import db
from app.pastlife.models import PastImport


def one_at_a_time() -> None:
    """Hold every import until the end of the act, always in the same order."""
    db.session.execute(select(PastImport.id).order_by(PastImport.id).with_for_update()).all()
