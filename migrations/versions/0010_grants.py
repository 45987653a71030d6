"""Roles that end by themselves and say why; quartiers and categories kept in order, or retired."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCOPE = ("coalesce(body_id, 0)", "coalesce(association_id, 0)")
LISTS = ("quartiers", "categories")


def _index_live_grants() -> None:
    op.create_index(
        "uq_grants_live",
        "grants",
        ["resident_id", "role", *(sa.text(part) for part in SCOPE)],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def upgrade() -> None:
    # A batch would lose this index, which is on expressions: it is made again by hand.
    op.drop_index("uq_grants_live", "grants")
    with op.batch_alter_table("grants") as grants:
        grants.add_column(sa.Column("ends_on", sa.Date()))
        grants.add_column(sa.Column("end_reason", sa.Text()))
        grants.add_column(sa.Column("ended_by_id", sa.Integer()))
        grants.create_foreign_key(
            "fk_grants_ended_by_id_residents",
            "residents",
            ["ended_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
    _index_live_grants()
    # A seat with an end gave a role without one: it would outlive the seat.
    op.execute(
        "UPDATE grants SET ends_on = (SELECT mandates.ends_on FROM mandates "
        "WHERE mandates.resident_id = grants.resident_id AND mandates.body_id = grants.body_id "
        "AND mandates.ended_on IS NULL) WHERE role = 'conseil' AND ended_at IS NULL"
    )
    for table in LISTS:
        op.add_column(
            table, sa.Column("position", sa.Integer(), nullable=False, server_default="0")
        )
        op.add_column(table, sa.Column("retired_on", sa.Date()))
        # By name until now: the same order, by number.
        op.execute(
            f"UPDATE {table} SET position = "
            f"(SELECT count(*) FROM {table} AS other WHERE other.name < {table}.name)"
        )
    op.add_column("meetings", sa.Column("quorum_residents", sa.Boolean()))


def downgrade() -> None:
    op.drop_column("meetings", "quorum_residents")
    for table in LISTS:
        op.drop_column(table, "retired_on")
        op.drop_column(table, "position")
    op.drop_index("uq_grants_live", "grants")
    with op.batch_alter_table("grants") as grants:
        grants.drop_constraint("fk_grants_ended_by_id_residents", type_="foreignkey")
        grants.drop_column("ended_by_id")
        grants.drop_column("end_reason")
        grants.drop_column("ends_on")
    _index_live_grants()
