"""The centre's two lists, quartiers and categories: added to, renamed, ordered, retired."""

from typing import TypeVar

from sqlalchemy import func, select

from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre.models import Category, Quartier
from app.centre.policies import Person
from app.centre.services import check_direction
from app.core.clock import today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.core.slugs import slug_of

Row = Quartier | Category
R = TypeVar("R", Quartier, Category)

ADDED = {Quartier: AuditAct.QUARTIER_ADDED, Category: AuditAct.CATEGORY_ADDED}
CHANGED = {Quartier: AuditAct.QUARTIER_CHANGED, Category: AuditAct.CATEGORY_CHANGED}
RETIRED = {Quartier: AuditAct.QUARTIER_RETIRED, Category: AuditAct.CATEGORY_RETIRED}


@atomic
def add_quartier(person: Person, name: str, *, is_qpv: bool) -> Quartier:
    """Add a quartier of the commune, at the end.

    Raises:
        Forbidden: not the direction.
        Conflict: there is one of this name.
    """
    check_direction(person)
    return _add(person, Quartier(name=name, slug=_slug(name), is_qpv=is_qpv))


@atomic
def add_category(person: Person, name: str) -> Category:
    """Add a category of proposals, at the end. Raises as `add_quartier`."""
    check_direction(person)
    return _add(person, Category(name=name, slug=_slug(name)))


@atomic
def rename(person: Person, row: Row, name: str, *, is_qpv: bool = False) -> None:
    """Call it otherwise; its address stays. `is_qpv` is for a quartier.

    Raises:
        Forbidden: not the direction.
        Invalid: a name without a letter.
        Conflict: there is one of this name.
    """
    check_direction(person)
    lock(row)
    _slug(name)
    before = _facts(row)
    with unique_or(_taken()):
        row.name = name
        if isinstance(row, Quartier):
            row.is_qpv = is_qpv
    if _facts(row) != before:
        note(CHANGED[type(row)], person, row, before=before, after=_facts(row))


@atomic
def retire(person: Person, row: Row) -> None:
    """Offer it no more; what was filed under it stays there.

    Raises:
        Forbidden: not the direction.
        Conflict: it is retired already, or is the last one.
    """
    check_direction(person)
    rows = _all(type(row))
    lock(row)
    if row.retired_on is not None:
        raise Conflict(_("C’est déjà retiré."))
    if not any(other.id != row.id and other.retired_on is None for other in rows):
        raise Conflict(_("Gardez-en au moins un dans la liste."))
    row.retired_on = today()
    note(RETIRED[type(row)], person, row, before={"retired": False}, after={"retired": True})


@atomic
def restore(person: Person, row: Row) -> None:
    """Offer it again.

    Raises:
        Forbidden: not the direction.
        Conflict: it is offered already.
    """
    check_direction(person)
    lock(row)
    if row.retired_on is None:
        raise Conflict(_("C’est déjà dans la liste."))
    row.retired_on = None
    note(RETIRED[type(row)], person, row, before={"retired": True}, after={"retired": False})


@atomic
def move(person: Person, row: Row, *, up: bool) -> None:
    """One place up or down; nothing happens at either end.

    Raises:
        Forbidden: not the direction.
    """
    check_direction(person)
    rows = _all(type(row))
    place = rows.index(row)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows.insert(other, rows.pop(place))
    for position, moved in enumerate(rows):
        moved.position = position
    note(CHANGED[type(row)], person, row, before={"place": place + 1}, after={"place": other + 1})


def _add(person: Person, row: R) -> R:
    kind = type(row)
    row.position = (db.session.scalar(select(func.max(kind.position))) or 0) + 1
    with unique_or(_taken()):
        db.session.add(row)
    note(ADDED[kind], person, row, after=_facts(row))
    return row


def _all(kind: type[Row]) -> list[Row]:
    """Every row in order, held until the end of the act."""
    query = select(kind).order_by(kind.position, kind.name).with_for_update()
    return list(db.session.scalars(query))


def _facts(row: Row) -> dict[str, object]:
    facts: dict[str, object] = {"name": row.name}
    return facts | {"is_qpv": row.is_qpv} if isinstance(row, Quartier) else facts


def _taken() -> Conflict:
    return Conflict(_("Ce nom est déjà dans la liste."), field="name")


def _slug(name: str) -> str:
    slug = slug_of(name)
    if not slug:
        raise Invalid(_("Donnez un nom fait de lettres."), field="name")
    return slug
