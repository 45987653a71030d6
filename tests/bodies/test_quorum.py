"""Are there enough to decide, who is missing, and what is done when too few come."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.bodies import attendance_services, procuration_services, reconvening
from app.bodies.deliberation_services import Hands, count_hands, put
from app.bodies.meeting_queries import agenda
from app.bodies.models import AgendaItem, Meeting
from app.bodies.sitting_queries import Quorum, sitting
from app.centre.services import change_rules
from app.core.clock import at
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.mail import OutboxMail
from app.ledger.acts import Act
from tests.at_once import refused_at_once
from tests.bodies.factories import EVENING, make_held, make_referent, make_seat
from tests.bodies.sittings import LATER, Room
from tests.factories import make_body, make_proposal, make_resident
from tests.support import Ledger, Visitor

AGAIN = EVENING + timedelta(days=7)


def quorum_of(room: Room) -> Quorum:
    found = sitting(room.meeting).quorum
    assert found is not None
    return found


def lend(room: Room, principal: int, holder: int) -> None:
    one, other = room.people[principal], room.people[holder]
    with at(EVENING - timedelta(days=1)):
        procuration_services.give_procuration(one, room.meeting, one, other)


def test_the_quorum_follows_those_who_come_and_go(app: Flask) -> None:
    room = Room(7)
    seen = []
    for number, state in ((0, "present"), (1, "present"), (2, "present"), (1, "left")):
        room.mark(room.people[number], state)
        seen.append((quorum_of(room).there, quorum_of(room).missing, quorum_of(room).is_met))

    assert seen == [(1, 2, False), (2, 1, False), (3, 0, True), (2, 1, False)]


def test_it_says_who_could_still_come(app: Flask) -> None:
    room = Room(4)
    room.come(room.people[0])
    room.mark(room.people[1], "excused")

    assert quorum_of(room).awaited == (
        room.people[2].display_name,
        room.people[3].display_name,
    )


@pytest.mark.parametrize(("counts", "there"), [(False, 2), (True, 3)])
def test_whoever_is_spoken_for_counts_where_the_centre_says_so(
    app: Flask, counts: bool, there: int
) -> None:
    room = Room(7)
    change_rules(room.director, {"quorum_represented": counts})
    lend(room, 0, 1)
    room.come(room.people[1], room.people[2])
    live = quorum_of(room)
    with at(LATER):
        attendance_services.close_meeting(room.director, room.meeting)

    assert (live.there, live.is_met) == (there, counts)
    assert (room.meeting.quorum_needed, room.meeting.quorum_present) == (3, there)
    assert room.meeting.quorum_represented == int(counts)
    assert room.meeting.has_quorum is counts


def test_whoever_came_and_left_counts_at_the_end(app: Flask) -> None:
    room = Room(4)
    room.come(*room.people[:2])
    room.mark(room.people[0], "left")

    with at(LATER):
        attendance_services.close_meeting(room.director, room.meeting)

    assert (room.meeting.quorum_present, room.meeting.has_quorum) == (2, True)


def test_one_resident_of_the_conseil_has_to_be_there(app: Flask) -> None:
    room = Room(2)
    partner = make_resident()
    make_seat(room.body, partner, director=room.director, college="partenaires")
    room.come(partner)
    before = quorum_of(room)
    room.come(room.people[0])

    assert (before.missing, before.is_met) == (0, False)
    assert quorum_of(room).is_met


def test_a_comite_asks_for_no_quorum(app: Flask) -> None:
    body = make_body()
    meeting = make_held(body, make_referent(body))

    assert sitting(meeting).quorum is None
    assert meeting.quorum_needed is None


def too_few() -> Room:
    """One of seven came; the first point brings a proposal."""
    room = Room(7)
    _bring(room.item, make_proposal().id)
    room.come(room.people[0])
    return room


@atomic
def _bring(item: AgendaItem, proposal_id: int) -> None:
    item.proposal_id = proposal_id


def test_without_a_quorum_members_are_called_again_and_decide_however_few_come(
    ledger: Ledger,
) -> None:
    room = too_few()
    with at(LATER):
        second = reconvening.reconvene(room.director, room.meeting, AGAIN)
    first = room.meeting

    assert (room.meeting.status, room.meeting.has_quorum) == ("held", False)
    mail = db.session.scalars(select(OutboxMail.text).order_by(OutboxMail.id.desc())).first()
    assert "décide quel que soit le nombre" in (mail or "")
    assert ledger.acts().count(Act.MEETING_HELD_WITHOUT_QUORUM) == 1
    assert second.title == "Réunion de printemps (deuxième convocation)"
    points = [[(row.title, row.proposal_id) for row in agenda(one.id)] for one in (second, first)]
    assert points[0] == points[1]
    (after,), (before,) = reconvening.kin_of(room.meeting.id), reconvening.kin_of(second.id)
    assert (after.id, after.is_second, after.any_number) == (second.id, True, True)
    assert (before.id, before.is_second) == (room.meeting.id, False)
    room.meeting = second
    with at(AGAIN + timedelta(minutes=10)):
        attendance_services.mark(room.director, second, room.people[0], "present")
        assert quorum_of(room).is_met
        made = put(room.director, room.item, question="Des bancs ?", way="hands")
        count_hands(room.director, made, Hands(1, 0))
        attendance_services.close_meeting(room.director, second)
    assert second.has_quorum is True


def test_the_second_meeting_needs_its_quorum_too_where_the_centre_says_so(app: Flask) -> None:
    room = too_few()
    change_rules(room.director, {"reconvened_any_number": False})

    with at(LATER):
        room.meeting = reconvening.reconvene(room.director, room.meeting, AGAIN)

    assert quorum_of(room).needed == 3


def test_a_meeting_with_its_quorum_or_nobody_or_not_begun_is_not_called_again(app: Flask) -> None:
    full = Room(2)
    full.come()
    with at(LATER), pytest.raises(Conflict, match="Le quorum est atteint"):
        reconvening.reconvene(full.director, full.meeting, AGAIN)
    full.mark(full.people[0], "absent")
    full.mark(full.people[1], "absent")
    with at(LATER), pytest.raises(Invalid, match="qui était présent"):
        reconvening.reconvene(full.director, full.meeting, AGAIN)
    with at(EVENING - timedelta(hours=1)), pytest.raises(Forbidden):
        reconvening.reconvene(full.director, full.meeting, AGAIN)
    with at(LATER), pytest.raises(Forbidden):
        reconvening.reconvene(full.people[0], full.meeting, AGAIN)

    assert db.session.scalars(select(Meeting)).all() == [full.meeting]
    assert full.meeting.status == "planned"


def test_two_hands_call_it_again_once(app: Flask) -> None:
    room = too_few()
    meeting_id, director_id = room.meeting.id, room.director.id

    def call() -> None:
        by = db.session.get_one(type(room.director), director_id)
        with at(LATER):
            reconvening.reconvene(by, db.session.get_one(Meeting, meeting_id), AGAIN)

    assert refused_at_once(app, [call] * 6) == [Conflict] * 5

    assert len(db.session.scalars(select(Meeting)).all()) == 2


def test_it_is_called_again_from_its_page_and_both_lead_to_each_other(client: Visitor) -> None:
    room = too_few()
    client.sign_in(room.director)
    first = f"/reunions/{room.meeting.id}"
    with at(LATER):
        day = client.get(f"{first}/seance").get_data(as_text=True)
        asked = client.get(f"{first}/deuxieme-convocation").get_data(as_text=True)
        sent = client.send(f"{first}/deuxieme-convocation", {"starts_at": "2026-03-19T18:30"})
        old = client.get(first).get_data(as_text=True)
        new = client.get(sent.location).get_data(as_text=True)
        again = client.get(f"{first}/deuxieme-convocation").get_data(as_text=True)

    assert "Il manque 2 membres votants, sur les 3 qu’il faut." in day
    assert 'value="2026-03-19T18:30"' in asked
    assert sent.status_code == 302
    assert f'href="{sent.location}"' in old
    assert f'href="{first}"' in new
    assert "quel que soit le nombre" in new
    assert "déjà été convoquée" in again


def test_a_member_lends_their_voice_from_their_own_phone(client: Visitor) -> None:
    room = Room()
    me, other, *_others = room.people
    client.sign_in(me)
    url = f"/reunions/{room.meeting.id}/procuration"
    with at(EVENING - timedelta(days=1)):
        nobody = client.send(url, {"holder": "0"})
        given = client.send(url, {"holder": str(other.id)})
        page = client.get(url).get_data(as_text=True)
        back = client.send(f"{url}/{me.id}/reprendre")
        after = client.get(url).get_data(as_text=True)

    assert [nobody.status_code, given.status_code, back.status_code] == [422, 302, 302]
    assert f"{other.display_name} parlera à votre place" in page
    assert "Donner procuration" in after


def test_who_conducts_notes_one_that_came_on_paper(client: Visitor) -> None:
    room = Room()
    absent, holder, *_others = room.people
    client.sign_in(room.director)
    url = f"/reunions/{room.meeting.id}"
    with at(LATER):
        noted = client.send(f"{url}/presences/{absent.id}/procuration", {"holder": str(holder.id)})
        sheet = client.get(f"{url}/presences").get_data(as_text=True)
        removed = client.send(f"{url}/procuration/{absent.id}/reprendre")

    assert noted.location == f"{url}/presences#personne-{absent.id}"
    assert f"Procuration à {holder.display_name}" in sheet
    assert removed.location == f"{url}/presences#personne-{absent.id}"
