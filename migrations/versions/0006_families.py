"""Households, guardians, consents and memberships."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "households",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
    )
    op.create_table(
        "household_members",
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_household_members_household_id_households"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_household_members_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("household_id", "resident_id", name=op.f("pk_household_members")),
    )
    op.create_index(op.f("ix_household_members_resident_id"), "household_members", ["resident_id"])
    op.create_table(
        "guardianships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint("guardian_id <> child_id", name=op.f("ck_guardianships_two_people")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (end_reason IS NULL)",
            name=op.f("ck_guardianships_end_explained"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"],
            ["residents.id"],
            name=op.f("fk_guardianships_ended_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["residents.id"],
            name=op.f("fk_guardianships_child_id_residents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guardian_id"],
            ["residents.id"],
            name=op.f("fk_guardianships_guardian_id_residents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["linked_by_id"],
            ["residents.id"],
            name=op.f("fk_guardianships_linked_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardianships")),
    )
    op.create_index(op.f("ix_guardianships_child_id"), "guardianships", ["child_id"])
    op.create_index(
        "uq_guardianships_live",
        "guardianships",
        ["guardian_id", "child_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "guardian_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("invited_id", sa.Integer(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["residents.id"],
            name=op.f("fk_guardian_invitations_child_id_residents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_id"],
            ["residents.id"],
            name=op.f("fk_guardian_invitations_invited_id_residents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["residents.id"],
            name=op.f("fk_guardian_invitations_invited_by_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian_invitations")),
    )
    op.create_index(
        op.f("ix_guardian_invitations_invited_id"), "guardian_invitations", ["invited_id"]
    )
    op.create_index(
        "uq_guardian_invitations_waiting",
        "guardian_invitations",
        ["child_id", "invited_id"],
        unique=True,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["given_by_id"],
            ["residents.id"],
            name=op.f("fk_consents_given_by_id_residents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_consents_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(
        "uq_consents_live",
        "consents",
        ["resident_id", "purpose", "given_by_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "adhesions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("payment", sa.String(length=12), nullable=False),
        sa.Column("receipt_year", sa.Integer(), nullable=False),
        sa.Column("receipt_rank", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("ledger_entry_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('individual', 'family')", name=op.f("ck_adhesions_kind")),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancel_reason IS NULL)", name=op.f("ck_adhesions_cancelled")
        ),
        sa.CheckConstraint("fee_cents >= 0", name=op.f("ck_adhesions_fee_positive")),
        sa.CheckConstraint(
            "payment IN ('especes', 'cheque', 'carte', 'aide', 'gratuit')",
            name=op.f("ck_adhesions_payment"),
        ),
        sa.CheckConstraint(
            "(payment = 'gratuit') = (fee_cents = 0)", name=op.f("ck_adhesions_free_is_free")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["residents.id"],
            name=op.f("fk_adhesions_holder_id_residents"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["ledger_entry_id"],
            ["ledger_entries.id"],
            name=op.f("fk_adhesions_ledger_entry_id_ledger_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"],
            ["residents.id"],
            name=op.f("fk_adhesions_taken_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adhesions")),
        sa.UniqueConstraint(
            "receipt_year", "receipt_rank", name=op.f("uq_adhesions_receipt_year_receipt_rank")
        ),
    )
    op.create_index(op.f("ix_adhesions_holder_id"), "adhesions", ["holder_id"])
    op.create_index("ix_adhesions_season", "adhesions", ["season", "id"])
    op.create_table(
        "adhesion_people",
        sa.Column("adhesion_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adhesion_id"],
            ["adhesions.id"],
            name=op.f("fk_adhesion_people_adhesion_id_adhesions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_adhesion_people_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("adhesion_id", "resident_id", name=op.f("pk_adhesion_people")),
    )
    op.create_index(
        "uq_adhesion_people_live",
        "adhesion_people",
        ["resident_id", "season"],
        unique=True,
        sqlite_where=sa.text("is_live"),
        postgresql_where=sa.text("is_live"),
    )


def downgrade() -> None:
    op.drop_table("adhesion_people")
    op.drop_table("adhesions")
    op.drop_table("consents")
    op.drop_table("guardian_invitations")
    op.drop_table("guardianships")
    op.drop_table("household_members")
    op.drop_table("households")
