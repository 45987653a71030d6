"""Bring in the good lines of a file that was seen: all of them, or none."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import Row, select, update

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now
from app.core.db import ChangeStamp, atomic, db, lock, rows_touched, unique_or_nothing
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.ledger.bulk import Register
from app.pastlife.checking import BATCH, Sorter
from app.pastlife.kinds import KINDS, WRITERS
from app.pastlife.lines import Line
from app.pastlife.locking import one_at_a_time
from app.pastlife.models import PastImport, PastLine
from app.pastlife.policies import refuse_others
from app.pastlife.writing import Writing

STAMP = select(ChangeStamp.value)

EMPTIED: dict[str, object] = {
    "state": "done",
    "typed": "",
    "understood": "",
    "problems": [],
    "resident_id": None,
    "folded_name": "",
    "card_number": "",
}


def import_good(by: Resident, sent: PastImport) -> None:
    """Write what the preview showed, each act on the day it happened, and empty the lines.

    One act; but the lines are read anew before it, and only again inside it where something
    was done meanwhile: whoever else writes waits less.

    Raises:
        Forbidden: not the direction.
        Invalid: no line is good.
        Conflict: it was done already, even at the same moment or from another copy of the file,
            or the centre has changed since in a way that changes a line.
    """
    _refuse(by, sent)
    stamp = db.session.scalar(STAMP)
    _check_again(sent.id, sent.kind)
    _bring_in(by, sent, stamp)


@atomic
def _bring_in(by: Resident, sent: PastImport, stamp: int | None) -> None:
    one_at_a_time()
    lock(sent)
    _refuse(by, sent)
    if db.session.scalar(STAMP) != stamp:
        _check_again(sent.id, sent.kind)
    writing = Writing(sent.id, by, Register())
    writer = WRITERS[sent.kind](writing)
    lines = 0
    while batch := _good(sent.id, after=0):
        _empty([line.id for line in batch])
        writer.record([json.loads(line.understood) for line in batch])
        lines += len(batch)
    sent.status, sent.done_at, sent.by_id = "done", now(), by.id
    sent.good, sent.added = lines, dict(writing.counts)
    note(AuditAct.PAST_IMPORTED, by, sent, after={"kind": sent.kind, "lines": lines})
    writing.ledger.close()


def _refuse(by: Resident, sent: PastImport) -> None:
    refuse_others(by)
    if sent.status != "preview":
        raise Conflict(_("Cette reprise est déjà faite."))
    if not sent.good:
        raise Invalid(_("Aucune ligne n’est bonne : corrigez le fichier et renvoyez-le."))


def _check_again(number: int, code: str) -> None:
    """Read the lines anew: what was seen is what will be written, whatever happened since."""
    kind = KINDS[code]
    sorter, labels = Sorter(kind), kind.labels
    for batch in _batches(number):
        lines = [Line(row.number, json.loads(row.typed), labels) for row in batch]
        for row, found in zip(batch, sorter.again(lines), strict=True):
            if not found.is_good or found.repeated or found.as_json != row.understood:
                raise Conflict(
                    _(
                        "La ligne %(number)d n’est plus comprise comme dans l’aperçu : le centre a "
                        "changé depuis. Envoyez à nouveau le fichier.",
                        number=row.number,
                    )
                )


def _batches(number: int) -> Iterator[Sequence[Row[int, int, str, str]]]:
    after = 0
    while batch := _good(number, after):
        after = batch[-1].number
        yield batch


def _good(number: int, after: int) -> Sequence[Row[int, int, str, str]]:
    return db.session.execute(
        select(PastLine.id, PastLine.number, PastLine.typed, PastLine.understood)
        .where(PastLine.import_id == number, PastLine.state == "good", PastLine.number > after)
        .order_by(PastLine.number)
        .limit(BATCH)
    ).all()


def _empty(numbers: Sequence[int]) -> None:
    """From now on these lines are taken: another import of them waits here, and is refused."""
    taken = Conflict(
        _("Une de ces lignes vient d’être reprise d’un autre envoi. Refaites l’aperçu.")
    )
    with unique_or_nothing(taken):
        rows_touched(update(PastLine).where(PastLine.id.in_(numbers)).values(EMPTIED))
