"""How people get in: second factor, spare codes, sessions, changes of address."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("residents") as residents:
        residents.add_column(
            sa.Column("languages", sa.String(60), nullable=False, server_default="")
        )
        residents.add_column(sa.Column("nickname", sa.String(40)))
        residents.add_column(sa.Column("totp_secret", sa.String(200)))
        residents.add_column(sa.Column("totp_last_step", sa.Integer()))
        residents.add_column(sa.Column("last_seen_on", sa.Date()))
        residents.add_column(
            sa.Column("inactivity_warnings", sa.Integer(), nullable=False, server_default="0")
        )
        residents.add_column(sa.Column("inactivity_warned_on", sa.Date()))
        residents.add_column(sa.Column("merged_into_id", sa.Integer()))
        residents.add_column(sa.Column("silenced_until", sa.DateTime(timezone=True)))
        residents.add_column(sa.Column("erased_at", sa.DateTime(timezone=True)))
        residents.create_foreign_key(
            "fk_residents_merged_into_id_residents", "residents", ["merged_into_id"], ["id"]
        )
    with op.batch_alter_table("sign_ins") as sign_ins:
        sign_ins.add_column(
            sa.Column("is_kiosk", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        sign_ins.add_column(
            sa.Column(
                "last_seen_at",
                sa.DateTime(timezone=True),
                nullable=False,
                server_default=sa.func.now(),
            )
        )
        sign_ins.add_column(sa.Column("acting_for_id", sa.Integer()))
        sign_ins.add_column(sa.Column("acting_as", sa.String(12)))
        sign_ins.add_column(sa.Column("acting_until", sa.DateTime(timezone=True)))
        sign_ins.create_foreign_key(
            "fk_sign_ins_acting_for_id_residents",
            "residents",
            ["acting_for_id"],
            ["id"],
            ondelete="CASCADE",
        )
        sign_ins.create_check_constraint(
            op.f("ck_sign_ins_acting"), "(acting_for_id IS NULL) = (acting_as IS NULL)"
        )
        sign_ins.create_check_constraint(
            op.f("ck_sign_ins_acting_as"), "acting_as IN ('assistance', 'guardian')"
        )
        sign_ins.create_check_constraint(
            op.f("ck_sign_ins_bounded"), "acting_as <> 'assistance' OR acting_until IS NOT NULL"
        )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_recovery_codes_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint(
            "resident_id", "code_hash", name=op.f("uq_recovery_codes_resident_id_code_hash")
        ),
    )
    op.create_table(
        "email_changes",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("new_email", sa.String(length=254), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_email_changes_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_email_changes")),
    )
    op.create_table(
        "mailed_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "kind IN ('register', 'enter', 'reset')", name=op.f("ck_mailed_links_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_mailed_links_token_hash")),
    )
    op.create_index(op.f("ix_mailed_links_email"), "mailed_links", ["email"])
    # Whoever must now give a second factor signs in again, and gives it.
    op.execute(
        "UPDATE sign_ins SET ended_at = CURRENT_TIMESTAMP WHERE ended_at IS NULL AND resident_id IN"
        " (SELECT resident_id FROM grants WHERE ended_at IS NULL"
        " AND role IN ('director', 'administrator'))"
    )


def downgrade() -> None:
    op.drop_table("mailed_links")
    op.drop_table("email_changes")
    op.drop_table("recovery_codes")
    with op.batch_alter_table("sign_ins") as sign_ins:
        for name in ("acting", "acting_as", "bounded"):
            sign_ins.drop_constraint(op.f(f"ck_sign_ins_{name}"), type_="check")
        sign_ins.drop_constraint("fk_sign_ins_acting_for_id_residents", type_="foreignkey")
        for name in ("acting_until", "acting_as", "acting_for_id", "last_seen_at", "is_kiosk"):
            sign_ins.drop_column(name)
    with op.batch_alter_table("residents") as residents:
        residents.drop_constraint("fk_residents_merged_into_id_residents", type_="foreignkey")
        for name in (
            "erased_at",
            "silenced_until",
            "merged_into_id",
            "inactivity_warned_on",
            "inactivity_warnings",
            "last_seen_on",
            "totp_last_step",
            "totp_secret",
            "nickname",
            "languages",
        ):
            residents.drop_column(name)
