"""The texts of instances: versions whose words never change, and members' amendments."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SENTENCE = "a version of a text is frozen"
WORDS = ("body_id", "kind", "number", "content", "why", "proposed_at")
ADOPTION = ("adopted_on", "meeting_id")


def upgrade() -> None:
    op.create_table(
        "text_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer()),
        sa.Column("adopted_on", sa.Date()),
        sa.Column("meeting_id", sa.Integer()),
        sa.CheckConstraint("kind IN ('reglement', 'charte')", name=op.f("ck_text_versions_kind")),
        sa.CheckConstraint(
            "meeting_id IS NULL OR adopted_on IS NOT NULL",
            name=op.f("ck_text_versions_adopted_there"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_text_versions_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_text_versions_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["residents.id"],
            name=op.f("fk_text_versions_proposed_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_versions")),
        sa.UniqueConstraint(
            "body_id", "kind", "number", name=op.f("uq_text_versions_body_id_kind_number")
        ),
    )
    op.create_index(op.f("ix_text_versions_proposed_by_id"), "text_versions", ["proposed_by_id"])
    op.create_table(
        "text_amendments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(8)),
        sa.CheckConstraint(
            "answer IN ('taken', 'refused')", name=op.f("ck_text_amendments_answer")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["text_versions.id"],
            name=op.f("fk_text_amendments_version_id_text_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["residents.id"],
            name=op.f("fk_text_amendments_author_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_amendments")),
    )
    op.create_index(op.f("ix_text_amendments_version_id"), "text_amendments", ["version_id"])
    op.create_index(op.f("ix_text_amendments_author_id"), "text_amendments", ["author_id"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    unlike = "IS NOT" if sqlite else "IS DISTINCT FROM"
    words = " OR ".join(f"OLD.{name} {unlike} NEW.{name}" for name in WORDS)
    adoption = " OR ".join(f"OLD.{name} {unlike} NEW.{name}" for name in ADOPTION)
    changed = f"{words} OR (OLD.adopted_on IS NOT NULL AND ({adoption}))"
    _guard("text_versions_no_update", "UPDATE", f"WHEN ({changed}) ")
    _guard("text_versions_no_delete", "DELETE", "")


def _guard(name: str, verb: str, clause: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON text_versions {clause}"
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON text_versions FOR EACH ROW {clause}"
        f"EXECUTE FUNCTION {name}()"
    )


def downgrade() -> None:
    for name in ("text_versions_no_update", "text_versions_no_delete"):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    op.drop_table("text_amendments")
    op.drop_table("text_versions")
