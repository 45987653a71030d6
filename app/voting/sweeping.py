"""After a box is emptied, its database keeps nothing of it."""

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.core.db import checkpoint, db, is_sqlite
from app.voting.models import Poll, PublicBallot, PublicChange, SecretBallot, Teller
from app.voting.paper_models import PaperReading
from app.voting.roll_models import Proxy

HELD_BALLOTS = (SecretBallot, PublicBallot, PublicChange, PaperReading, Proxy)
HELD_KEYS = (Poll, Teller)
"""Written anew: elsewhere a deleted row loses its place, and its bytes stay until overwritten."""


def sweep() -> bool:
    """Leave no trace of the sealed ballots in the database's files: no deleted row, no old page.

    False when someone was using them; `jobs.tend` tries again.
    """
    try:
        if is_sqlite():
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM"))
            return checkpoint()
        _vacuum()
    except OperationalError as error:
        current_app.logger.warning("sweep after a poll: %s", type(error.orig).__name__)
        return False
    return True


def sweep_soon() -> None:
    """Sweep, once the act is committed."""
    sweep()


def _vacuum() -> None:
    ballots, keys = (
        ", ".join(table.__tablename__ for table in tables) for tables in (HELD_BALLOTS, HELD_KEYS)
    )
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM {ballots}"))
        # Whoever reads polls waits behind this one: not for long.
        connection.execute(text("SET lock_timeout = '1s'"))
        try:
            connection.execute(text(f"VACUUM FULL {keys}"))
        finally:
            connection.execute(text("RESET lock_timeout"))
