"""What an import writes, and the list of it, by which it is undone."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from app.accounts.models import Resident
from app.core.db import add_many, db
from app.ledger.bulk import Register
from app.ledger.models import Entry
from app.pastlife.models import PastAddition

IMPORTS, ENTRIES, SESSIONS, ACTIONS = (
    "past_imports",
    "ledger_entries",
    "sessions",
    "actions",
)
ASSOCIATIONS, RESIDENTS = "associations", "residents"


class Of:
    """What an entry is about, by its table, number and label alone."""

    __tablename__: str

    def __init__(self, table: str, number: int, label: str) -> None:
        self.__tablename__, self.id, self.ledger_label = table, number, label


class Writing:
    """An import under way: the open ledger, who imports, and the count of what was added."""

    def __init__(self, import_id: int, by: Resident, ledger: Register) -> None:
        self.import_id, self.by, self.ledger = import_id, by, ledger
        self.counts: Counter[str] = Counter()

    def record(self, entries: Sequence[Entry]) -> None:
        """Append these acts; they are counted when the ledger is closed."""
        self.note(ENTRIES, self.ledger.record(entries))

    def add(self, what: str, rows: Sequence[Any]) -> list[int]:
        """Write a few new rows and what hangs from them; gives their numbers, in the same order."""
        db.session.add_all(rows)
        db.session.flush()
        return self._noted(what, rows)

    def add_many(self, what: str, rows: Sequence[Any]) -> list[int]:
        """Write many new rows, from which nothing hangs yet; as `add`."""
        add_many(rows)
        return self._noted(what, rows)

    def _noted(self, what: str, rows: Sequence[Any]) -> list[int]:
        numbers = [row.id for row in rows]
        self.note(what, numbers)
        return numbers

    def note(self, what: str, numbers: Sequence[int]) -> None:
        """Remember rows that this import wrote."""
        if numbers:
            lines = [
                {"import_id": self.import_id, "what": what, "row_id": number} for number in numbers
            ]
            db.session.execute(insert(PastAddition), lines)
            self.counts[what] += len(numbers)
