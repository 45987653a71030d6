"""Take back an import: its acts are voided, and what it added goes unless something leans on it."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.associations.models import Association, AssociationPublic
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core import search
from app.core.clock import now
from app.core.db import atomic, db, lock, rows_touched
from app.core.errors import Conflict
from app.core.i18n import _
from app.ledger.bulk import Register
from app.ledger.live import is_live
from app.ledger.models import Entry
from app.pastlife.checking import BATCH
from app.pastlife.hanging import free_among
from app.pastlife.locking import one_at_a_time
from app.pastlife.models import PastAddition, PastImport, PastLine
from app.pastlife.policies import refuse_others
from app.pastlife.writing import ACTIONS, ASSOCIATIONS, ENTRIES, RESIDENTS, SESSIONS
from app.programme.models import Action, Session

TABLES: dict[str, Any] = {
    SESSIONS: Session,
    ACTIONS: Action,
    ASSOCIATIONS: Association,
    RESIDENTS: Resident,
}
"""What is taken away, in this order: an action has no session left by then."""


@atomic
def undo(by: Resident, done: PastImport) -> None:
    """Void every act the import wrote and that still counts, then take away what it added.

    Raises:
        Forbidden: not the direction.
        Conflict: it is not imported, or another import leans on it and must be undone first.
    """
    refuse_others(by)
    one_at_a_time()
    lock(done)
    if done.status != "done":
        raise Conflict(why_not(done.status))
    above = leaning_on(done.id)
    if above:
        raise Conflict(
            _(
                "Des présences reprises ensuite s’appuient sur ces séances. Annulez d’abord la "
                "reprise n° %(number)d.",
                number=above[0],
            )
        )
    ledger = Register()
    reason = _("La reprise n° %(number)d est annulée.", number=done.id)
    for numbers in _added(done.id, ENTRIES):
        ledger.void(numbers, by=by, reason=reason)
    kept = {table: _take_away(done.id, table) for table in TABLES}
    rows_touched(delete(PastAddition).where(PastAddition.import_id == done.id))
    rows_touched(delete(PastLine).where(PastLine.import_id == done.id))
    done.status, done.undone_at, done.undone_by_id = "undone", now(), by.id
    done.kept = {table: number for table, number in kept.items() if number}
    note(AuditAct.PAST_UNDONE, by, done, after={"kind": done.kind, "lines": done.good})
    ledger.close()


def why_not(status: str) -> str:
    """What to say of an import that is not there to be undone."""
    if status == "undone":
        return _("Cette reprise est déjà annulée : il n’y a rien d’autre à faire.")
    return _("Rien n’a encore été repris de ce fichier : il n’y a rien à annuler.")


def leaning_on(number: int) -> list[int]:
    """The other imports whose presences stand on the sessions of this one; one statement."""
    mine = aliased(PastAddition)
    sessions = select(mine.row_id).where(mine.import_id == number, mine.what == SESSIONS)
    query = (
        select(PastAddition.import_id)
        .join(Entry, Entry.id == PastAddition.row_id)
        .where(
            PastAddition.what == ENTRIES,
            PastAddition.import_id != number,
            Entry.subject_type == SESSIONS,
            Entry.subject_id.in_(sessions),
            is_live(),
        )
        .distinct()
        .order_by(PastAddition.import_id)
    )
    return list(db.session.scalars(query))


def _take_away(number: int, table: str) -> int:
    """Delete the rows on which nothing leans; how many are left."""
    kept = 0
    for numbers in _added(number, table):
        free = free_among(table, numbers)
        kept += len(numbers) - len(free)
        if table == ASSOCIATIONS:
            _forget_associations(free)
        row = TABLES[table]
        rows_touched(delete(row).where(row.id.in_(free)))
    return kept


def _forget_associations(numbers: Sequence[int]) -> None:
    publics = AssociationPublic.association_id.in_(numbers)
    rows_touched(delete(AssociationPublic).where(publics))
    for number in numbers:
        search.unindex(ASSOCIATIONS, number)


def _added(number: int, what: str) -> Iterator[Sequence[int]]:
    after = 0
    while True:
        rows = db.session.scalars(
            select(PastAddition.row_id)
            .where(
                PastAddition.import_id == number,
                PastAddition.what == what,
                PastAddition.row_id > after,
            )
            .order_by(PastAddition.row_id)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        after = rows[-1]
        yield rows
