"""Keep each convocation as it was sent, the files that go with mails, and a meeting's link."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SENTENCE = "a convocation stays as it was sent"


def upgrade() -> None:
    op.add_column("meetings", sa.Column("online_url", sa.String(300)))
    op.add_column("outbox", sa.Column("parcel", sa.String(32)))
    op.create_index("ix_outbox_parcel", "outbox", ["parcel"])
    op.create_table(
        "mail_files",
        sa.Column("parcel", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("media_type", sa.String(60), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("parcel", "name", name=op.f("pk_mail_files")),
    )
    op.create_table(
        "convocations",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True)),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("place", sa.String(160), nullable=False),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("notice_wanted", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('convened', 'moved', 'agenda', 'cancelled')",
            name=op.f("ck_convocations_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_convocations_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "sequence", name=op.f("pk_convocations")),
    )
    for verb in ("UPDATE", "DELETE"):
        _refuse(f"convocations_no_{verb.lower()}", verb)


def _refuse(name: str, verb: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON convocations "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON convocations FOR EACH ROW "
        f"EXECUTE FUNCTION {name}()"
    )


def downgrade() -> None:
    op.drop_table("convocations")
    if op.get_bind().dialect.name != "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP FUNCTION convocations_no_{verb}()")
    op.drop_table("mail_files")
    op.drop_index("ix_outbox_parcel", "outbox")
    op.drop_column("outbox", "parcel")
    op.drop_column("meetings", "online_url")
