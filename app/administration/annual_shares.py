"""The end of the annual report: people shared out, and the figures that were given out."""

from typing import Any

from app.core.hours import read_fr
from app.core.i18n import _
from app.core.typography import date_fr
from app.indicators.breakdowns import Breakdown, breakdowns
from app.indicators.definitions import BY_CODE
from app.indicators.matrix import INDICATORS
from app.indicators.periods import Period
from app.indicators.yearly import given_out

MOST_LINES = 8
"""Lines of one way of sharing out: the longest are in the workbook."""


def shares(period: Period) -> list[dict[str, Any]]:
    """The indicators that count people, shared out as in public; a statement each."""
    found = []
    for code, indicator in INDICATORS.items():
        if not BY_CODE[code].is_people:
            continue
        ways = [
            _way(one)
            for one in breakdowns(code, period, public=True)
            # A table of hidden numbers tells nothing.
            if not all(cell.hidden or not cell.value for cell in one.cells)
        ]
        if ways:
            found.append({"code": code, "title": indicator.short_title, "ways": ways})
    return found


def _way(one: Breakdown) -> dict[str, Any]:
    lines = [
        [cell.label, _("caché") if cell.hidden else read_fr(cell.value or 0)]
        for cell in one.cells[:MOST_LINES]
    ]
    if len(one.cells) > MOST_LINES:
        lines.append([_("les autres\u00a0: dans le classeur"), ""])
    return {"title": one.title, "lines": lines}


def published(period: Period) -> dict[str, Any] | None:
    """The figures given out for a civil year, and those of today; None where it is not published.

    Figures that are few people now, or were then, are left out.
    """
    if period.year is None:
        return None
    found = given_out(period, public=True)
    if not found:
        return None
    lines = [
        {
            "code": one.code,
            "title": INDICATORS[one.code].short_title,
            "value": read_fr(one.value),
            "now": read_fr(one.now),
            "same": one.value == one.now,
        }
        for one in found
        if one.value is not None and one.now is not None
    ]
    return {"on": _("Publiés le %(day)s.", day=date_fr(found[0].on)), "lines": lines}
