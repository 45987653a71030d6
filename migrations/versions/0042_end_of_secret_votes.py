"""A secret vote of a meeting may close before its hour, once everyone on its roll has signed."""

from alembic import op

revision = "0042"
down_revision = "0041"
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
LATER = """(
    OLD.status = 'open' AND OLD.extended_from IS NULL AND NEW.extended_from = OLD.closes_at
    AND NEW.closes_at > OLD.closes_at AND NEW.closes_at <= OLD.extendable_until
) IS TRUE"""
SOONER = """(
    OLD.status = 'open' AND OLD.is_secret AND NOT OLD.has_paper AND NEW.extended_from IS NULL
    AND NEW.closes_at < OLD.closes_at
    AND EXISTS (SELECT 1 FROM deliberations AS question WHERE question.poll_id = OLD.id)
    AND NOT EXISTS (
        SELECT 1 FROM poll_roll AS listed WHERE listed.poll_id = OLD.id AND NOT EXISTS (
            SELECT 1 FROM emargements AS signed
            WHERE signed.poll_id = listed.poll_id AND signed.resident_id = listed.resident_id
        )
    )
) IS TRUE"""


def upgrade() -> None:
    _freeze(f"{LATER} OR {SOONER}")


def downgrade() -> None:
    _freeze(LATER)


def _freeze(admitted: str) -> None:
    """Guard opened polls anew: their closing moves only as `admitted` says, nothing else does."""
    if op.get_bind().dialect.name == "sqlite":
        broken = _broken("IS NOT", admitted)
        op.execute("DROP TRIGGER polls_frozen")
        op.execute(
            f"CREATE TRIGGER polls_frozen BEFORE UPDATE ON polls WHEN {broken} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    op.execute("DROP FUNCTION polls_frozen() CASCADE")
    # Other tables are asked, which the condition of a trigger may not do there.
    op.execute(
        f"CREATE FUNCTION polls_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_broken('IS DISTINCT FROM', admitted)} THEN RAISE EXCEPTION '{SENTENCE}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER polls_frozen BEFORE UPDATE ON polls FOR EACH ROW "
        "EXECUTE FUNCTION polls_frozen()"
    )


def _broken(differs: str, admitted: str) -> str:
    rules, moved = _changed(differs, RULES), _changed(differs, ("closes_at", "extended_from"))
    early = "('draft', 'scheduled')"
    return f"OLD.status NOT IN {early} AND ({rules} OR (({moved}) AND NOT ({admitted})))"


def _changed(differs: str, columns: tuple[str, ...]) -> str:
    # As text: PostgreSQL does not compare JSON.
    return " OR ".join(
        f"CAST(OLD.{name} AS TEXT) {differs} CAST(NEW.{name} AS TEXT)" for name in columns
    )
