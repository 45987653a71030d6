"""Taps of a phone, taken once each; how a name was written; how long a session really lasted."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("lasted_minutes", sa.Integer()))
        sessions.create_check_constraint(
            op.f("ck_sessions_lasted"), "lasted_minutes BETWEEN 1 AND 1440"
        )
    with op.batch_alter_table("session_attendances") as attendances:
        attendances.add_column(
            sa.Column("channel", sa.String(8), nullable=False, server_default="online")
        )
        attendances.create_check_constraint(
            op.f("ck_session_attendances_channel"), "channel IN ('online', 'paper')"
        )
    op.create_table(
        "attendance_taps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("adds", sa.Boolean(), nullable=False),
        sa.Column("tapped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_attendance_taps_session_id_sessions")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_attendance_taps_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_taps")),
        sa.UniqueConstraint("client_id", name=op.f("uq_attendance_taps_client_id")),
    )
    op.create_index("ix_attendance_taps_whose", "attendance_taps", ["session_id", "resident_id"])
    op.create_index(op.f("ix_attendance_taps_resident_id"), "attendance_taps", ["resident_id"])


def downgrade() -> None:
    op.drop_table("attendance_taps")
    with op.batch_alter_table("session_attendances") as attendances:
        attendances.drop_constraint(op.f("ck_session_attendances_channel"), type_="check")
        attendances.drop_column("channel")
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_constraint(op.f("ck_sessions_lasted"), type_="check")
        sessions.drop_column("lasted_minutes")
