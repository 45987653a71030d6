"""A table of earlier years: its lines while they wait, and what it has added."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import Model


class PastImport(Model):
    """A file sent, of which `sha256` is the digest. `status`: reading, preview, done, undone.

    `kind` is a code of `pastlife.kinds`. `added` and `kept` count rows by table: what it wrote,
    and what its undoing had to leave. `ignored` names the columns that nobody knew.
    """

    __tablename__ = "past_imports"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('sessions', 'attendance', 'members', 'associations')", name="kind"
        ),
        CheckConstraint("status IN ('reading', 'preview', 'done', 'undone')", name="status"),
        CheckConstraint(
            "(status IN ('done', 'undone')) = (done_at IS NOT NULL)", name="done_has_a_moment"
        ),
        CheckConstraint(
            "(status = 'undone') = (undone_at IS NOT NULL)", name="undone_has_a_moment"
        ),
        Index("ix_past_imports_sent", "sent_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    file_name: Mapped[str] = mapped_column(String(160))
    sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(8), default="reading")
    ignored: Mapped[list[str]] = mapped_column(JSON, default=list)
    lines: Mapped[int] = mapped_column(default=0)
    good: Mapped[int] = mapped_column(default=0)
    faulty: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[int] = mapped_column(default=0)
    added: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    kept: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    sent_at: Mapped[datetime] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    done_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL")
    )


class PastLine(Model):
    """A line of the file. `state`: good, faulty, repeated; done once it is imported.

    `typed` holds the cells and `understood` what is made of them, as JSON; `problems` the
    reasons, each a column, the value typed and a sentence. All are emptied once the line is
    imported: what stays is its number and a digest keyed by the site, so that the same line is
    never taken twice. The name and the card are there for the erasure of whoever they name.
    """

    __tablename__ = "past_lines"
    __table_args__ = (
        CheckConstraint("state IN ('good', 'faulty', 'repeated', 'done')", name="state"),
        CheckConstraint("state <> 'done' OR (typed = '' AND understood = '')", name="emptied"),
        Index("ix_past_lines_listed", "import_id", "state", "number"),
        Index("ix_past_lines_digest", "digest"),
        Index(
            "uq_past_lines_done",
            "digest",
            unique=True,
            sqlite_where=text("state = 'done'"),
            postgresql_where=text("state = 'done'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("past_imports.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str | None] = mapped_column(String(64))
    typed: Mapped[str]
    understood: Mapped[str] = mapped_column(default="")
    problems: Mapped[list[Any]] = mapped_column(JSON, default=list)
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="SET NULL"), index=True
    )
    folded_name: Mapped[str] = mapped_column(String(130), default="", index=True)
    card_number: Mapped[str] = mapped_column(String(8), default="", index=True)


class PastAddition(Model):
    """A row that an import wrote in another table; no foreign key, since it may go first."""

    __tablename__ = "past_additions"
    __table_args__ = (Index("ix_past_additions_import", "import_id", "what", "row_id"),)

    what: Mapped[str] = mapped_column(String(20), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    import_id: Mapped[int] = mapped_column(ForeignKey("past_imports.id", ondelete="CASCADE"))
