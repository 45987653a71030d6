"""A decision says which question it came of, and a meeting is called once for its moment."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

PLANNED = sa.text("status = 'planned'")


def upgrade() -> None:
    op.create_table(
        "decision_questions",
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"],
            ["deliberations.id"],
            name=op.f("fk_decision_questions_deliberation_id_deliberations"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decisions.id"],
            name=op.f("fk_decision_questions_decision_id_decisions"),
        ),
        sa.PrimaryKeyConstraint("deliberation_id", name=op.f("pk_decision_questions")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_decision_questions_decision_id")),
    )
    op.create_index(
        "uq_meetings_planned",
        "meetings",
        ["body_id", "starts_at", "title"],
        unique=True,
        sqlite_where=PLANNED,
        postgresql_where=PLANNED,
    )


def downgrade() -> None:
    op.drop_index("uq_meetings_planned", "meetings")
    op.drop_table("decision_questions")
