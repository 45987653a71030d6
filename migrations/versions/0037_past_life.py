"""Files of earlier years: their lines while they wait, and what each has added."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DONE = sa.text("state = 'done'")


def _to(table: str, column: str, target: str, ondelete: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"), ondelete=ondelete
    )


def _check(table: str, name: str, condition: str) -> sa.Constraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    op.create_table(
        "past_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("file_name", sa.String(160), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("ignored", sa.JSON(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("faulty", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        _check(
            "past_imports", "kind", "kind IN ('sessions', 'attendance', 'members', 'associations')"
        ),
        _check("past_imports", "status", "status IN ('reading', 'preview', 'done', 'undone')"),
        _check(
            "past_imports",
            "done_has_a_moment",
            "(status IN ('done', 'undone')) = (done_at IS NOT NULL)",
        ),
        _check(
            "past_imports", "undone_has_a_moment", "(status = 'undone') = (undone_at IS NOT NULL)"
        ),
        _to("past_imports", "by_id", "residents", "SET NULL"),
        _to("past_imports", "undone_by_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_imports")),
    )
    op.create_index("ix_past_imports_sent", "past_imports", ["sent_at", "id"])
    op.create_table(
        "past_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("understood", sa.Text(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("folded_name", sa.String(130), nullable=False),
        sa.Column("card_number", sa.String(8), nullable=False),
        _check("past_lines", "state", "state IN ('good', 'faulty', 'repeated', 'done')"),
        _check("past_lines", "emptied", "state <> 'done' OR (typed = '' AND understood = '')"),
        _to("past_lines", "import_id", "past_imports", "CASCADE"),
        _to("past_lines", "resident_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_lines")),
    )
    op.create_index("ix_past_lines_listed", "past_lines", ["import_id", "state", "number"])
    op.create_index("ix_past_lines_digest", "past_lines", ["digest"])
    for column in ("resident_id", "folded_name", "card_number"):
        op.create_index(op.f(f"ix_past_lines_{column}"), "past_lines", [column])
    op.create_index(
        "uq_past_lines_done",
        "past_lines",
        ["digest"],
        unique=True,
        sqlite_where=DONE,
        postgresql_where=DONE,
    )
    op.create_table(
        "past_additions",
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        _to("past_additions", "import_id", "past_imports", "CASCADE"),
        sa.PrimaryKeyConstraint("what", "row_id", name=op.f("pk_past_additions")),
    )
    op.create_index("ix_past_additions_import", "past_additions", ["import_id", "what", "row_id"])


def downgrade() -> None:
    for table in ("past_additions", "past_lines", "past_imports"):
        op.drop_table(table)
