"""The path of residents: from coming, to contributing, to a role, to a seat."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, extract, func, or_, select

from app.core.db import db
from app.core.i18n import _l
from app.indicators.privacy import is_small
from app.indicators.queries import threshold
from app.indicators.reckoning import same_people
from app.ledger.acts import Act, Standing
from app.ledger.live import is_live
from app.ledger.models import Entry

CAME = (Act.SESSION_ATTENDED, Act.MEETING_ATTENDED)
CONTRIBUTED = (Act.PROPOSAL_ADMITTED, Act.COMMENT_POSTED, Act.POLL_PARTICIPATED)
STAGES = (
    _l("Sont venus"),
    _l("Ont contribué"),
    _l("Ont tenu un rôle"),
    _l("Ont siégé"),
)


@dataclass(frozen=True)
class Cohort:
    """Those who first came in a year, and how many have gone further since.

    `reached`: people who came, contributed, held a role, held a seat; None under the threshold.
    """

    year: int
    reached: tuple[int | None, ...]

    @property
    def shares(self) -> tuple[int | None, ...]:
        """The same in hundredths of those who came."""
        first = self.reached[0]
        return tuple(
            None if first is None or number is None else round(100 * number / first)
            for number in self.reached
        )


def cohorts(most: int = 6) -> list[Cohort]:
    """The latest years first; one statement and the settings.

    Residents of the commune alone. Small numbers are hidden from everyone: a path tells a lot.
    """
    same = same_people()
    key = func.coalesce(same.c.same_as, Entry.participation_key)

    def ever(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.max(case((or_(*conditions), 1), else_=0))

    def one_of(acts: tuple[Act, ...]) -> ColumnElement[bool]:
        return Entry.act.in_([act.value for act in acts])

    volunteered = (Entry.act == Act.SESSION_ATTENDED.value) & (Entry.role == "volunteer")
    took_a_role = Entry.act == Act.PROJECT_ROLE_TAKEN.value
    sat = Entry.act == Act.MANDATE_STARTED.value
    everything = (*CAME, *CONTRIBUTED, Act.PROJECT_ROLE_TAKEN, Act.MANDATE_STARTED)
    people = (
        select(
            extract("year", func.min(case((one_of(CAME), Entry.day)))).label("year"),
            ever(one_of(CONTRIBUTED)).label("contributed"),
            ever(volunteered, took_a_role).label("role"),
            ever(sat).label("seat"),
        )
        .outerjoin_from(Entry, same, same.c.key == Entry.participation_key)
        .where(
            is_live(),
            one_of(everything),
            Entry.participation_key.is_not(None),
            Entry.standing == Standing.HABITANT.value,
        )
        .group_by(key)
        .subquery()
    )
    rows = db.session.execute(
        select(
            people.c.year,
            func.count().label("came"),
            func.sum(people.c.contributed),
            func.sum(people.c.role),
            func.sum(people.c.seat),
        )
        .where(people.c.year.is_not(None))
        .group_by(people.c.year)
        .order_by(people.c.year.desc())
        .limit(most)
    )
    smallest = threshold()
    return [
        Cohort(int(year), tuple(None if is_small(n, smallest) else int(n) for n in numbers))
        for year, *numbers in rows
    ]
