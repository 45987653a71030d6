"""Who worked with whom: sessions held together, drawn on a circle around the centre."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import cos, hypot, pi, sin
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.core.clock import PARIS
from app.core.db import db
from app.partners.models import Partner, SessionPartner
from app.programme.models import Session

MOST_DRAWN = 24
"""Beyond, a circle is a blot: the table names the others."""
SIZE, RADIUS, CLEAR = 400, 165, 55
"""Of the drawing, in its own units; nothing but the centre stands within the last."""
WIDEST = 9.0


@dataclass(frozen=True)
class Node:
    """A partner of the network: `number` is what the drawing shows, `x` and `y` where it stands."""

    number: int
    name: str
    slug: str
    sessions: int
    with_others: Sequence[tuple[str, int]]
    x: float
    y: float
    is_drawn: bool


@dataclass(frozen=True)
class Line:
    """Two that worked together, or one with the centre: the wider, the more sessions."""

    path: str
    width: float
    with_centre: bool


@dataclass(frozen=True)
class Network:
    """Partners by how many sessions they were at, and the lines of the drawing."""

    nodes: Sequence[Node]
    lines: Sequence[Line]
    pairs: int


def network(since: date, until: date) -> Network:
    """Sessions held in a period, both days in it; two statements, however many they are."""
    mine, other = aliased(SessionPartner), aliased(SessionPartner)
    alone = db.session.execute(
        _held(
            select(Partner.id, Partner.name, Partner.slug, func.count(Session.id).label("held"))
            .join(mine, mine.partner_id == Partner.id)
            .join(Session, Session.id == mine.session_id),
            since,
            until,
        )
        .group_by(Partner.id, Partner.name, Partner.slug, Partner.folded_name)
        .order_by(func.count(Session.id).desc(), Partner.folded_name)
    ).all()
    together = db.session.execute(
        _held(
            select(mine.partner_id, other.partner_id, func.count(Session.id))
            .join(other, other.session_id == mine.session_id)
            .join(Session, Session.id == mine.session_id)
            .where(mine.partner_id < other.partner_id),
            since,
            until,
        ).group_by(mine.partner_id, other.partner_id)
    ).all()
    names = {row.id: row.name for row in alone}
    others: dict[int, Counter[str]] = {row.id: Counter() for row in alone}
    for one, two, number in together:
        others[one][names[two]] += number
        others[two][names[one]] += number
    drawn = min(len(alone), MOST_DRAWN)
    nodes, places = [], {}
    for rank, row in enumerate(alone):
        x, y = place(rank, drawn)
        if rank < drawn:
            places[row.id] = (x, y)
        met = sorted(others[row.id].items(), key=lambda item: (-item[1], item[0]))
        nodes.append(Node(rank + 1, row.name, row.slug, row.held, met, x, y, rank < drawn))
    return Network(nodes, _lines(alone[:drawn], together, places), len(together))


def place(rank: int, drawn: int) -> tuple[float, float]:
    """Where a node stands on the circle, from noon, clockwise; the same each time."""
    angle = 2 * pi * rank / max(drawn, 1) - pi / 2
    middle = SIZE / 2
    return round(middle + RADIUS * cos(angle), 1), round(middle + RADIUS * sin(angle), 1)


def _lines(
    alone: Sequence[Any], together: Sequence[Any], places: Mapping[int, tuple[float, float]]
) -> list[Line]:
    most = max([row.held for row in alone] + [number for _one, _two, number in together] + [1])
    centre = (SIZE / 2, SIZE / 2)
    between = [
        Line(curve(places[one], places[two]), _width(number, most), False)
        for one, two, number in together
        if one in places and two in places
    ]
    to_centre = [
        Line(_straight(centre, places[row.id]), _width(row.held, most), True) for row in alone
    ]
    return [*to_centre, *between]


def curve(one: tuple[float, float], two: tuple[float, float]) -> str:
    """A line between two of the circle, that goes round the centre instead of behind it."""
    middle = SIZE / 2
    x, y = (one[0] + two[0]) / 2, (one[1] + two[1]) / 2
    if hypot(x - middle, y - middle) > CLEAR:
        return _straight(one, two)
    # A quadratic curve passes half way to its control point: twice as far keeps it clear.
    long = hypot(two[0] - one[0], two[1] - one[1])
    aside = (-(two[1] - one[1]) / long, (two[0] - one[0]) / long)
    x, y = x + 2 * CLEAR * aside[0], y + 2 * CLEAR * aside[1]
    return f"M{one[0]} {one[1]}Q{x:.1f} {y:.1f} {two[0]} {two[1]}"


def _straight(one: tuple[float, float], two: tuple[float, float]) -> str:
    return f"M{one[0]} {one[1]}L{two[0]} {two[1]}"


def _width(number: int, most: int) -> float:
    return round(1.5 + (WIDEST - 1.5) * (number - 1) / max(most - 1, 1), 1)


def _held(query: Select[*tuple[Any, ...]], since: date, until: date) -> Select[*tuple[Any, ...]]:
    return query.where(
        Session.status == "held",
        Session.starts_at >= _midnight(since),
        Session.starts_at < _midnight(until + timedelta(days=1)),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS).astimezone(UTC)
