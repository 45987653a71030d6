"""Which entries of the ledger count."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from app.ledger.models import Entry


def is_live(among: type[Entry] = Entry) -> ColumnElement[bool]:
    """An entry that is no void, and that none voids."""
    void = aliased(Entry)
    # Said although it follows: the voids alone are then looked through, not the whole ledger.
    voids = void.voids_id.is_not(None)
    voided = select(void.id).where(voids, void.voids_id == among.id).exists()
    return among.voids_id.is_(None) & ~voided
