"""How the conseil is made up: seats by collège, someone who left, and those who may follow."""

from sqlalchemy import select

from app.bodies.models import Mandate
from app.core.db import db
from app.demo.people import World
from app.demo.stories import Year
from app.mandates.seat_services import Seats, resign, set_seats

SEATS = {
    "habitants": Seats(7, 3),
    "associations": Seats(2, 1),
    "partenaires": Seats(2, 1),
    "elus": Seats(2, 1),
    "equipe": Seats(2, 1),
}
LEAVES = 4
"""The place, among those who sit, of someone who is none of the known identities."""


def sitting(world: World, year: Year) -> None:
    """Nobody is drawn by lot here: the rest of the year stays as it was."""
    set_seats(world.director, world.bodies["conseil"], SEATS)
    leaving = world.members["conseil"][LEAVES]

    def leave() -> None:
        mine = select(Mandate).where(Mandate.resident_id == leaving.id)
        resign(leaving, db.session.scalars(mine).one(), "Je déménage.")

    year.plan(year.day(40), leave)
