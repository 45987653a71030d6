"""Calls for candidates, those who stand, draws and their lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.db import db
from app.core.moderated import SHOWN
from app.core.pagination import Page, paginate
from app.mandates.drawing import Drawn, called, draw, rank
from app.mandates.models import Call, Candidacy, Draw, DrawAnswer, DrawEntry
from app.voting.models import Poll


@dataclass(frozen=True)
class CallRow:
    """A call, in a list. `candidates`: those who stand and whose words show."""

    id: int
    college: str
    seats: int
    closes_at: datetime
    candidates: int


@dataclass(frozen=True)
class Standing:
    """Someone who stands, as everyone reads them."""

    id: int
    resident_id: int
    name: str
    text: str
    note: str | None


@dataclass(frozen=True)
class Line:
    """A line of a draw's list: who has that number, their rank once drawn, and their answer."""

    number: int
    name: str
    stratum: str
    digest: str
    place: int
    is_called: bool
    answer: str | None


@dataclass(frozen=True)
class DrawPage:
    """A draw as its page shows it: its list in the order of the draw once it is done."""

    id: int
    call_id: int
    college: str
    seats: int
    strata: str
    commitment: str
    committed_at: datetime
    seed: str | None
    drawn_at: datetime | None
    lines: tuple[Line, ...]


def calls(body_id: int, number: int) -> Page[CallRow]:
    """Calls, the last opened first; two statements."""
    standing = (
        select(func.count(Candidacy.id))
        .where(
            Candidacy.call_id == Call.id,
            Candidacy.withdrawn_at.is_(None),
            Candidacy.visibility == SHOWN,
        )
        .scalar_subquery()
    )
    page = paginate(
        select(Call.id, Call.college, Call.seats, Call.closes_at, standing)
        .where(Call.body_id == body_id)
        .order_by(Call.opened_at.desc(), Call.id.desc()),
        number,
    )
    return Page([CallRow(*row) for row in page.items], page.number, page.size, page.total)


def candidates(call_id: int) -> list[Standing]:
    """Who stands, in the order they did; one statement."""
    rows = db.session.execute(
        select(
            Candidacy.id,
            Candidacy.resident_id,
            Resident.display_name,
            Candidacy.text,
            Candidacy.moderation_note,
        )
        .join(Resident, Resident.id == Candidacy.resident_id)
        .where(
            Candidacy.call_id == call_id,
            Candidacy.withdrawn_at.is_(None),
            Candidacy.visibility == SHOWN,
        )
        .order_by(Candidacy.stood_at, Candidacy.id)
    )
    return [Standing(*row) for row in rows]


def own_candidacy(call_id: int, resident_id: int) -> Candidacy | None:
    """One's own, unless withdrawn."""
    return db.session.scalar(
        select(Candidacy).where(
            Candidacy.call_id == call_id,
            Candidacy.resident_id == resident_id,
            Candidacy.withdrawn_at.is_(None),
        )
    )


def outcome(call: Call) -> tuple[Poll | None, int | None]:
    """The vote that came of a call, and the number of its draw; one statement each."""
    poll = db.session.get(Poll, call.poll_id) if call.poll_id else None
    return poll, db.session.scalar(select(Draw.id).where(Draw.call_id == call.id))


def draw_page(made: Draw) -> DrawPage:
    """A draw with its list; two statements."""
    rows = db.session.execute(
        select(DrawEntry.number, DrawEntry.stratum, Resident.display_name)
        .outerjoin(Resident, Resident.id == DrawEntry.resident_id)
        .where(DrawEntry.draw_id == made.id)
        .order_by(DrawEntry.number)
    ).all()
    said = {
        number: answer
        for number, answer in db.session.execute(
            select(DrawAnswer.number, DrawAnswer.answer)
            .where(DrawAnswer.draw_id == made.id)
            .order_by(DrawAnswer.place)
        )
    }
    names = {row.number: row.display_name or "" for row in rows}
    strata = {row.number: row.stratum for row in rows}
    drawn = draw(made.seed, strata, made.seats) if made.seed else None
    return DrawPage(
        id=made.id,
        call_id=made.call_id,
        college=made.call.college,
        seats=made.seats,
        strata=made.strata,
        commitment=made.commitment or "",
        committed_at=made.committed_at,
        seed=made.seed,
        drawn_at=made.drawn_at,
        lines=tuple(_lines(made.seed, drawn, names, strata, said)),
    )


def _lines(
    seed: str | None,
    drawn: Drawn | None,
    names: dict[int, str],
    strata: dict[int, str],
    said: dict[int, str],
) -> list[Line]:
    order: Sequence[int] = tuple(names)
    now: Sequence[int] = ()
    if drawn is not None:
        order = (*drawn.chosen, *drawn.waiting)
        now = called(drawn, [number for number, one in said.items() if one == "refused"])
    return [
        Line(
            number,
            names[number],
            strata[number],
            rank(seed, number) if seed else "",
            place,
            number in now,
            said.get(number),
        )
        for place, number in enumerate(order, start=1)
    ]
