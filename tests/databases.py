"""The suite's own database, named in the environment before the application is imported."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import text

from tests.postgres import cluster

_parts = ExitStack()
ENGINE = os.environ.get("TEST_ENGINE", "sqlite")
SCRATCH = Path(tempfile.mkdtemp(prefix="maisonnee-tests-"))
_parts.callback(shutil.rmtree, SCRATCH, ignore_errors=True)
os.environ["MAISONNEE_ENV"] = "testing"
os.environ["INSTANCE_PATH"] = str(SCRATCH)
os.environ["DATABASE_URL"] = (
    _parts.enter_context(cluster())
    if ENGINE == "postgresql"
    else f"sqlite:///{SCRATCH / 'suite.db'}"
)

from app.core.db import db

close = _parts.close
SEEDED = ("change_stamp", "audit_head", "action_kinds", "missions")
NUMBERS_AGAIN = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
FROM pg_sequences WHERE last_value IS NOT NULL AND sequencename <> 'missions_id_seq'
"""


def keep_as_empty() -> None:
    """Remember the migrated, empty database."""
    if ENGINE == "sqlite":
        shutil.copy(SCRATCH / "suite.db", SCRATCH / "empty.db")


def empty_database() -> None:
    """Back to the migrated, empty database; inside an application context."""
    if ENGINE == "sqlite":
        db.engine.dispose()
        for ending in ("-wal", "-shm"):
            (SCRATCH / f"suite.db{ending}").unlink(missing_ok=True)
        # A new file in its place: written over, it would share the locks and the index of
        # whatever connection someone still holds to the former one.
        shutil.copy(SCRATCH / "empty.db", SCRATCH / "fresh.db")
        (SCRATCH / "fresh.db").replace(SCRATCH / "suite.db")
        return
    with db.engine.begin() as connection:
        # A superuser's replica role sets aside the triggers that guard the ledger, and foreign
        # keys. Most tables are empty: deleting costs a thirtieth of truncating them all.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.exec_driver_sql(
            "".join(
                f'DELETE FROM "{table.name}";'
                for table in db.metadata.sorted_tables
                if table.name not in SEEDED
            )
        )
        connection.execute(text(NUMBERS_AGAIN))
        connection.execute(text("DELETE FROM action_kinds WHERE NOT is_built_in"))
        # The missions a migration gave, as it gave them.
        connection.execute(text("DELETE FROM missions WHERE id > 11"))
        connection.execute(text("UPDATE missions SET retired_on = NULL"))
        connection.execute(text("UPDATE audit_head SET hash = repeat('0', 64), count = 0"))
