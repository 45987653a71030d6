"""Many acts of the past at once: the entries of `record` and `void`, written by batches."""

from collections.abc import Sequence
from typing import Protocol

from blinker import signal
from sqlalchemy import select

from app.core.clock import now
from app.core.db import add_many, db
from app.core.errors import Invalid
from app.core.i18n import _
from app.ledger.live import is_live
from app.ledger.models import Entry
from app.ledger.services import Actor, facts_of


class Tally(Protocol):
    """What keeps totals: it sees each entry, and writes what it has added up at the end."""

    def take(self, entry: Entry, *, voided: bool) -> None: ...

    def close(self) -> None: ...


tallies = signal("ledger-tallies")
"""Sent when many entries begin to be written; each receiver gives a `Tally` of its own."""


class Register:
    """The ledger open for many entries, inside one act of the caller.

    Nothing is counted before `close`, which is the last thing to do, after the audit's note too:
    whoever keeps totals holds them for that moment alone, and all take both in the same order.
    """

    def __init__(self) -> None:
        self._tallies: list[Tally] = [tally for _receiver, tally in tallies.send(self)]

    def record(self, entries: Sequence[Entry]) -> list[int]:
        """Append entries made by `entry_of`; gives their numbers, in the same order."""
        entered_at = now()
        for entry in entries:
            entry.entered_at = entered_at
        add_many(entries)
        numbers = [entry.id for entry in entries]
        self._take(entries, voided=False)
        return numbers

    def void(self, numbers: Sequence[int], *, by: Actor, reason: str) -> int:
        """Cancel the entries that still stand among those of these numbers; gives how many.

        Raises:
            Invalid: no reason.
        """
        if not reason.strip():
            raise Invalid(_("Dites pourquoi cette ligne est annulée."), field="reason")
        standing = db.session.scalars(
            select(Entry).where(Entry.id.in_(numbers), is_live()).order_by(Entry.id)
        ).all()
        cancelling = [
            Entry(
                **facts_of(entry),
                voids_id=entry.id,
                reason=reason.strip(),
                entered_by_key=by.participation_key,
            )
            for entry in standing
        ]
        add_many(cancelling)
        self._take(standing, voided=True)
        for entry in standing:
            # A long undoing must not keep all its lines in memory.
            db.session.expunge(entry)
        return len(standing)

    def close(self) -> None:
        """Write the totals of all that was recorded and voided here."""
        for tally in self._tallies:
            tally.close()

    def _take(self, entries: Sequence[Entry], *, voided: bool) -> None:
        for entry in entries:
            for tally in self._tallies:
                tally.take(entry, voided=voided)
