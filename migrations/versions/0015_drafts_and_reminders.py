"""Keep what was typed of a poll until it opens, whether someone wants reminders; find polls."""

import sqlalchemy as sa
from alembic import op

from app.core.search_text import stems

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DOCUMENTS = sa.table(
    "search_documents",
    *(sa.column(name) for name in ("kind", "subject_id", "title", "url", "stems")),
)


def upgrade() -> None:
    op.add_column("polls", sa.Column("typed", sa.JSON()))
    wanted = sa.Column("vote_reminders", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("residents", wanted)
    _index_polls()


def _index_polls() -> None:
    bind = op.get_bind()
    labels: dict[int, list[str]] = {}
    rows = bind.execute(sa.text("SELECT poll_id, label FROM poll_options ORDER BY position"))
    for poll_id, label in rows:
        labels.setdefault(poll_id, []).append(label)
    polls = bind.execute(sa.text("SELECT id, title, text FROM polls WHERE status <> 'draft'")).all()
    for number, title, text in polls:
        said = " ".join(stems(" ".join((title, text, *labels.get(number, ())))))
        url = f"/scrutins/{number}"
        op.execute(
            DOCUMENTS.insert().values(
                kind="polls", subject_id=number, title=title, url=url, stems=said
            )
        )


def downgrade() -> None:
    op.execute("DELETE FROM search_documents WHERE kind = 'polls'")
    op.drop_column("residents", "vote_reminders")
    op.drop_column("polls", "typed")
