"""Elections without candidates to roles of a comité: who named whom, and each round's voices."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role_elections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("is_referent", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("proposed_id", sa.Integer()),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "status IN ('naming', 'changing', 'consent', 'given', 'dropped')",
            name=op.f("ck_role_elections_status"),
        ),
        sa.CheckConstraint("months BETWEEN 1 AND 120", name=op.f("ck_role_elections_months")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_role_elections_body_id_bodies")
        ),
        _person("role_elections", "proposed_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_elections")),
    )
    op.create_table(
        "role_namings",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("voter_id", sa.Integer(), nullable=False),
        sa.Column("named_id", sa.Integer()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["election_id"],
            ["role_elections.id"],
            name=op.f("fk_role_namings_election_id_role_elections"),
        ),
        _person("role_namings", "voter_id", "CASCADE"),
        _person("role_namings", "named_id", "SET NULL"),
        _person("role_namings", "first_id", "SET NULL"),
        sa.PrimaryKeyConstraint("election_id", "voter_id", name=op.f("pk_role_namings")),
    )
    op.create_table(
        "role_voices",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("voter_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "voice IN ('consent', 'reserve', 'objection', 'abstain')",
            name=op.f("ck_role_voices_voice"),
        ),
        sa.CheckConstraint(
            "voice <> 'objection' OR reason <> ''",
            name=op.f("ck_role_voices_objection_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["election_id", "voter_id"],
            ["role_namings.election_id", "role_namings.voter_id"],
            name=op.f("fk_role_voices_naming"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("election_id", "round", "voter_id", name=op.f("pk_role_voices")),
    )
    for table, columns in (
        ("role_elections", ("body_id", "proposed_id")),
        ("role_namings", ("voter_id", "named_id", "first_id")),
        ("role_voices", ("voter_id",)),
    ):
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _person(table: str, column: str, gone: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["residents.id"], name=op.f(f"fk_{table}_{column}_residents"), ondelete=gone
    )


def downgrade() -> None:
    for table in ("role_voices", "role_namings", "role_elections"):
        op.drop_table(table)
