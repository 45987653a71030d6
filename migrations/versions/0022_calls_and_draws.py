"""Calls for candidates, and draws whose list and commitment nobody changes afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

FROZEN = ("call_id", "seats", "strata", "commitment", "sealed_seed", "committed_at")
SENTENCE = "the list of a draw is frozen"
GUARDS = {
    "draw_entries_no_insert": ("INSERT", "draw_entries", "{committed:NEW}"),
    "draw_entries_no_delete": ("DELETE", "draw_entries", "{committed:OLD}"),
    "draw_entries_no_update": ("UPDATE", "draw_entries", "{committed:OLD} AND NOT ({cut})"),
    "draws_no_delete": ("DELETE", "draws", "OLD.commitment IS NOT NULL"),
    "draws_no_update": ("UPDATE", "draws", "OLD.commitment IS NOT NULL AND ({changed})"),
}
"""Of a line, only the tie to a person who is erased may be cut."""


def upgrade() -> None:
    _calls()
    _draws()
    with op.batch_alter_table("mandates") as mandates:
        mandates.add_column(sa.Column("draw_id", sa.Integer()))
        mandates.create_foreign_key(op.f("fk_mandates_draw_id_draws"), "draws", ["draw_id"], ["id"])
        mandates.create_check_constraint(
            op.f("ck_mandates_drawn_by_draw"), "draw_id IS NULL OR origin = 'drawn'"
        )
    for name, (verb, table, when) in GUARDS.items():
        _guard(name, verb, table, when)


def _calls() -> None:
    op.create_table(
        "mandate_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("college", sa.String(20), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("poll_id", sa.Integer()),
        sa.CheckConstraint("seats BETWEEN 1 AND 60", name=op.f("ck_mandate_calls_seats")),
        sa.CheckConstraint("closes_at >= opened_at", name=op.f("ck_mandate_calls_dates")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_mandate_calls_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"],
            ["polls.id"],
            name=op.f("fk_mandate_calls_poll_id_polls"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_calls")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_mandate_calls_poll_id")),
    )
    op.create_index(op.f("ix_mandate_calls_body_id"), "mandate_calls", ["body_id"])
    op.create_table(
        "candidacies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stood_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("ballot_name", sa.String(160)),
        sa.Column("visibility", sa.String(8), nullable=False, server_default="shown"),
        sa.Column("hidden_rule", sa.String(20)),
        sa.Column("moderation_note", sa.Text()),
        sa.ForeignKeyConstraint(
            ["call_id"], ["mandate_calls.id"], name=op.f("fk_candidacies_call_id_mandate_calls")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_candidacies_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacies")),
        sa.UniqueConstraint(
            "call_id", "resident_id", name=op.f("uq_candidacies_call_id_resident_id")
        ),
    )
    op.create_index(op.f("ix_candidacies_resident_id"), "candidacies", ["resident_id"])


def _draws() -> None:
    op.create_table(
        "draws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("strata", sa.String(10), nullable=False),
        sa.Column("commitment", sa.String(64)),
        sa.Column("sealed_seed", sa.Text(), nullable=False),
        sa.Column("seed", sa.String(64)),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("strata IN ('', 'sex', 'quartier')", name=op.f("ck_draws_strata")),
        sa.CheckConstraint("seats BETWEEN 1 AND 60", name=op.f("ck_draws_seats")),
        sa.CheckConstraint(
            "(seed IS NULL) = (drawn_at IS NULL)", name=op.f("ck_draws_told_when_drawn")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["mandate_calls.id"], name=op.f("fk_draws_call_id_mandate_calls")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draws")),
        sa.UniqueConstraint("call_id", name=op.f("uq_draws_call_id")),
    )
    op.create_table(
        "draw_entries",
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stratum", sa.String(60), nullable=False),
        sa.Column("resident_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["draws.id"], name=op.f("fk_draw_entries_draw_id_draws")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_draw_entries_resident_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("draw_id", "number", name=op.f("pk_draw_entries")),
    )
    op.create_index(op.f("ix_draw_entries_resident_id"), "draw_entries", ["resident_id"])
    op.create_table(
        "draw_answers",
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(10), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer IN ('accepted', 'refused')", name=op.f("ck_draw_answers_answer")
        ),
        sa.ForeignKeyConstraint(
            ["draw_id", "number"],
            ["draw_entries.draw_id", "draw_entries.number"],
            name=op.f("fk_draw_answers_entry"),
        ),
        sa.PrimaryKeyConstraint("draw_id", "number", name=op.f("pk_draw_answers")),
        sa.UniqueConstraint("draw_id", "place", name=op.f("uq_draw_answers_draw_id_place")),
    )


def _guard(name: str, verb: str, table: str, when: str) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    unlike = "IS NOT" if sqlite else "IS DISTINCT FROM"
    for row in ("OLD", "NEW"):
        committed = (
            f"EXISTS (SELECT 1 FROM draws WHERE id = {row}.draw_id AND commitment IS NOT NULL)"
        )
        when = when.replace(f"{{committed:{row}}}", committed)
    cut = (
        "NEW.resident_id IS NULL AND NEW.draw_id = OLD.draw_id AND NEW.number = OLD.number "
        "AND NEW.stratum = OLD.stratum"
    )
    changed = " OR ".join(f"OLD.{column} {unlike} NEW.{column}" for column in FROZEN)
    changed += (
        " OR (OLD.seed IS NOT NULL AND ("
        + " OR ".join(f"OLD.{column} {unlike} NEW.{column}" for column in ("seed", "drawn_at"))
        + "))"
    )
    when = when.replace("{cut}", cut).replace("{changed}", changed)
    if sqlite:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    row = "OLD" if verb == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE EXCEPTION '{SENTENCE}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def downgrade() -> None:
    for name, (_verb, _table, _when) in GUARDS.items():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP FUNCTION {name}() CASCADE")
    op.execute("UPDATE mandates SET draw_id = NULL")
    with op.batch_alter_table("mandates") as mandates:
        mandates.drop_constraint(op.f("ck_mandates_drawn_by_draw"), type_="check")
        mandates.drop_constraint(op.f("fk_mandates_draw_id_draws"), type_="foreignkey")
        mandates.drop_column("draw_id")
    for table in ("draw_answers", "draw_entries", "draws", "candidacies", "mandate_calls"):
        op.drop_table(table)
