"""How SQLite reads the ledger: by its days, not line by line."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects import sqlite

from app.core.db import db
from app.ledger.live import is_live, is_no_void
from app.ledger.models import Entry


@pytest.mark.sqlite
@pytest.mark.parametrize("counts", [is_live, is_no_void])
def test_what_counts_is_found_by_its_act_and_its_day(
    app: Flask, counts: Callable[[], ColumnElement[bool]]
) -> None:
    days = Entry.day.between(date(2025, 1, 1), date(2025, 12, 31))
    read = select(Entry.id).where(Entry.act.in_(["session:held", "session:attended"]), days)
    asked = read.where(counts()).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )

    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all()

    assert "USING INDEX ix_ledger_entries_act_day (act=? AND day>? AND day<?)" in plan[0].detail
