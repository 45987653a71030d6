"""What the team did, chained line to line; the database refuses to change it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REFUSED = {
    "audit_entries_no_update": (
        "UPDATE",
        "NOT (OLD.salt IS NOT NULL AND NEW.salt IS NULL AND NEW.details IS NULL "
        "AND NEW.id = OLD.id AND NEW.hash = OLD.hash AND NEW.previous_hash = OLD.previous_hash "
        "AND NEW.details_digest = OLD.details_digest AND NEW.at = OLD.at AND NEW.act = OLD.act "
        "AND NEW.by_id IS NOT DISTINCT FROM OLD.by_id "
        "AND NEW.subject_type IS NOT DISTINCT FROM OLD.subject_type "
        "AND NEW.subject_id IS NOT DISTINCT FROM OLD.subject_id)",
    ),
    "audit_entries_no_delete": ("DELETE", ""),
}
"""Only the details of a line can be emptied."""
SENTENCE = "the audit log is append-only"


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("subject_type", sa.String(length=40), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("details_digest", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(details IS NULL) = (salt IS NULL)", name=op.f("ck_audit_entries_details_salted")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entries_hash")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_audit_entries_previous_hash")),
    )
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])
    op.create_index(op.f("ix_audit_entries_by_id"), "audit_entries", ["by_id"])
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject_type", "subject_id"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    head = sa.table("audit_head", sa.column("id"), sa.column("hash"), sa.column("count"))
    op.bulk_insert(head, [{"id": 1, "hash": "0" * 64, "count": 0}])
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (verb, condition) in REFUSED.items():
        clause = f"WHEN ({condition}) " if condition else ""
        if sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON audit_entries "
                f"{clause.replace('IS NOT DISTINCT FROM', 'IS')}"
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON audit_entries FOR EACH ROW {clause}"
            f"EXECUTE FUNCTION {name}()"
        )
    if not sqlite:
        op.execute(
            "CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries "
            "EXECUTE FUNCTION audit_entries_no_delete()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for name in REFUSED:
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    op.drop_table("audit_head")
    op.drop_table("audit_entries")
