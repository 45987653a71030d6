"""Which entries of the ledger count."""

from sqlalchemy import Boolean, ColumnElement, UnaryExpression, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.operators import inv

from app.ledger.models import Entry


def is_no_void(among: type[Entry] = Entry) -> ColumnElement[bool]:
    """An entry that voids none.

    Said the long way: from « voids_id IS NULL », SQLite believes its unique index finds one line,
    where it finds nearly all, and leaves the index of days aside. To PostgreSQL both are one.
    """
    voids = among.voids_id.is_not(None).self_group(against=inv)
    return UnaryExpression(voids, operator=inv, type_=Boolean())


def is_live(among: type[Entry] = Entry) -> ColumnElement[bool]:
    """An entry that is no void, and that none voids."""
    void = aliased(Entry)
    # Said although it follows: the voids alone are then looked through, not the whole ledger.
    voids = void.voids_id.is_not(None)
    voided = select(void.id).where(voids, void.voids_id == among.id).exists()
    return is_no_void(among) & ~voided
