"""Keep the ledger append-only, published minutes frozen, opened polls' rules unchanged."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = {
    "ledger_entries": "the ledger is append-only",
    "proposal_steps": "history is append-only",
    "decision_steps": "history is append-only",
}
FROZEN = {
    "meetings": (
        "OLD.minutes_status = 'published'",
        ("minutes", "minutes_status", "minutes_year", "minutes_rank", "minutes_sha256"),
        "published minutes are frozen",
    ),
    "polls": (
        "OLD.status <> 'scheduled'",
        (
            "method",
            "electorate",
            "body_id",
            "is_secret",
            "quorum_percent",
            "rules",
            "opens_at",
            "closes_at",
        ),
        "the rules of an opened poll are frozen",
    ),
}

ONE_LIVE = {
    "uq_grants_live": (
        "grants",
        ("resident_id", "role", "coalesce(body_id, 0)", "coalesce(association_id, 0)"),
        "ended_at IS NULL",
    ),
    "uq_connections_live": (
        "connections",
        (
            "(CASE WHEN from_id < to_id THEN from_id ELSE to_id END)",
            "(CASE WHEN from_id < to_id THEN to_id ELSE from_id END)",
        ),
        "status IN ('asked', 'accepted')",
    ),
    "uq_collectifs_live_name": ("collectifs", ("lower(name)",), "status <> 'dropped'"),
}


def _ref(column: str) -> str:
    return f"CAST(OLD.{column} AS TEXT) IS DISTINCT FROM CAST(NEW.{column} AS TEXT)"


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (table, columns, condition) in ONE_LIVE.items():
        live = sa.text(condition)
        keys = [sa.text(column) for column in columns]
        op.create_index(name, table, keys, unique=True, sqlite_where=live, postgresql_where=live)
    for table, sentence in APPEND_ONLY.items():
        for verb in ("UPDATE", "DELETE"):
            # Erasing a person empties the « by » of a history line: that alone may change.
            when = ""
            if verb == "UPDATE" and table != "ledger_entries":
                when = "NOT (OLD.by_id IS NOT NULL AND NEW.by_id IS NULL AND NEW.id = OLD.id)"
            _trigger(sqlite, f"{table}_no_{verb.lower()}", table, verb, when, sentence)
    for table, (condition, columns, sentence) in FROZEN.items():
        changed = " OR ".join(
            f"OLD.{column} IS NOT NEW.{column}" if sqlite else _ref(column) for column in columns
        )
        _trigger(
            sqlite, f"{table}_frozen", table, "UPDATE", f"{condition} AND ({changed})", sentence
        )
    if not sqlite:
        op.execute(
            "CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON ledger_entries "
            "EXECUTE FUNCTION ledger_entries_no_delete()"
        )


def _trigger(sqlite: bool, name: str, table: str, verb: str, when: str, sentence: str) -> None:
    clause = f"WHEN ({when}) " if when else ""
    if sqlite:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {clause}"
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW {clause}"
        f"EXECUTE FUNCTION {name}()"
    )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    names = [f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")]
    names += [f"{table}_frozen" for table in FROZEN]
    for name in names:
        if sqlite:
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    for name, (table, _columns, _condition) in ONE_LIVE.items():
        op.drop_index(name, table)
