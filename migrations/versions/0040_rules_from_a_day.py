"""A rule of what counts holds from a day on: what happened before counts as it did."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

EVER = date(1900, 1, 1)


def upgrade() -> None:
    kept = _taken(sa.text("SELECT key, value FROM settings"))
    settings = op.create_table(
        "settings",
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", "since", name=op.f("pk_settings")),
    )
    op.bulk_insert(settings, [{**row, "since": EVER} for row in kept])


def downgrade() -> None:
    kept = _taken(sa.text("SELECT key, value FROM settings ORDER BY key, since"))
    settings = op.create_table(
        "settings",
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    # The last one said is the one that holds.
    last = {row["key"]: row for row in kept}
    op.bulk_insert(settings, list(last.values()))


def _taken(query: sa.TextClause) -> list[dict[str, object]]:
    """A few rows, and their table away: SQLite changes no primary key in place."""
    typed = query.columns(sa.column("key", sa.String), sa.column("value", sa.JSON))
    rows = [dict(row) for row in op.get_bind().execute(typed).mappings()]
    op.drop_table("settings")
    return rows
