"""Choose a meeting's day together, and ask for a point on its ordre du jour."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _date_polls()
    _requests()


def _date_polls() -> None:
    op.create_table(
        "date_polls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer()),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("meeting_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_date_polls_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["residents.id"],
            name=op.f("fk_date_polls_asked_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_date_polls_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_polls")),
    )
    op.create_index(op.f("ix_date_polls_body_id"), "date_polls", ["body_id"])
    op.create_table(
        "date_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("date_poll_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["date_poll_id"], ["date_polls.id"], name=op.f("fk_date_slots_date_poll_id_date_polls")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_slots")),
        sa.UniqueConstraint(
            "date_poll_id", "starts_at", name=op.f("uq_date_slots_date_poll_id_starts_at")
        ),
    )
    op.create_table(
        "date_answers",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(8), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'maybe', 'no')", name=op.f("ck_date_answers_answer")),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["date_slots.id"], name=op.f("fk_date_answers_slot_id_date_slots")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_date_answers_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("slot_id", "resident_id", name=op.f("pk_date_answers")),
    )


def _requests() -> None:
    op.create_table(
        "agenda_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("proposal_id", sa.Integer()),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(8)),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('taken', 'declined')", name=op.f("ck_agenda_requests_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_requests_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["residents.id"],
            name=op.f("fk_agenda_requests_author_id_residents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_agenda_requests_proposal_id_proposals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_requests")),
    )
    for column in ("meeting_id", "author_id"):
        op.create_index(op.f(f"ix_agenda_requests_{column}"), "agenda_requests", [column])


def downgrade() -> None:
    for table in ("agenda_requests", "date_answers", "date_slots", "date_polls"):
        op.drop_table(table)
