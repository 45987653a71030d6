"""Drafts, extensions, claims about the roll, proxies, paper, and a journal of each poll."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from flask import current_app

from app.core.security import seal, unseal

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SENTENCE = "the rules of an opened poll are frozen"
RULES = (
    "method",
    "electorate",
    "body_id",
    "is_secret",
    "quorum_percent",
    "rules",
    "opens_at",
    "proxies_most",
    "has_paper",
    "claims_until",
    "extendable_until",
    "quorum_represented",
)
FORMER = (*RULES[:7], "closes_at")
EARLY = "('draft', 'scheduled')"


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    _drop("polls_frozen", "polls")
    with _kept_triggers("polls"), op.batch_alter_table("polls") as polls:
        polls.add_column(sa.Column("extendable_until", sa.DateTime(timezone=True)))
        polls.add_column(sa.Column("extended_from", sa.DateTime(timezone=True)))
        polls.add_column(sa.Column("claims_until", sa.DateTime(timezone=True)))
        polls.add_column(
            sa.Column("proxies_most", sa.Integer(), nullable=False, server_default="0")
        )
        polls.add_column(
            sa.Column("has_paper", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        polls.add_column(
            sa.Column("quorum_represented", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        polls.add_column(sa.Column("paper_closed_at", sa.DateTime(timezone=True)))
        polls.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True)))
        polls.add_column(sa.Column("archived_at", sa.DateTime(timezone=True)))
        polls.add_column(sa.Column("decision_id", sa.Integer()))
        polls.create_foreign_key(
            "fk_polls_decision_id_decisions",
            "decisions",
            ["decision_id"],
            ["id"],
            ondelete="SET NULL",
        )
        polls.create_unique_constraint("uq_polls_decision_id", ["decision_id"])
        polls.drop_constraint(op.f("ck_polls_status"), type_="check")
        polls.create_check_constraint(
            op.f("ck_polls_status"),
            "status IN ('draft', 'scheduled', 'open', 'closed', 'cancelled')",
        )
        polls.create_check_constraint(op.f("ck_polls_proxies"), "proxies_most BETWEEN 0 AND 3")
        polls.create_check_constraint(op.f("ck_polls_paper_secret"), "NOT has_paper OR is_secret")
        polls.create_check_constraint(
            op.f("ck_polls_archived"), "archived_at IS NULL OR status IN ('closed', 'cancelled')"
        )
    # Open longer is the only date that may change, once, and no later than was said.
    later = (
        "OLD.status = 'open' AND OLD.extended_from IS NULL AND NEW.extended_from = OLD.closes_at "
        "AND NEW.closes_at > OLD.closes_at AND NEW.closes_at <= OLD.extendable_until"
    )
    moved = _changed(sqlite, ("closes_at", "extended_from"))
    _guard(
        sqlite,
        "polls_frozen",
        "polls",
        "UPDATE",
        f"OLD.status NOT IN {EARLY} AND ({_changed(sqlite, RULES)} "
        f"OR (({moved}) AND ({later}) IS NOT TRUE))",
        SENTENCE,
    )
    op.add_column(
        "emargements",
        sa.Column("represented", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _tag_ballots()
    _lock_keys()
    op.create_table(
        "public_changes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id", "resident_id"],
            ["emargements.poll_id", "emargements.resident_id"],
            name="fk_public_changes_poll_id_emargements",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_public_changes"),
    )
    op.create_index("ix_public_changes_poll", "public_changes", ["poll_id", "resident_id"])
    _rolls()
    _paper()
    op.create_table(
        "poll_events",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name="fk_poll_events_poll_id_polls"),
        sa.PrimaryKeyConstraint("poll_id", "number", name="pk_poll_events"),
        sa.UniqueConstraint("hash", name="uq_poll_events_hash"),
    )
    for verb in ("UPDATE", "DELETE"):
        name = f"poll_events_no_{verb.lower()}"
        _guard(sqlite, name, "poll_events", verb, "", "the journal of a poll is append-only")


def _rolls() -> None:
    op.create_table(
        "poll_proxies",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("principal_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.CheckConstraint("holder_id <> principal_id", name=op.f("ck_poll_proxies_two_people")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name="fk_poll_proxies_poll_id_polls"),
        sa.ForeignKeyConstraint(
            ["principal_id"],
            ["residents.id"],
            name="fk_poll_proxies_principal_id_residents",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["residents.id"],
            name="fk_poll_proxies_holder_id_residents",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("poll_id", "principal_id", name="pk_poll_proxies"),
    )
    op.create_index("ix_poll_proxies_principal_id", "poll_proxies", ["principal_id"])
    op.create_index("ix_poll_proxies_holder_id", "poll_proxies", ["holder_id"])
    op.create_index("ix_poll_proxies_holder", "poll_proxies", ["poll_id", "holder_id"])
    op.create_table(
        "poll_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(10)),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by_id", sa.Integer()),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'refused')", name=op.f("ck_poll_claims_outcome")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_poll_claims_answered")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name="fk_poll_claims_poll_id_polls"),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name="fk_poll_claims_resident_id_residents",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["residents.id"],
            name="fk_poll_claims_answered_by_id_residents",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_poll_claims"),
        sa.UniqueConstraint("poll_id", "resident_id", name="uq_poll_claims_poll_id_resident_id"),
    )
    op.create_index("ix_poll_claims_resident_id", "poll_claims", ["resident_id"])


def _paper() -> None:
    op.create_table(
        "paper_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("size BETWEEN 1 AND 100", name=op.f("ck_paper_batches_size")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name="fk_paper_batches_poll_id_polls"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_batches"),
        sa.UniqueConstraint("poll_id", "number", name="uq_paper_batches_poll_id_number"),
    )
    op.create_table(
        "paper_readings",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer()),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_paper_readings_number")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["paper_batches.id"],
            name="fk_paper_readings_batch_id_paper_batches",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["residents.id"],
            name="fk_paper_readings_by_id_residents",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("batch_id", "number", name="pk_paper_readings"),
        sa.UniqueConstraint("batch_id", "by_id", name="uq_paper_readings_two_people"),
    )
    op.create_index("ix_paper_readings_by_id", "paper_readings", ["by_id"])


def _tag_ballots() -> None:
    """Ballots of open boxes get the tag that the site itself would have given them."""
    op.add_column("secret_ballots", sa.Column("tag", sa.LargeBinary(32)))
    bind = op.get_bind()
    secret = str(current_app.config["SECRET_KEY"]).encode()
    rows = bind.execute(sa.text("SELECT key, poll_id, payload FROM secret_ballots")).all()
    for key, poll_id, payload in rows:
        said = b"ballot|%d|" % poll_id + bytes(key) + bytes(payload)
        bind.execute(
            sa.text("UPDATE secret_ballots SET tag = :tag WHERE key = :key"),
            {"tag": hmac.new(secret, said, hashlib.sha256).digest(), "key": key},
        )
    if bind.dialect.name != "sqlite":
        op.alter_column("secret_ballots", "tag", nullable=False)
        return
    # A batch would give this table a rowid, which tells the order of votes.
    op.execute("ALTER TABLE secret_ballots RENAME TO former_ballots")
    op.execute("DROP INDEX ix_secret_ballots_poll_id")
    op.create_table(
        "secret_ballots",
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("tag", sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name="fk_secret_ballots_poll_id_polls"),
        sa.PrimaryKeyConstraint("key", name="pk_secret_ballots"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_secret_ballots_poll_id", "secret_ballots", ["poll_id"])
    op.execute("INSERT INTO secret_ballots SELECT key, poll_id, payload, tag FROM former_ballots")
    op.drop_table("former_ballots")


def _lock_keys() -> None:
    """Keys kept for open boxes go under the site's own."""
    bind = op.get_bind()
    kept = sa.text("SELECT id, sealing_key FROM polls WHERE sealing_key IS NOT NULL")
    for poll_id, key in bind.execute(kept).all():
        locked = seal(f"box of poll {poll_id}", bytes(key).hex()).encode()
        bind.execute(
            sa.text("UPDATE polls SET sealing_key = :key WHERE id = :poll"),
            {"key": locked, "poll": poll_id},
        )


