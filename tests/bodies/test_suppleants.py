"""A suppléant votes in the place of a titulaire who is not there, and beside nobody."""

from datetime import timedelta

import pytest

from app.bodies import attendance_services
from app.bodies.sitting_queries import sitting
from app.core.clock import at
from app.core.errors import Forbidden, Invalid
from tests.bodies.factories import make_seat
from tests.bodies.sittings import LATER, Room
from tests.bodies.test_procurations import give, pairs
from tests.factories import make_resident

pytestmark = pytest.mark.usefixtures("app")


def voices(room: Room) -> tuple[list[int], int, int]:
    """Who votes in the room, how many are spoken for, how many voices there are in all."""
    seats = sitting(room.meeting)
    here = [seat.resident_id for seat in seats.present]
    return here, len(seats.represented), len(seats.voters)


def test_a_suppleant_sits_in_the_place_of_whoever_is_missing_in_their_college() -> None:
    room = Room(voices=3)
    second, other = make_resident("Suppléante"), make_resident("Partenaire")
    make_seat(room.body, second, director=room.director, is_titulaire=False)
    make_seat(room.body, other, director=room.director, is_titulaire=False, college="partenaires")
    first, missing, last = room.people

    room.come(first, missing, last, second, other)
    assert voices(room) == ([first.id, missing.id, last.id], 0, 3)

    room.mark(missing, "excused")
    assert voices(room) == ([first.id, last.id, second.id], 0, 3)

    room.mark(missing, "present")
    assert voices(room) == ([first.id, missing.id, last.id], 0, 3)


def test_the_first_suppleant_to_come_takes_the_place_and_nobody_whose_titulaire_is_spoken_for() -> (
    None
):
    room = Room(voices=3)
    late, early = make_resident("Aline"), make_resident("Zoé")
    for person in (late, early):
        make_seat(room.body, person, director=room.director, is_titulaire=False)
    first, spoken, missing = room.people
    give(room, spoken, first)
    room.come(first, early)
    with at(LATER + timedelta(minutes=5)):
        attendance_services.mark(room.director, room.meeting, late, "present")

    assert voices(room) == ([first.id, early.id], 1, 3)
    assert sitting(room.meeting).is_heard(spoken.id) and not sitting(room.meeting).is_heard(late.id)
    assert not sitting(room.meeting).is_heard(missing.id)


def test_a_suppleant_neither_gives_nor_carries_a_procuration() -> None:
    room = Room(voices=2)
    second = make_resident("Suppléante")
    make_seat(room.body, second, director=room.director, is_titulaire=False)

    with pytest.raises(Forbidden, match="Un suppléant"):
        give(room, second, room.people[0])
    with pytest.raises(Invalid, match="Un suppléant"):
        give(room, room.people[0], second)

    assert pairs() == []
