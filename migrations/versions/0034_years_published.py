"""Why a target was set, years given out, and what is said of each objective."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("indicator_targets") as targets:
        targets.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        targets.add_column(sa.Column("set_on", sa.Date()))
        targets.add_column(sa.Column("set_by_id", sa.Integer()))
        targets.create_foreign_key(
            op.f("fk_indicator_targets_set_by_id_residents"),
            "residents",
            ["set_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("indicator_targets") as targets:
        targets.alter_column("reason", server_default=None)
    op.create_table(
        "published_years",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["residents.id"],
            name=op.f("fk_published_years_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_published_years")),
    )
    op.create_table(
        "published_figures",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["year"],
            ["published_years.year"],
            name=op.f("fk_published_figures_year_published_years"),
        ),
        sa.PrimaryKeyConstraint("year", "code", name=op.f("pk_published_figures")),
    )
    op.create_table(
        "evaluations",
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("objective", sa.String(5), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("first_year", "objective", name=op.f("pk_evaluations")),
    )


def downgrade() -> None:
    for table in ("evaluations", "published_figures", "published_years"):
        op.drop_table(table)
    with op.batch_alter_table("indicator_targets") as targets:
        targets.drop_constraint(
            op.f("fk_indicator_targets_set_by_id_residents"), type_="foreignkey"
        )
        for column in ("set_by_id", "set_on", "reason"):
            targets.drop_column(column)