def _unlock_keys() -> None:
    bind = op.get_bind()
    kept = sa.text("SELECT id, sealing_key FROM polls WHERE sealing_key IS NOT NULL")
    for poll_id, locked in bind.execute(kept).all():
        key = unseal(f"box of poll {poll_id}", bytes(locked).decode())
        bind.execute(
            sa.text("UPDATE polls SET sealing_key = :key WHERE id = :poll"),
            {"key": bytes.fromhex(key or ""), "poll": poll_id},
        )


def _changed(sqlite: bool, columns: tuple[str, ...]) -> str:
    if sqlite:
        return " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    return " OR ".join(
        f"CAST(OLD.{column} AS TEXT) IS DISTINCT FROM CAST(NEW.{column} AS TEXT)"
        for column in columns
    )


def _guard(sqlite: bool, name: str, table: str, verb: str, when: str, sentence: str) -> None:
    clause = f"WHEN ({when}) " if when else ""
    if sqlite:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {clause}"
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW {clause}"
        f"EXECUTE FUNCTION {name}()"
    )


def _drop(name: str, table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute(f"DROP FUNCTION {name}() CASCADE")


@contextmanager
def _kept_triggers(table: str) -> Iterator[None]:
    """SQLite makes a table anew to change it, and forgets its triggers: they are made again."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        yield
        return
    kept = bind.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"),
        {"table": table},
    ).scalars()
    triggers = list(kept)
    yield
    for trigger in triggers:
        op.execute(trigger)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for verb in ("update", "delete"):
        _drop(f"poll_events_no_{verb}", "poll_events")
    for table in (
        "poll_events",
        "paper_readings",
        "paper_batches",
        "poll_claims",
        "poll_proxies",
        "public_changes",
    ):
        op.drop_table(table)
    _unlock_keys()
    op.drop_column("secret_ballots", "tag")
    op.drop_column("emargements", "represented")
    _drop("polls_frozen", "polls")
    op.execute("UPDATE polls SET status = 'scheduled' WHERE status = 'draft'")
    with _kept_triggers("polls"), op.batch_alter_table("polls") as polls:
        for name in ("status", "proxies", "archived", "paper_secret"):
            polls.drop_constraint(op.f(f"ck_polls_{name}"), type_="check")
        polls.create_check_constraint(
            op.f("ck_polls_status"), "status IN ('scheduled', 'open', 'closed', 'cancelled')"
        )
        polls.drop_constraint("uq_polls_decision_id", type_="unique")
        polls.drop_constraint("fk_polls_decision_id_decisions", type_="foreignkey")
        for column in (
            "decision_id",
            "archived_at",
            "reminded_at",
            "paper_closed_at",
            "quorum_represented",
            "has_paper",
            "proxies_most",
            "claims_until",
            "extended_from",
            "extendable_until",
        ):
            polls.drop_column(column)
    _guard(
        sqlite,
        "polls_frozen",
        "polls",
        "UPDATE",
        f"OLD.status <> 'scheduled' AND ({_changed(sqlite, FORMER)})",
        SENTENCE,
    )
