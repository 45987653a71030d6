"""Figures that add up hours and people, month by month; the support given to projects.

Totals are not converted: `flask indicators rebuild` counts them again from the ledger.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

MONTHS = [f"m{number}" for number in range(1, 13)]


def _marks(*columns: sa.Column, when: str, check: sa.CheckConstraint) -> None:
    key = ["code", when, "unit", "quartier_id", "body_id"]
    op.create_table(
        "indicator_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40 if when == "year" else 20), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("quartier_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        *columns,
        check,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_marks")),
        sa.UniqueConstraint(*key, name=op.f(f"uq_indicator_marks_{'_'.join(key)}")),
    )


def upgrade() -> None:
    op.drop_index("ix_indicator_marks_code_day", "indicator_marks")
    op.drop_table("indicator_marks")
    _marks(
        sa.Column("year", sa.Integer(), nullable=False),
        *(sa.Column(month, sa.Integer(), nullable=False) for month in MONTHS),
        when="year",
        check=sa.CheckConstraint(
            "year BETWEEN 1900 AND 2200", name=op.f("ck_indicator_marks_a_year")
        ),
    )
    op.create_index("ix_indicator_marks_unit", "indicator_marks", ["unit"])
    op.create_table(
        "indicator_checks",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_indicator_checks")),
    )
    op.create_table(
        "project_backings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("amount_euros", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ledger_entry_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_euros > 0", name=op.f("ck_project_backings_an_amount")),
        sa.CheckConstraint(
            "kind IN ('room', 'money', 'time', 'equipment')",
            name=op.f("ck_project_backings_known_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_backings_project_id_projects")
        ),
        sa.ForeignKeyConstraint(
            ["ledger_entry_id"],
            ["ledger_entries.id"],
            name=op.f("fk_project_backings_ledger_entry_id_ledger_entries"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_backings")),
    )
    op.create_index("ix_project_backings_project_id", "project_backings", ["project_id"])


def downgrade() -> None:
    op.drop_index("ix_project_backings_project_id", "project_backings")
    op.drop_table("project_backings")
    op.drop_table("indicator_checks")
    op.drop_index("ix_indicator_marks_unit", "indicator_marks")
    op.drop_table("indicator_marks")
    _marks(
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        when="day",
        check=sa.CheckConstraint("entries > 0", name=op.f("ck_indicator_marks_stands_on_entries")),
    )
    op.create_index("ix_indicator_marks_code_day", "indicator_marks", ["code", "day", "unit"])
