"""The public board: what was decided in every instance, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, func, select

from app.bodies.decision_models import Decision
from app.bodies.labels import FINISHED, OUTCOMES
from app.bodies.models import Body, Meeting
from app.bodies.queries import DecisionLine, decision_columns, decision_line
from app.core.clock import today
from app.core.db import db
from app.core.i18n import _
from app.core.mail import address_of
from app.core.pagination import Page
from app.core.search import subject_ids

A_PAGE = 20
MOST_PRINTED = 500
BATCH = 200


@dataclass(frozen=True)
class DecisionFilter:
    """What the reader asked to see; None and no words ask for everything."""

    body_id: int | None = None
    year: int | None = None
    outcome: str | None = None
    late: bool = False
    words: str = ""


@dataclass(frozen=True)
class Board:
    """A page of decisions; how many of each outcome, and late, under the other filters."""

    page: Page[DecisionLine]
    counts: dict[str, int]
    late: int

    @property
    def total(self) -> int:
        """Every decision, whatever became of it."""
        return sum(self.counts.values())


def board(number: int, wanted: DecisionFilter, size: int = A_PAGE) -> Board:
    """Decisions of every instance, the newest first; two statements.

    One counts, by outcome and lateness, so that none has to count the page's list again. A page
    past the end is a 404, unless it is the first.
    """
    # In the order of `ix_decisions_board`, so that SQLite counts as it reads.
    groups = db.session.execute(
        select(Decision.outcome, func.count(), func.count().filter(Decision.due_on < today()))
        .where(*_under(wanted))
        .group_by(Decision.outcome)
    ).all()
    counts = dict.fromkeys(OUTCOMES, 0) | {outcome: several for outcome, several, _past in groups}
    late = {outcome: past for outcome, _several, past in groups if outcome not in FINISHED}
    listed = late if wanted.late else counts
    total = listed.get(wanted.outcome, 0) if wanted.outcome else sum(listed.values())
    rows = db.session.execute(
        select(*decision_columns())
        .join(Body, Body.id == Decision.body_id)
        .where(*_under(wanted), *_shown(wanted))
        .order_by(Decision.year.desc(), Decision.rank.desc())
        .limit(size)
        .offset((number - 1) * size)
    ).all()
    if not rows and number > 1:
        abort(404)
    page = Page([decision_line(row) for row in rows], number, size, total)
    return Board(page, counts, sum(late.values()))


def decision_years() -> list[int]:
    """Years that have decisions, the newest first."""
    return list(db.session.scalars(select(Decision.year).distinct().order_by(Decision.year.desc())))


def board_rows(wanted: DecisionFilter) -> Iterator[tuple[object, ...]]:
    """The board as a table, its heads first, the newest first; read as it leaves."""
    yield (
        _("Numéro"),
        _("Date"),
        _("Instance"),
        _("Décision"),
        _("Ce qu’il faut en savoir"),
        _("Suite donnée"),
        _("Raison du refus"),
        _("Responsable"),
        _("Échéance"),
        _("Jours de retard"),
        _("Réunion"),
        _("Proposition n°"),
        _("Page"),
    )
    more = (Decision.text, Decision.reason, Meeting.title, Decision.proposal_id)
    columns = decision_columns()
    query = (
        select(*columns, *more)
        .join(Body, Body.id == Decision.body_id)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(*_under(wanted), *_shown(wanted))
        .order_by(Decision.year.desc(), Decision.rank.desc())
    )
    for row in db.session.execute(query.execution_options(yield_per=BATCH)):
        line = decision_line(row[: len(columns)])
        text, reason, meeting, proposal_id = row[len(columns) :]
        yield (
            line.number,
            line.decided_on.isoformat(),
            line.body_name,
            line.title,
            text,
            OUTCOMES[line.outcome],
            reason,
            line.owner,
            line.due_on.isoformat() if line.due_on else "",
            line.days_late or "",
            meeting,
            proposal_id or "",
            address_of("bodies.decision", number=line.number),
        )


def _is_late() -> ColumnElement[bool]:
    return (Decision.due_on < today()) & Decision.outcome.not_in(FINISHED)


def _under(wanted: DecisionFilter) -> list[ColumnElement[bool]]:
    """Instance, year and words: what the counts by outcome are counted under."""
    found: list[ColumnElement[bool]] = []
    if wanted.body_id is not None:
        found.append(Decision.body_id == wanted.body_id)
    if wanted.year is not None:
        found.append(Decision.year == wanted.year)
    ids = subject_ids("decisions", wanted.words) if wanted.words else None
    if ids is not None:
        found.append(Decision.id.in_(ids))
    return found


def _shown(wanted: DecisionFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.outcome is not None:
        found.append(Decision.outcome == wanted.outcome)
    if wanted.late:
        found.append(_is_late())
    return found
