"""Past imports and their lines, as pages show them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, extract, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import Page, paginate
from app.indicators.models import PublishedYear
from app.ledger.models import Entry
from app.pastlife.kinds import KINDS
from app.pastlife.lines import Kind, Words
from app.pastlife.models import PastAddition, PastImport, PastLine
from app.pastlife.writing import ENTRIES

GOOD_SHOWN = 5
LINES_A_PAGE = 20


@dataclass(frozen=True)
class Sent:
    """A file in the list; `by` and `undone_by` are how others call them, if they are known."""

    id: int
    kind: Kind
    file_name: str
    sha256: str
    status: str
    ignored: list[str]
    lines: int
    good: int
    faulty: int
    repeated: int
    added: dict[str, int]
    kept: dict[str, int]
    sent_at: datetime
    by: str | None
    done_at: datetime | None
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True)
class Told:
    """A line with what is wrong with it, or what is understood of it."""

    number: int
    problems: list[tuple[str, str, str]]
    words: Words


def sent_files(number: int) -> Page[Sent]:
    """Every file that was sent, the latest first; two statements."""
    page = paginate(_query().order_by(PastImport.sent_at.desc(), PastImport.id.desc()), number, 10)
    return Page([_sent(row) for row in page.items], page.number, page.size, page.total)


def sent_file(number: int) -> Sent | None:
    """One of them; one statement."""
    row = db.session.execute(_query().where(PastImport.id == number)).one_or_none()
    return None if row is None else _sent(row)


def lines_of(sent: Sent, state: str, number: int) -> Page[Told]:
    """Lines in one state, in the order of the file; two statements."""
    query = (
        select(PastLine.number, PastLine.problems, PastLine.understood)
        .where(PastLine.import_id == sent.id, PastLine.state == state)
        .order_by(PastLine.number)
    )
    page = paginate(query, number, GOOD_SHOWN if state == "good" else LINES_A_PAGE)
    found = [_told(row, sent.kind) for row in page.items]
    return Page(found, page.number, page.size, page.total)


def rows_to_mend(sent: Sent) -> Iterator[Sequence[object]]:
    """The faulty lines as a table to mend, the reason in the last column; one statement."""
    columns = sent.kind.columns
    yield (*(str(column.label) for column in columns), _("À corriger"))
    rows = db.session.execute(
        select(PastLine.typed, PastLine.problems)
        .where(PastLine.import_id == sent.id, PastLine.state == "faulty")
        .order_by(PastLine.number)
        .execution_options(yield_per=500)
    )
    for row in rows:
        typed = json.loads(row.typed)
        why = " ".join(f"{column}\u00a0: {said}" for column, _value, said in row.problems)
        yield (*(typed.get(column.key, "") for column in columns), why)


def _query() -> Select[*tuple[object, ...]]:
    sender, undoer = aliased(Resident), aliased(Resident)
    return (
        select(
            PastImport,
            sender.display_name.label("by"),
            undoer.display_name.label("undone_by"),
        )
        .outerjoin(sender, sender.id == PastImport.by_id)
        .outerjoin(undoer, undoer.id == PastImport.undone_by_id)
    )


def _sent(row: Row[*tuple[object, ...]]) -> Sent:
    it: PastImport = row.PastImport
    return Sent(
        it.id,
        KINDS[it.kind],
        it.file_name,
        it.sha256,
        it.status,
        it.ignored,
        it.lines,
        it.good,
        it.faulty,
        it.repeated,
        it.added,
        it.kept,
        it.sent_at,
        row.by,
        it.done_at,
        it.undone_at,
        row.undone_by,
    )


def _told(row: Row[*tuple[object, ...]], kind: Kind) -> Told:
    words = kind.words(json.loads(row.understood)) if row.understood else []
    return Told(row.number, [tuple(it) for it in row.problems], words)


def published_years(number: int) -> list[int]:
    """The years given out since in which an import added something; one statement."""
    added = select(PastAddition.row_id).where(
        PastAddition.import_id == number, PastAddition.what == ENTRIES
    )
    year = extract("year", Entry.day)
    years = select(year).where(Entry.id.in_(added)).distinct()
    query = select(PublishedYear.year).where(PublishedYear.year.in_(years))
    return list(db.session.scalars(query.order_by(PublishedYear.year)))
