"""Who answers for a decision, what of its deadline they were told, and a board quick to count."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("decisions") as decisions:
        decisions.add_column(sa.Column("owner_id", sa.Integer()))
        decisions.add_column(sa.Column("told_soon_for", sa.Date()))
        decisions.add_column(sa.Column("told_late_for", sa.Date()))
        decisions.create_foreign_key(
            op.f("fk_decisions_owner_id_residents"),
            "residents",
            ["owner_id"],
            ["id"],
            ondelete="SET NULL",
        )
        decisions.create_check_constraint(
            op.f("ck_decisions_one_owner"), "owner_id IS NULL OR owner = ''"
        )
        decisions.create_index(op.f("ix_decisions_owner_id"), ["owner_id"])
        decisions.create_index("ix_decisions_board", ["outcome", "due_on", "body_id", "year"])
        decisions.create_index(op.f("ix_decisions_proposal_id"), ["proposal_id"])


def downgrade() -> None:
    with op.batch_alter_table("decisions") as decisions:
        decisions.drop_index(op.f("ix_decisions_proposal_id"))
        decisions.drop_index("ix_decisions_board")
        decisions.drop_index(op.f("ix_decisions_owner_id"))
        decisions.drop_constraint(op.f("ck_decisions_one_owner"), type_="check")
        decisions.drop_constraint(op.f("fk_decisions_owner_id_residents"), type_="foreignkey")
        for column in ("told_late_for", "told_soon_for", "owner_id"):
            decisions.drop_column(column)
