"""Numbers without gap or double, year by year: 2026-01, 2026-02…"""

from typing import Any

from sqlalchemy import Select, func, select

from app.core.db import db, is_sqlite

MINUTES, DECISIONS = 7101, 7102


def next_rank(series: int, year: int, highest: Select[Any]) -> int:
    """The rank after the highest one, for the present act alone.

    SQLite's writers already wait for one another; PostgreSQL's wait here, until the end of the
    act. The unique constraint stays the last word.
    """
    if not is_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(series, year)))
    return (db.session.scalar(highest) or 0) + 1
