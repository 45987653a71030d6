"""Erasing a person: what is asked, the daily round, what minutes keep and the ledger forgets."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NAME = "ledger_entries_no_update"
SENTENCE = "the ledger is append-only"
FROZEN = (
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
    op.add_column("residents", sa.Column("closed_at", sa.DateTime(timezone=True)))
    op.add_column("meeting_attendances", sa.Column("kept_name", sa.String(130)))
    op.create_table(
        "erasure_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keeps_writings", sa.Boolean(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR done_at IS NULL", name=op.f("ck_erasure_requests_one_end")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["residents.id"],
            name=op.f("fk_erasure_requests_asked_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_erasure_requests_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_requests")),
    )
    live = sa.text("cancelled_at IS NULL AND done_at IS NULL")
    op.create_index(
        "uq_erasure_requests_live",
        "erasure_requests",
        ["resident_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_table(
        "privacy_rounds",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_privacy_rounds")),
    )
    # A label quotes what someone wrote: emptying it, and that alone, is no change of the act.
    _guard(f"NOT (NEW.subject_label IS NULL AND {_unchanged()})")


def downgrade() -> None:
    _guard("")
    op.drop_table("privacy_rounds")
    op.drop_index("uq_erasure_requests_live", "erasure_requests")
    op.drop_table("erasure_requests")
    op.drop_column("meeting_attendances", "kept_name")
    op.drop_column("residents", "closed_at")


def _unchanged() -> str:
    same = "IS" if _is_sqlite() else "IS NOT DISTINCT FROM"
    return " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in FROZEN)


def _guard(condition: str) -> None:
    """Write anew what refuses a change in the ledger, but for rows that meet no condition."""
    clause = f"WHEN ({condition}) " if condition else ""
    if _is_sqlite():
        op.execute(f"DROP TRIGGER {NAME}")
        op.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON ledger_entries {clause}"
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    op.execute(f"DROP TRIGGER {NAME} ON ledger_entries")
    op.execute(
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON ledger_entries FOR EACH ROW {clause}"
        f"EXECUTE FUNCTION {NAME}()"
    )


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")
