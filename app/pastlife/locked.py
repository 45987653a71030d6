"""The years whose figures were given out: nothing more is brought in them."""

from datetime import date

from sqlalchemy import select

from app.core.db import db
from app.core.i18n import _
from app.indicators.models import PublishedYear
from app.pastlife.lines import Line


class Locked:
    """The published years; one statement."""

    def __init__(self) -> None:
        self._years = set(db.session.scalars(select(PublishedYear.year)))

    def refuse(self, line: Line, key: str, first: date, last: date | None = None) -> None:
        """Tell it on the line, where a day, or a span of days, falls in one of them."""
        years = range(first.year, (last or first).year + 1)
        published = [str(year) for year in years if year in self._years]
        if published:
            said = _("L’année %(year)s est publiée : on n’y ajoute plus rien.", year=published[0])
            line.refuse(key, said)
