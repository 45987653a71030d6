"""Series and school holidays, as pages show them."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.core.db import db
from app.programme.models import Session
from app.programme.series_models import SchoolHoliday


def holidays() -> Sequence[SchoolHoliday]:
    """Every period without school, the latest first; one statement."""
    query = select(SchoolHoliday).order_by(SchoolHoliday.starts_on.desc(), SchoolHoliday.id)
    return db.session.scalars(query).all()


def count_dates(series_id: int) -> int:
    """How many sessions were written from a series; one statement."""
    query = select(func.count(Session.id)).where(Session.series_id == series_id)
    return db.session.scalar(query) or 0
