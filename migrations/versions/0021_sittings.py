"""Sign in by taps with their hour, procurations, meetings called again, deliberations frozen.

On SQLite the guards of deliberations read `meetings`: whoever makes that table anew drops them
first, and makes them again after.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

COUNTS = (
    "votes_for",
    "votes_against",
    "votes_abstained",
    "votes_withheld",
    "voters_present",
    "voters_represented",
    "quorum_needed",
    "rounds_most",
)
WRITTEN = (
    *("meeting_id", "item_id", "question", "way", "outcome", "said", "opened_at", "decided_at"),
    *COUNTS,
)
"""All of a deliberation but its poll's number, which goes when a draft does."""

MEETING_OF = {
    "deliberations": "SELECT id FROM meetings WHERE id = {row}.meeting_id",
    "consent_rounds": "SELECT d.meeting_id FROM deliberations d WHERE d.id = {row}.deliberation_id",
    "consent_voices": "SELECT d.meeting_id FROM deliberations d WHERE d.id = {row}.deliberation_id",
}
VERBS = {"insert": "NEW", "update": "OLD", "delete": "OLD"}
SENTENCE = "what published minutes say was decided is frozen"


def upgrade() -> None:
    for name in ("present_from", "left_at"):
        op.add_column("meeting_attendances", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("meetings", sa.Column("quorum_represented", sa.Integer()))
    _procurations()
    op.create_table(
        "reconvenings",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("any_number", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_reconvenings_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["meetings.id"], name=op.f("fk_reconvenings_from_id_meetings")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_reconvenings")),
        sa.UniqueConstraint("from_id", name=op.f("uq_reconvenings_from_id")),
    )
    _deliberations()
    _consent()
    for table, found in MEETING_OF.items():
        for verb, row in VERBS.items():
            _freeze(table, verb, row, found.format(row=row))


def _procurations() -> None:
    op.create_table(
        "procurations",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("principal_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("is_on_paper", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("holder_id <> principal_id", name=op.f("ck_procurations_two_people")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_procurations_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["principal_id"],
            ["residents.id"],
            name=op.f("fk_procurations_principal_id_residents"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["residents.id"],
            name=op.f("fk_procurations_holder_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "principal_id", name=op.f("pk_procurations")),
    )
    op.create_index("ix_procurations_holder", "procurations", ["meeting_id", "holder_id"])
    for column in ("principal_id", "holder_id"):
        op.create_index(op.f(f"ix_procurations_{column}"), "procurations", [column])


def _deliberations() -> None:
    op.create_table(
        "deliberations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("outcome", sa.String(10)),
        *(sa.Column(name, sa.Integer()) for name in COUNTS),
        sa.Column("poll_id", sa.Integer()),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "way IN ('hands', 'poll', 'consent')", name=op.f("ck_deliberations_way")
        ),
        sa.CheckConstraint(
            "outcome IN ('adopted', 'rejected')", name=op.f("ck_deliberations_outcome")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_at IS NULL)", name=op.f("ck_deliberations_decided")
        ),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND votes_abstained >= 0"
            " AND votes_withheld >= 0",
            name=op.f("ck_deliberations_votes"),
        ),
        sa.CheckConstraint(
            "votes_for + votes_against + votes_abstained + votes_withheld"
            " <= voters_present + voters_represented",
            name=op.f("ck_deliberations_no_more_votes_than_voters"),
        ),
        sa.CheckConstraint(
            "votes_for IS NULL OR (outcome = 'adopted') = (votes_for > votes_against)",
            name=op.f("ck_deliberations_majority_of_votes_cast"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_deliberations_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_deliberations_item_id_agenda_items")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"],
            ["polls.id"],
            name=op.f("fk_deliberations_poll_id_polls"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberations")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_deliberations_poll_id")),
    )
    for column in ("meeting_id", "item_id"):
        op.create_index(op.f(f"ix_deliberations_{column}"), "deliberations", [column])


def _consent() -> None:
    op.create_table(
        "consent_rounds",
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.String(10)),
        sa.CheckConstraint(
            "outcome IN ('adopted', 'objected')", name=op.f("ck_consent_rounds_outcome")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (closed_at IS NULL)", name=op.f("ck_consent_rounds_closed")
        ),
        sa.ForeignKeyConstraint(
            ["deliberation_id"],
            ["deliberations.id"],
            name=op.f("fk_consent_rounds_deliberation_id_deliberations"),
        ),
        sa.PrimaryKeyConstraint("deliberation_id", "number", name=op.f("pk_consent_rounds")),
    )
    op.create_table(
        "consent_voices",
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "voice IN ('consent', 'reserve', 'objection', 'abstain')",
            name=op.f("ck_consent_voices_voice"),
        ),
        sa.CheckConstraint(
            "voice <> 'objection' OR reason <> ''",
            name=op.f("ck_consent_voices_objection_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["deliberation_id", "number"],
            ["consent_rounds.deliberation_id", "consent_rounds.number"],
            name="fk_consent_voices_round",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_consent_voices_resident_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "deliberation_id", "number", "resident_id", name=op.f("pk_consent_voices")
        ),
    )
    op.create_index(op.f("ix_consent_voices_resident_id"), "consent_voices", ["resident_id"])


def _freeze(table: str, verb: str, row: str, meeting: str) -> None:
    name = f"{table}_frozen_{verb}"
    event = verb.upper()
    if (table, verb) == ("deliberations", "update"):
        event = f"UPDATE OF {', '.join(WRITTEN)}"
    published = (
        f"EXISTS (SELECT 1 FROM meetings WHERE id IN ({meeting}) AND minutes_status = 'published')"
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {published} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    kept = "OLD" if verb == "delete" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {published} THEN RAISE EXCEPTION '{SENTENCE}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {kept}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def downgrade() -> None:
    for table in ("consent_voices", "consent_rounds", "deliberations"):
        op.drop_table(table)
        if op.get_bind().dialect.name != "sqlite":
            for verb in VERBS:
                op.execute(f"DROP FUNCTION {table}_frozen_{verb}()")
    op.drop_table("reconvenings")
    op.drop_table("procurations")
    op.drop_column("meetings", "quorum_represented")
    for name in ("left_at", "present_from"):
        op.drop_column("meeting_attendances", name)
