"""What people choose between is frozen once a poll has opened, as its rules are.

On SQLite these guards read `polls`: whoever makes that table anew drops them first, and makes them
again after, or SQLite refuses to rename the new one.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

VERBS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}
SENTENCE = "the options of an opened poll are frozen"


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for verb, rows in VERBS.items():
        name = f"poll_options_no_{verb}"
        polls = ", ".join(f"{row}.poll_id" for row in rows)
        opened = (
            f"EXISTS (SELECT 1 FROM polls WHERE id IN ({polls}) "
            "AND status NOT IN ('draft', 'scheduled'))"
        )
        if sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON poll_options WHEN {opened} "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {opened} THEN RAISE EXCEPTION '{SENTENCE}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {rows[-1]}; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON poll_options FOR EACH ROW "
            f"EXECUTE FUNCTION {name}()"
        )


def downgrade() -> None:
    for verb in VERBS:
        name = f"poll_options_no_{verb}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP FUNCTION {name}() CASCADE")
