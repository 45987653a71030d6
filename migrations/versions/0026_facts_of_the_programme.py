"""What the ledger freezes of actions, of meetings with partners, and of what lasts."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NAME = "ledger_entries_no_update"
COLUMNS = (
    ("lead", sa.String(12)),
    ("nature", sa.String(20)),
    ("until", sa.Date()),
    ("action_id", sa.Integer()),
    ("partner_id", sa.Integer()),
)
BEFORE = (
    "id",
    "act",
    "day",
    "happened_at",
    "entered_at",
    "participation_key",
    "entered_by_key",
    "channel",
    "subject_type",
    "subject_id",
    "kind",
    "role",
    "offsite",
    "head_count",
    "estimated",
    "minutes",
    "body_id",
    "body_kind",
    "quartier_id",
    "association_id",
    "other_association_id",
    "standing",
    "sex",
    "age_band",
    "voids_id",
    "reason",
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("ledger_entries", sa.Column(name, kind))
    _guard((*BEFORE, *(name for name, _kind in COLUMNS)))


def downgrade() -> None:
    _guard(BEFORE)
    for name, _kind in reversed(COLUMNS):
        op.drop_column("ledger_entries", name)


def _guard(frozen: tuple[str, ...]) -> None:
    """Write anew what refuses any change of an entry but the emptying of its label."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    same = "IS" if is_sqlite else "IS NOT DISTINCT FROM"
    unchanged = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in frozen)
    clause = f"WHEN (NOT (NEW.subject_label IS NULL AND {unchanged}))"
    if is_sqlite:
        op.execute(f"DROP TRIGGER {NAME}")
        op.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON ledger_entries {clause} "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
        return
    op.execute(f"DROP TRIGGER {NAME} ON ledger_entries")
    op.execute(
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON ledger_entries FOR EACH ROW {clause} "
        f"EXECUTE FUNCTION {NAME}()"
    )
