"""Reports, decisions, sanctions; what people write can wait or be hidden."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MODERATED = ("proposals", "debates", "comments", "associations", "collectifs")
PUBLIC_INDEXES = {
    "ix_proposals_published": ("published_at", "id", "status"),
    "ix_proposals_supports": ("support_count", "id", "status", "published_at"),
}
WHO_WROTE_BEFORE = """
UPDATE residents SET admitted_posts =
  (SELECT count(*) FROM comments WHERE comments.author_id = residents.id)
  + (SELECT count(*) FROM proposals
     WHERE proposals.author_id = residents.id AND proposals.published_at IS NOT NULL)
"""


def upgrade() -> None:
    op.create_table(
        "moderation_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("confirmed_reports", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("rule", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("contested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contest", sa.Text(), nullable=True),
        sa.Column("original", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "cause IN ('report', 'first', 'child', 'contest')",
            name=op.f("ck_moderation_cases_cause"),
        ),
        sa.CheckConstraint(
            "outcome IN ('kept', 'hidden', 'edited')", name=op.f("ck_moderation_cases_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["residents.id"],
            name=op.f("fk_moderation_cases_author_id_residents"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_moderation_cases_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["residents.id"],
            name=op.f("fk_moderation_cases_decided_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_cases")),
        sa.UniqueConstraint(
            "subject_type", "subject_id", name=op.f("uq_moderation_cases_subject_type_subject_id")
        ),
    )
    op.create_index(op.f("ix_moderation_cases_author_id"), "moderation_cases", ["author_id"])
    op.create_index("ix_moderation_cases_open", "moderation_cases", ["decided_at", "opened_at"])
    op.create_table(
        "moderation_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["moderation_cases.id"],
            name=op.f("fk_moderation_reports_case_id_moderation_cases"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"],
            ["residents.id"],
            name=op.f("fk_moderation_reports_reporter_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_reports")),
        sa.UniqueConstraint(
            "case_id", "reporter_id", name=op.f("uq_moderation_reports_case_id_reporter_id")
        ),
    )
    op.create_table(
        "moderation_rulings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=True),
        sa.Column("overturns", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('kept', 'hidden', 'edited')", name=op.f("ck_moderation_rulings_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["residents.id"],
            name=op.f("fk_moderation_rulings_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["moderation_cases.id"],
            name=op.f("fk_moderation_rulings_case_id_moderation_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_rulings")),
    )
    op.create_index(op.f("ix_moderation_rulings_case_id"), "moderation_rulings", ["case_id"])
    op.create_index(op.f("ix_moderation_rulings_at"), "moderation_rulings", ["at"])
    op.create_table(
        "sanctions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_sanctions_dates")),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["residents.id"],
            name=op.f("fk_sanctions_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_sanctions_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions")),
    )
    op.create_index(op.f("ix_sanctions_resident_id"), "sanctions", ["resident_id"])
    for table in MODERATED:
        op.add_column(
            table,
            sa.Column("visibility", sa.String(8), nullable=False, server_default="shown"),
        )
        op.add_column(table, sa.Column("hidden_rule", sa.String(20), nullable=True))
        op.add_column(table, sa.Column("moderation_note", sa.Text(), nullable=True))
    _index_proposals("visibility")
    op.add_column(
        "files",
        sa.Column("withheld", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.add_column(
        "residents",
        sa.Column("admitted_posts", sa.Integer(), nullable=False, server_default="0"),
    )
    op.execute(WHO_WROTE_BEFORE)


def downgrade() -> None:
    op.drop_column("residents", "admitted_posts")
    op.drop_column("files", "withheld")
    _index_proposals()
    for table in MODERATED:
        # Batch mode would lose the indexes on expressions.
        for column in ("moderation_note", "hidden_rule", "visibility"):
            op.drop_column(table, column)
    op.drop_table("sanctions")
    op.drop_table("moderation_rulings")
    op.drop_table("moderation_reports")
    op.drop_table("moderation_cases")


def _index_proposals(*more: str) -> None:
    """The public list is counted and ordered in these, so they hold all that it looks at."""
    for name, columns in PUBLIC_INDEXES.items():
        op.drop_index(name, "proposals")
        op.create_index(name, "proposals", [*columns, *more])
