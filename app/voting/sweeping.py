"""After a box is emptied, its database keeps nothing of it."""

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.core.db import checkpoint, db, is_sqlite


def sweep() -> bool:
    """Leave no trace of the sealed ballots in the database's files: no deleted row, no old page.

    False when someone was using them; `jobs.tend` tries again.
    """
    tables = "" if is_sqlite() else " secret_ballots, paper_readings, polls"
    try:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM{tables}"))
        return checkpoint()
    except OperationalError as error:
        current_app.logger.warning("sweep after a poll: %s", type(error.orig).__name__)
        return False


def sweep_soon() -> None:
    """Sweep, once the act is committed."""
    sweep()
