"""What the direction types in for the yearly survey, by whom and when."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_answers",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("value", sa.String(20), nullable=False),
        sa.Column("by_id", sa.Integer()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_survey_answers_a_year")),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["residents.id"],
            name=op.f("fk_survey_answers_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("year", "code", name=op.f("pk_survey_answers")),
    )


def downgrade() -> None:
    op.drop_table("survey_answers")
