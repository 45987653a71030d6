"""Who speaks for whom at a meeting."""

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies import attendance_services, mandate_services, procuration_services
from app.bodies.models import Meeting
from app.bodies.sitting_models import Procuration
from app.bodies.sitting_queries import sitting
from app.centre.services import change_rules
from app.core.clock import at
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.privacy.erasing import erase
from tests.at_once import refused_at_once
from tests.bodies.factories import EVENING, make_seat
from tests.bodies.sittings import LATER, Room
from tests.factories import make_resident
from tests.support import told

BEFORE = EVENING - timedelta(days=2)


def give(room: Room, principal: Resident, holder: Resident, by: Resident | None = None) -> None:
    with at(BEFORE):
        procuration_services.give_procuration(by or principal, room.meeting, principal, holder)


def pairs() -> list[tuple[int, int]]:
    """(principal, holder) of those that hold."""
    held = select(Procuration).where(Procuration.voided_at.is_(None))
    return [(one.principal_id, one.holder_id) for one in db.session.scalars(held)]


def test_a_member_lets_another_speak_for_them_and_both_are_told(app: Flask) -> None:
    room = Room()
    absent, holder, *_others = room.people

    give(room, absent, holder)

    assert pairs() == [(absent.id, holder.id)]
    assert "vous donne procuration" in told(holder)[-1]
    assert "Votre procuration est donnée" in told(absent)[-1]


def test_a_proxy_given_twice_is_refused_kindly(app: Flask) -> None:
    room = Room()
    absent, holder, other, _last = room.people
    give(room, absent, holder)

    with pytest.raises(Conflict, match="Vous avez déjà donné procuration"):
        give(room, absent, other)

    assert pairs() == [(absent.id, holder.id)]


@atomic
def _write_twice(room: Room) -> None:
    absent, holder, other, _last = room.people
    for someone in (holder, other):
        db.session.add(
            Procuration(meeting_id=room.meeting.id, principal_id=absent.id, holder_id=someone.id)
        )


def test_the_database_itself_refuses_a_second_one(app: Flask) -> None:
    room = Room()

    with pytest.raises(Exception, match=r"(?i)conflicts|unique|identity"):
        _write_twice(room)

    assert pairs() == []


def test_a_holder_carries_as_many_as_the_centre_says(app: Flask) -> None:
    room = Room(5)
    holder, first, second, third, _last = room.people
    change_rules(room.director, {"procurations_most": 2})
    give(room, first, holder)
    give(room, second, holder)

    with pytest.raises(Conflict, match="autant de procurations"):
        give(room, third, holder)

    assert len(pairs()) == 2


def test_nobody_carries_any_where_the_centre_says_none(app: Flask) -> None:
    room = Room()
    change_rules(room.director, {"procurations_most": 0})

    with pytest.raises(Forbidden):
        give(room, *room.people[:2])

    assert pairs() == []


def test_one_does_not_give_and_carry(app: Flask) -> None:
    room = Room()
    first, second, third, _last = room.people
    give(room, first, second)

    with pytest.raises(Conflict):
        give(room, second, third)
    with pytest.raises(Conflict):
        give(room, third, first)

    assert pairs() == [(first.id, second.id)]


def test_a_voice_is_lent_by_its_owner_or_noted_by_who_conducts(app: Flask) -> None:
    room = Room()
    absent, holder, other, _last = room.people

    with pytest.raises(Forbidden):
        give(room, absent, holder, by=other)
    give(room, absent, holder, by=room.director)

    assert db.session.scalars(select(Procuration)).one().is_on_paper


def test_only_voices_are_lent(app: Flask) -> None:
    room = Room()
    guest, silent = make_resident(), make_resident()
    make_seat(room.body, silent, director=room.director, is_voting=False)

    with pytest.raises(Forbidden):
        give(room, guest, room.people[0])
    with pytest.raises(Forbidden):
        give(room, silent, room.people[0])
    with pytest.raises(Invalid):
        give(room, room.people[0], guest)
    with pytest.raises(Invalid):
        give(room, room.people[0], room.people[0])

    assert pairs() == []


def test_it_is_taken_back_given_up_or_removed_until_the_meeting_is_closed(app: Flask) -> None:
    room = Room()
    absent, holder, other, _last = room.people
    for who in (absent, holder, room.director):
        give(room, absent, holder)
        procuration_services.take_back_procuration(who, room.meeting, absent)
    give(room, absent, holder)

    with pytest.raises(Forbidden):
        procuration_services.take_back_procuration(other, room.meeting, absent)
    room.come(holder)
    with at(LATER):
        attendance_services.close_meeting(room.director, room.meeting)
    with pytest.raises(Conflict):
        procuration_services.take_back_procuration(absent, room.meeting, absent)

    assert pairs() == [(absent.id, holder.id)]


def test_it_falls_when_its_owner_comes_and_a_tap_undone_gives_it_back(app: Flask) -> None:
    room = Room()
    late, holder, *_others = room.people
    give(room, late, holder)

    said = room.mark(late, "present")
    after = pairs()
    room.mark(late, "absent")

    assert said is not None
    assert holder.display_name in said
    assert after == []
    assert "sa procuration est tombée" in told(holder)[-1]
    assert pairs() == [(late.id, holder.id)]


def test_a_tap_undone_gives_nothing_back_to_hands_that_are_full(app: Flask) -> None:
    room = Room()
    late, holder, other, _last = room.people
    give(room, late, holder)
    room.mark(late, "present")
    give(room, other, holder)

    room.mark(late, "absent")

    assert pairs() == [(other.id, holder.id)]


def test_whoever_leaves_early_may_leave_their_voice(app: Flask) -> None:
    room = Room()
    room.come()
    leaving, holder, *_others = room.people
    with pytest.raises(Conflict, match="Qui est présent"):
        give(room, leaving, holder)
    room.mark(leaving, "left")

    give(room, leaving, holder)

    seats = sitting(room.meeting)
    assert (len(seats.present), len(seats.represented)) == (3, 1)


def test_a_member_who_resigns_in_the_middle_neither_counts_nor_carries(app: Flask) -> None:
    room = Room()
    absent, holder, *others = room.people
    give(room, absent, holder)
    room.come(holder, *others)
    before = sitting(room.meeting)

    with at(LATER):
        mandate_services.end_seat(holder, room.seats[1], cause="resigned")
    after = sitting(room.meeting)

    assert (len(before.present), len(before.represented), len(before.voters)) == (3, 1, 4)
    assert (len(after.present), len(after.represented), len(after.voters)) == (2, 0, 3)


def test_whoever_lent_their_voice_to_someone_erased_since_learns_it(app: Flask) -> None:
    room = Room()
    absent, holder, *_others = room.people
    give(room, absent, holder)

    with at(BEFORE):
        atomic(erase)(holder, keeps_writings=True)

    assert "ne tient plus" in told(absent)[-1]
    assert pairs() == []


def test_many_giving_at_once_never_fill_a_hand_beyond_the_rule(app: Flask) -> None:
    room = Room(7)
    meeting_id, holder_id = room.meeting.id, room.people[0].id
    ids = [person.id for person in room.people[1:]]

    def give_mine(principal_id: int) -> None:
        principal = db.session.get_one(Resident, principal_id)
        holder = db.session.get_one(Resident, holder_id)
        with at(BEFORE):
            procuration_services.give_procuration(
                principal, db.session.get_one(Meeting, meeting_id), principal, holder
            )

    assert refused_at_once(app, [partial(give_mine, one) for one in ids]) == [Conflict] * 5

    assert len(pairs()) == 1
