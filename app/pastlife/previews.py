"""A file sent and read: nothing of it counts yet, and all of it is shown."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from sqlalchemy import delete, insert, select
from werkzeug.datastructures import FileStorage

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic_unseen, db, lock, rows_touched
from app.core.errors import Conflict, Invalid
from app.core.files import MOST_BYTES
from app.core.i18n import _
from app.core.typography import number_fr
from app.pastlife.checking import BATCH, Sorted, Sorter
from app.pastlife.heads import Head, known_columns, read_head
from app.pastlife.lines import Kind, Line
from app.pastlife.models import PastImport, PastLine
from app.pastlife.other_files import false_workbook, is_false_workbook
from app.pastlife.policies import refuse_others
from app.pastlife.sheets import Row, header_of, most_lines, rows_of

WAITING = ("reading", "preview")
KEPT = timedelta(days=7)
"""How long a file waits to be imported, and lines to be mended, before they are forgotten."""


def preview(by: Resident, kind: Kind, upload: FileStorage) -> int:
    """Read a file and keep its lines until they are imported or forgotten; gives its number.

    Written by short acts: what others do meanwhile is not held up. A file that is refused leaves
    nothing.

    Raises:
        Forbidden: not the direction.
        Invalid: a file that is not a table of this kind, with all the columns it misses.
        Conflict: it was forgotten while it was being read.
    """
    refuse_others(by)
    data = upload.stream.read(MOST_BYTES + 1)
    name = _name_of(upload)
    rows = rows_of(data, name)
    first = next(rows, None)
    if first is None:
        raise Invalid(_("Ce fichier est vide."), field="file")
    names = header_of(first[1])
    if is_false_workbook(data, name) and not known_columns(kind, names):
        raise false_workbook(name)
    head = read_head(kind, names)
    digest = hashlib.sha256(data).hexdigest()
    number = _open(by, kind, name, digest, head.unknown)
    try:
        counts = _read(number, Sorter(kind), _lines(head, rows))
    except BaseException:
        db.session.rollback()
        _drop(number)
        raise
    _end(number, counts)
    return number


@atomic_unseen
def forget(by: Resident, sent: PastImport) -> None:
    """Drop a file that was not imported, and all its lines.

    Raises:
        Forbidden: not the direction.
        Conflict: it is imported.
    """
    refuse_others(by)
    lock(sent)
    if sent.status not in WAITING:
        raise Conflict(_("Cette reprise est faite : elle s’annule, elle ne s’oublie pas."))
    _delete([sent.id])


@atomic_unseen
def forget_waiting() -> int:
    """Drop files not imported, and lines left out of imports, after some days; how many lines."""
    late = PastImport.sent_at < now() - KEPT
    left = select(PastImport.id).where(late, PastImport.status.not_in(WAITING))
    old = list(
        db.session.scalars(select(PastImport.id).where(late, PastImport.status.in_(WAITING)))
    )
    dropped = rows_touched(
        delete(PastLine).where(PastLine.import_id.in_(left), PastLine.state != "done")
    )
    return dropped + _delete(old)


@atomic_unseen
def _drop(number: int) -> None:
    _delete([number])


def _delete(numbers: Sequence[int]) -> int:
    lines = rows_touched(delete(PastLine).where(PastLine.import_id.in_(numbers)))
    rows_touched(delete(PastImport).where(PastImport.id.in_(numbers)))
    return lines


def _lines(head: Head, rows: Iterator[Row]) -> Iterator[Line]:
    count = 0
    for number, cells in rows:
        line = head.line(number, cells)
        if not any(line.typed.values()) or head.is_example(line):
            continue
        count += 1
        if count > most_lines():
            raise Invalid(
                _(
                    "Ce fichier a trop de lignes : %(most)s au plus. Envoyez-le en plusieurs fois.",
                    most=number_fr(most_lines()),
                ),
                field="file",
            )
        yield line
    if not count:
        raise Invalid(_("Ce fichier n’a aucune ligne à reprendre."), field="file")


def _read(number: int, sorter: Sorter, lines: Iterator[Line]) -> Counter[str]:
    counts: Counter[str] = Counter()
    while batch := list(islice(lines, BATCH)):
        found = sorter.sort(batch)
        counts.update(one.state for one in found)
        _keep(number, found)
    return counts


@atomic_unseen
def _open(by: Resident, kind: Kind, name: str, digest: str, unknown: list[str]) -> int:
    sent = PastImport(
        kind=kind.code, file_name=name, sha256=digest, by_id=by.id, ignored=list(unknown)
    )
    db.session.add(sent)
    db.session.flush()
    return sent.id


@atomic_unseen
def _keep(number: int, found: Sequence[Sorted]) -> None:
    _still_there(number)
    db.session.execute(insert(PastLine), [_row(number, one) for one in found])


def _still_there(number: int) -> PastImport:
    """The file being read, held: someone may forget it meanwhile from another page."""
    sent = db.session.get(PastImport, number, with_for_update=True)
    if sent is None:
        raise Conflict(_("Ce fichier a été oublié pendant sa lecture."))
    return sent


def _row(number: int, one: Sorted) -> dict[str, object]:
    checked = one.checked
    return {
        "import_id": number,
        "number": checked.line.number,
        "state": one.state,
        "digest": one.digest,
        "typed": json.dumps(checked.line.typed, ensure_ascii=False),
        "understood": checked.as_json if one.state == "good" else "",
        "problems": [list(problem) for problem in one.problems],
        "resident_id": checked.resident_id,
        "folded_name": checked.folded_name,
        "card_number": checked.card_number,
    }


@atomic_unseen
def _end(number: int, counts: Counter[str]) -> None:
    sent = _still_there(number)
    sent.status, sent.lines = "preview", counts.total()
    sent.good, sent.faulty = counts["good"], counts["faulty"]
    sent.repeated = counts["repeated"]


def _name_of(upload: FileStorage) -> str:
    name = (upload.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(filter(str.isprintable, name))[-160:] or _("fichier sans nom")
