"""A conseil with its seats, made by its own services."""

from app.accounts.models import Resident
from app.bodies.models import Body
from app.mandates.seat_services import Seats, set_seats
from tests.bodies.factories import make_conseil, make_director

HANDS = 6


def make_seated(titulaires: int = 2, suppleants: int = 1) -> tuple[Body, Resident]:
    """A conseil where the collège of residents has so many seats, and its director."""
    body, director = make_conseil(), make_director()
    set_seats(director, body, {"habitants": Seats(titulaires, suppleants)})
    return body, director
