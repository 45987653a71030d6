"""Sessions say how many times calendars had to change them; a person has one secret calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
        sessions.add_column(sa.Column("changed_at", sa.DateTime(timezone=True)))
    op.execute(
        "UPDATE sessions SET changed_at ="
        " (SELECT created_at FROM actions WHERE actions.id = sessions.action_id)"
    )
    with op.batch_alter_table("sessions") as sessions:
        sessions.alter_column(
            "changed_at", existing_type=sa.DateTime(timezone=True), nullable=False
        )
    op.create_table(
        "calendar_keys",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("sealed", sa.String(120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_calendar_keys")),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_calendar_keys_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_keys_digest")),
    )


def downgrade() -> None:
    op.drop_table("calendar_keys")
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("changed_at")
        sessions.drop_column("sequence")
