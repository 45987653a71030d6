"""A conseil with its seats, made by its own services."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from app.accounts.models import Resident
from app.bodies.models import Body
from app.core.db import db
from app.core.errors import Conflict
from app.mandates.seat_services import Seats, set_seats
from tests.bodies.factories import make_conseil, make_director

HANDS = 6


def make_seated(titulaires: int = 2, suppleants: int = 1) -> tuple[Body, Resident]:
    """A conseil where the collège of residents has so many seats, and its director."""
    body, director = make_conseil(), make_director()
    set_seats(director, body, {"habitants": Seats(titulaires, suppleants)})
    return body, director


def refused_at_once(app: Flask, act: Callable[[int], object], hands: int = HANDS) -> int:
    """How many of the acts, started together, were refused as conflicts."""
    together = Barrier(hands)

    def one(number: int) -> int:
        with app.app_context():
            together.wait()
            try:
                act(number)
            except Conflict:
                return 1
            finally:
                db.session.remove()
        return 0

    db.session.remove()
    with ThreadPoolExecutor(hands) as pool:
        return sum(pool.map(one, range(hands)))
