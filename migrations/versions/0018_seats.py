"""How many seats each collège has; how a mandate came, why it ended, what was told before."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CHECKS = {
    "origin": "origin IN ('elected', 'drawn', 'appointed', 'ex_officio', 'consent')",
    "elected_by_poll": "poll_id IS NULL OR origin = 'elected'",
    "end_cause": "end_cause IN ('term', 'resigned', 'ended', 'stepped_up', 'closed', 'erased')",
    "ended_for_a_cause": "(ended_on IS NULL) = (end_cause IS NULL)",
}


def upgrade() -> None:
    op.create_table(
        "seat_counts",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("college", sa.String(20), nullable=False),
        sa.Column("titulaires", sa.Integer(), nullable=False),
        sa.Column("suppleants", sa.Integer(), nullable=False),
        sa.CheckConstraint("titulaires BETWEEN 0 AND 60", name=op.f("ck_seat_counts_titulaires")),
        sa.CheckConstraint("suppleants BETWEEN 0 AND 60", name=op.f("ck_seat_counts_suppleants")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_seat_counts_body_id_bodies")
        ),
        sa.PrimaryKeyConstraint("body_id", "college", name=op.f("pk_seat_counts")),
    )
    with op.batch_alter_table("mandates") as mandates:
        mandates.add_column(
            sa.Column("origin", sa.String(12), nullable=False, server_default="appointed")
        )
        mandates.add_column(sa.Column("poll_id", sa.Integer()))
        mandates.add_column(sa.Column("end_cause", sa.String(12)))
        mandates.add_column(sa.Column("end_reason", sa.Text()))
        mandates.add_column(sa.Column("told_days", sa.Integer()))
        mandates.create_foreign_key(
            op.f("fk_mandates_poll_id_polls"), "polls", ["poll_id"], ["id"], ondelete="SET NULL"
        )
    op.execute("UPDATE mandates SET end_cause = 'ended' WHERE ended_on IS NOT NULL")
    with op.batch_alter_table("mandates") as mandates:
        mandates.alter_column("origin", server_default=None)
        for name, rule in CHECKS.items():
            mandates.create_check_constraint(op.f(f"ck_mandates_{name}"), rule)


def downgrade() -> None:
    with op.batch_alter_table("mandates") as mandates:
        for name in CHECKS:
            mandates.drop_constraint(op.f(f"ck_mandates_{name}"), type_="check")
        mandates.drop_constraint(op.f("fk_mandates_poll_id_polls"), type_="foreignkey")
        for column in ("told_days", "end_reason", "end_cause", "poll_id", "origin"):
            mandates.drop_column(column)
    op.drop_table("seat_counts")
