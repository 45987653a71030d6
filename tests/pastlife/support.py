"""Tables of earlier years, made with only the cells that matter."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.accounts.models import Resident
from app.core.db import db
from app.core.rights import Role
from app.indicators import periods
from app.indicators.queries import figures
from app.pastlife import importing, previews, queries, undoing
from app.pastlife.kinds import KINDS
from app.pastlife.models import PastImport, PastLine
from tests.factories import make_with_role

Cells = Mapping[str, str]

DEFAULTS: dict[str, Cells] = {
    "sessions": {"Action": "Couture", "Date": "12/03/2023", "Durée": "2", "Type": "Activité"},
    "attendance": {"Action": "Couture", "Date": "12/03/2023"},
    "members": {"Saison": "2021-2022", "Type": "individuelle"},
    "associations": {"Nom": "Les Amis", "Objet": "Lire.", "Domaine": "Culture et arts"},
}


def table(kind: str, *lines: Cells) -> bytes:
    """A CSV of these lines; what they leave out is good."""
    rows = [{**DEFAULTS[kind], **line} for line in lines]
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return as_csv([heads, *([row.get(head, "") for head in heads] for row in rows)])


def as_csv(rows: Sequence[Sequence[object]], sign: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(kind: str, data: bytes, by: Resident | None = None, name: str = "avant.csv") -> PastImport:
    """Send a file, and look at its preview."""
    by = by or make_with_role(Role.DIRECTOR)
    upload = FileStorage(io.BytesIO(data), filename=name)
    return db.session.get_one(PastImport, previews.preview(by, KINDS[kind], upload))


def bring(kind: str, *lines: Cells) -> PastImport:
    """Send these lines and import them."""
    by = make_with_role(Role.DIRECTOR)
    sent = send(kind, table(kind, *lines), by)
    importing.import_good(by, sent)
    return sent


def take_back(sent: PastImport) -> None:
    undoing.undo(make_with_role(Role.DIRECTOR), sent)


def states(sent: PastImport) -> dict[int, str]:
    """Number of each line → its state."""
    rows = db.session.execute(
        select(PastLine.number, PastLine.state)
        .where(PastLine.import_id == sent.id)
        .order_by(PastLine.number)
    )
    return {row.number: row.state for row in rows}


def told(sent: PastImport) -> list[tuple[int, str, str, str]]:
    """(line, column, value typed, sentence) of all that is wrong or known already."""
    rows = db.session.execute(
        select(PastLine.number, PastLine.problems)
        .where(PastLine.import_id == sent.id)
        .order_by(PastLine.number)
    )
    return [(row.number, *problem) for row in rows for problem in row.problems]


def understood(sent: PastImport) -> list[dict[str, str]]:
    """What the page says of the good lines."""
    found = queries.sent_file(sent.id)
    assert found is not None
    return [dict(line.words) for line in queries.lines_of(found, "good", 1).items]


def all_figures(*years: int) -> dict[tuple[int, str], float | None]:
    """Every figure of these years, those beside the 27 too."""
    found: dict[tuple[int, str], float | None] = {}
    for year in years:
        for figure in figures(periods.civil_year(year), public=False):
            found[year, figure.code] = figure.value
            found |= {(year, beside.code): beside.value for beside in figure.beside}
    return found


def value(code: str, year: int = 2023) -> float | None:
    return all_figures(year)[year, code]


MARCH_12 = date(2023, 3, 12)
