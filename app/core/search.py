"""Full-text search with the same answers on both engines: our stems, their index."""

from typing import Any

from sqlalchemy import ColumnElement, Index, Select, String, bindparam, literal_column, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, db, is_sqlite
from app.core.search_text import query_stems, stems


class SearchDocument(Model):
    """The stems of one thing that can be found; triggers keep the engine's index in step.

    `kind` is the table's name, `subject_id` its row.
    """

    __tablename__ = "search_documents"
    __table_args__ = (Index("uq_search_documents_subject", "kind", "subject_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(200))
    stems: Mapped[str]


def index(kind: str, subject_id: int, title: str, url: str, *texts: str) -> None:
    """Make a thing findable, or refresh what is known of it; inside the caller's act."""
    found = db.session.query(SearchDocument).filter_by(kind=kind, subject_id=subject_id).first()
    document = found or SearchDocument(kind=kind, subject_id=subject_id)
    document.title, document.url = title[:200], url
    document.stems = " ".join(stems(" ".join((title, *texts))))
    db.session.add(document)


def unindex(kind: str, subject_id: int) -> None:
    """Make a thing unfindable."""
    db.session.query(SearchDocument).filter_by(kind=kind, subject_id=subject_id).delete()


def compact() -> None:
    """Rewrite SQLite's index whole: until then, words taken out of it stay in its older pages."""
    if is_sqlite():
        with db.engine.connect().execution_options(writing=True) as connection:
            connection.execute(text("INSERT INTO search_fts(search_fts) VALUES ('optimize')"))
            connection.commit()


def matching(words: str) -> ColumnElement[bool] | None:
    """Condition on SearchDocument: it has every word. None when the words say nothing."""
    wanted = query_stems(words)
    if not wanted:
        return None
    if is_sqlite():
        phrase = " ".join(f'"{stem}"' for stem in wanted)
        hits = text("SELECT rowid FROM search_fts WHERE search_fts MATCH :phrase").bindparams(
            bindparam("phrase", phrase)
        )
        return SearchDocument.id.in_(hits.columns(literal_column("rowid")).scalar_subquery())
    vector: ColumnElement[Any] = literal_column("search_documents.vector")
    query = " & ".join(f"'{stem}'" for stem in wanted)
    return vector.op("@@")(text("CAST(:tsquery AS tsquery)").bindparams(tsquery=query))


def subject_ids(kind: str, words: str) -> Select[Any] | None:
    """A subquery of the ids of this kind that have every word; None when the words say nothing."""
    condition = matching(words)
    if condition is None:
        return None
    return select(SearchDocument.subject_id).where(SearchDocument.kind == kind, condition)
