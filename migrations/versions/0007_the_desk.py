"""What the desk does for someone present, the words people are found by, and files made one."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


THIRTY_MINUTES = {
    "postgresql": "until <= started_at + interval '30 minutes'",
    "sqlite": "(julianday(until) - julianday(started_at)) * 1440 <= 30.001",
}


def upgrade() -> None:
    op.create_table(
        "assistances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=True),
        sa.Column("sign_in_hash", sa.String(length=64), nullable=True),
        sa.Column("purpose", sa.String(length=200), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            THIRTY_MINUTES[op.get_bind().dialect.name],
            name=op.f("ck_assistances_thirty_minutes"),
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["residents.id"],
            name=op.f("fk_assistances_agent_id_residents"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_assistances_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistances")),
    )
    op.create_index(op.f("ix_assistances_resident_id"), "assistances", ["resident_id"])
    op.create_index(
        "uq_assistances_live",
        "assistances",
        ["sign_in_hash"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "assisted_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assistance_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("url", sa.String(length=200), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("can_be_undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assistance_id"],
            ["assistances.id"],
            name=op.f("fk_assisted_acts_assistance_id_assistances"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assisted_acts")),
    )
    op.create_index(op.f("ix_assisted_acts_assistance_id"), "assisted_acts", ["assistance_id"])
    op.create_table(
        "kiosks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["opened_by_id"],
            ["residents.id"],
            name=op.f("fk_kiosks_opened_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosks")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_kiosks_token_hash")),
    )
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["residents.id"], name=op.f("fk_merges_by_id_residents"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"],
            ["residents.id"],
            name=op.f("fk_merges_kept_id_residents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"],
            ["residents.id"],
            name=op.f("fk_merges_merged_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_index(
        "uq_merges_live",
        "merges",
        ["merged_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_index(op.f("ix_merges_kept_id"), "merges", ["kept_id"])
    op.create_table(
        "told_apart",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_told_apart_in_order")),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["residents.id"],
            name=op.f("fk_told_apart_first_id_residents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["residents.id"],
            name=op.f("fk_told_apart_second_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_told_apart")),
    )
    op.create_table(
        "participation_aliases",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("same_as", sa.String(length=32), nullable=False),
        sa.CheckConstraint("key <> same_as", name=op.f("ck_participation_aliases_two_keys")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_participation_aliases")),
    )
    words = _words_table()
    connection = op.get_bind()
    people = connection.execute(
        sa.text("SELECT id, folded_name, card_number, year_of_birth, email, phone FROM residents")
    ).all()
    rows = [
        {"resident_id": one.id, "word": word[:130], "folded_name": one.folded_name}
        for one in people
        for word in sorted(_words_of(one))
    ]
    if rows:
        connection.execute(words.insert(), rows)


def _words_table() -> sa.Table:
    def exact(length: int) -> sa.String:
        return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")

    table = op.create_table(
        "resident_words",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("word", exact(130), nullable=False),
        sa.Column("folded_name", exact(130), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_resident_words_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resident_id", "word", name=op.f("pk_resident_words")),
    )
    op.create_index(
        "ix_resident_words_found",
        "resident_words",
        ["word", "folded_name", "resident_id"],
        unique=True,
    )
    return table


def _words_of(one: sa.Row[tuple[object, ...]]) -> set[str]:
    """What people registered before are found by, as `accounts.word_models` was on that day."""
    found = {one.card_number}
    plain = []
    for chunk in one.folded_name.split():
        parts = re.findall(r"\w+", chunk)
        found |= {*parts, "".join(parts)} - {""}
        plain.append(
            "".join(parts).replace("ph", "f").translate(str.maketrans("kqzvdbg", "ccsftpj"))
        )
    bare = (
        re.sub(r"(?<=.)[aeiouyw]+", "", re.sub(r"(.)\1+", r"\1", word))
        for word in set(plain) - {""}
    )
    found.add("~" + " ".join(sorted(bare)))
    if one.year_of_birth is not None:
        found.add(str(one.year_of_birth))
    if one.email:
        found.add(f"@{one.email}")
    if one.phone:
        digits = "".join(re.findall(r"\w+", one.phone))
        found |= {digits, f"%{digits[::-1]}"}
    return found


def downgrade() -> None:
    op.drop_table("resident_words")
    op.drop_table("participation_aliases")
    op.drop_table("told_apart")
    op.drop_table("merges")
    op.drop_table("kiosks")
    op.drop_table("assisted_acts")
    op.drop_table("assistances")
