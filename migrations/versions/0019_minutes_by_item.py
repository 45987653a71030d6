"""Minutes by item, read over and approved by members, then frozen with what adds to them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PUBLISHED = (
    "EXISTS (SELECT 1 FROM meetings WHERE id = OLD.meeting_id AND minutes_status = 'published')"
)
ITEM = ("meeting_id", "position", "title", "notes", "is_private", "salt")
APPROVAL = ("approved_in_id", "approval_note")
FROZEN = "published minutes are frozen"
KEPT = "an addendum stays as it was written"


def upgrade() -> None:
    zero, no = sa.text("0"), sa.false()
    op.add_column(
        "meetings", sa.Column("edition", sa.Integer(), nullable=False, server_default=zero)
    )
    op.execute("UPDATE meetings SET edition = minutes_version WHERE minutes_status <> 'published'")
    op.add_column("meetings", sa.Column("circulated_at", sa.DateTime(timezone=True)))
    op.add_column("meetings", sa.Column("approval_note", sa.String(300)))
    with op.batch_alter_table("agenda_items") as table:
        table.add_column(sa.Column("notes", sa.Text(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("notes_version", sa.Integer(), nullable=False, server_default=zero)
        )
        table.add_column(sa.Column("is_private", sa.Boolean(), nullable=False, server_default=no))
        table.add_column(sa.Column("salt", sa.String(32)))
    approved = "REFERENCES meetings (id)"
    op.execute(
        "ALTER TABLE meetings ADD COLUMN approved_in_id INTEGER "
        f"CONSTRAINT fk_meetings_approved_in_id_meetings {approved}"
    )
    op.create_table(
        "minutes_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer()),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_comments_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_minutes_comments_item_id_agenda_items")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["residents.id"],
            name=op.f("fk_minutes_comments_author_id_residents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_comments")),
    )
    for column in ("meeting_id", "author_id"):
        name = f"ix_minutes_comments_{column}"
        op.create_index(op.f(name), "minutes_comments", [column])
    op.create_table(
        "minutes_addenda",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_addenda_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "rank", name=op.f("pk_minutes_addenda")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    items = f"{PUBLISHED} AND ({_changed(sqlite, ITEM)})"
    _refuse("agenda_items_frozen", "agenda_items", "UPDATE", items, FROZEN)
    _refuse("agenda_items_kept", "agenda_items", "DELETE", PUBLISHED, FROZEN)
    approval = f"OLD.minutes_status = 'published' AND ({_changed(sqlite, APPROVAL)})"
    _refuse("meetings_approval_frozen", "meetings", "UPDATE", approval, FROZEN)
    for verb in ("UPDATE", "DELETE"):
        _refuse(f"minutes_addenda_no_{verb.lower()}", "minutes_addenda", verb, "1 = 1", KEPT)


def _changed(sqlite: bool, columns: tuple[str, ...]) -> str:
    differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
    return " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)


def _refuse(name: str, table: str, verb: str, when: str, sentence: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    row = "OLD" if verb == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE EXCEPTION '{sentence}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in ("agenda_items_frozen", "agenda_items_kept", "meetings_approval_frozen"):
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP FUNCTION {name}() CASCADE")
    op.drop_table("minutes_addenda")
    if not sqlite:
        for verb in ("update", "delete"):
            op.execute(f"DROP FUNCTION minutes_addenda_no_{verb}()")
    op.drop_table("minutes_comments")
    with op.batch_alter_table("agenda_items") as table:
        for column in ("notes", "notes_version", "is_private", "salt"):
            table.drop_column(column)
    for column in ("approved_in_id", "approval_note", "circulated_at", "edition"):
        op.drop_column("meetings", column)
