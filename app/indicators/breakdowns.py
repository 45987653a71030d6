"""A figure shared out: by age, by sex, by channel, by association."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, String, cast, func, literal, select, union_all
from sqlalchemy.orm import aliased

from app.core.db import db
from app.core.i18n import _, _l
from app.indicators.counting import Definition
from app.indicators.definitions import BY_CODE
from app.indicators.measures import Units, shown
from app.indicators.periods import Period
from app.indicators.privacy import Cell, hide_small
from app.indicators.queries import threshold
from app.indicators.reckoning import same_people
from app.indicators.wording import CHANNELS
from app.ledger.acts import Act
from app.ledger.live import is_live
from app.ledger.models import Entry

SEXES = {"F": _l("Femmes"), "H": _l("Hommes")}
AXES = ("age_band", "sex", "channel", "association_id")
WORDS = {
    "age_band": _l("Par âge"),
    "sex": _l("Femmes et hommes"),
    "channel": _l("Comment"),
    "association_id": _l("Par association"),
}
OF_PEOPLE = ("age_band", "sex")
"""What tells few people apart whatever is counted: memberships, too, are someone's."""


@dataclass(frozen=True)
class Breakdown:
    """A figure shared out one way; someone in two cells of a period counts in both."""

    title: str
    cells: tuple[Cell, ...]


def breakdowns(code: str, period: Period, *, public: bool = True) -> list[Breakdown]:
    """Each way that tells at least two cells apart; one statement and the settings.

    The band, the sex and the channel are those frozen at the act.
    """
    definition = BY_CODE[code]
    smallest = threshold() if public else 0
    same = same_people()
    every = (_by(axis, definition, period, same) for axis in AXES)
    rows = db.session.execute(union_all(*every)).all()
    found = []
    for axis in AXES:
        mine = sorted((row for row in rows if row.axis == axis), key=_order)
        if len(mine) > 1 and any(row.value for row in mine):
            cells = [Cell(_label(axis, row), shown(definition.measure, int(row.n))) for row in mine]
            tells_people = definition.is_people or axis in OF_PEOPLE
            hidden = hide_small(cells, smallest if tells_people else 0)
            found.append(Breakdown(str(WORDS[axis]), hidden))
    return found


def _by(axis: str, definition: Definition, period: Period, same: CTE) -> Any:
    """(axis, value, name, n) of each value met, an association's name as it was listed."""
    measure = definition.measure
    column = getattr(Entry, axis)
    value = cast(column, String)
    name: Any = literal(None, String)
    if axis == "association_id":
        listed = aliased(Entry)
        name = func.max(
            select(listed.subject_label)
            .where(
                listed.act == Act.ASSOCIATION_LISTED.value,
                listed.subject_type == "associations",
                listed.subject_id == column,
            )
            .order_by(listed.id.desc())
            .limit(1)
            .correlate(Entry)
            .scalar_subquery()
        )
    query: Any = select(literal(axis).label("axis"), value.label("value"), name.label("name"))
    if isinstance(measure, Units):
        units = measure.sql(Entry)
        unit: Any = func.coalesce(same.c.same_as, units[0]) if measure.of_people else units[0]
        query = query.add_columns(func.count(unit.distinct()).label("n"))
        if measure.of_people:
            query = query.outerjoin_from(Entry, same, same.c.key == Entry.participation_key)
    else:
        query = query.add_columns(func.coalesce(func.sum(measure.sql(Entry)), 0).label("n"))
    last = func.coalesce(Entry.until, Entry.day) if definition.spans else Entry.day
    return query.where(
        definition.clause(), is_live(), Entry.day <= period.end, last >= period.start
    ).group_by(value, column)


def _order(row: Any) -> tuple[bool, Any]:
    """Bands from the youngest, the rest from the largest; what is not said comes last."""
    if row.axis == "age_band":
        first = (row.value or "").rstrip("+").partition("-")[0]
        return row.value is None, int(first or 0)
    return row.value is None, -row.n


def _label(axis: str, row: Any) -> str:
    if row.value is None:
        return _("Sans association") if axis == "association_id" else _("Non précisé")
    if axis == "age_band":
        return _("%(band)s ans", band=row.value)
    if axis == "association_id":
        return row.name or _("Association n° %(number)s", number=row.value)
    return str({**SEXES, **CHANNELS}.get(row.value, row.value))
