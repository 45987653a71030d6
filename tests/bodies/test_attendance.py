"""Who was there is noted, counted once, and the quorum with it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.bodies import attendance_services
from app.bodies.meeting_queries import people_found, sign_in_sheet
from app.bodies.models import Body, MeetingAttendance
from app.core.clock import at
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.ledger.acts import Act
from tests.bodies.factories import (
    EVENING,
    make_conseil,
    make_director,
    make_held,
    make_meeting,
    make_member,
    make_referent,
    make_seat,
)
from tests.factories import make_body, make_resident
from tests.support import Ledger, Visitor


def test_the_sheet_lists_members_and_takes_guests_by_card(client: Visitor) -> None:
    body = make_body()
    referent, guest = make_referent(body), make_resident("Zohra", family_name="Kaci")
    member = make_member(body)
    meeting = make_meeting(body, referent)
    client.sign_in(referent)
    url = f"/reunions/{meeting.id}/presences"

    marked = client.send(url, {"present": str(member.id)})
    found = client.get(f"{url}?q={guest.card_number}").get_data(as_text=True)
    added = client.send(f"{url}/{guest.id}")

    assert (marked.status_code, added.status_code) == (302, 302)
    assert "Zohra K." in found
    assert "Zohra Kaci" not in found
    lines = {line.resident_id: line for line in sign_in_sheet(meeting, full_names=False)}
    assert lines[member.id].status == lines[guest.id].status == "present"
    assert not lines[guest.id].is_member


def test_nobody_is_both_present_and_excused_nor_comes_from_nowhere(client: Visitor) -> None:
    body = make_body()
    referent, stranger = make_referent(body), make_resident()
    member = make_member(body)
    meeting = make_meeting(body, referent)
    client.sign_in(referent)
    url = f"/reunions/{meeting.id}/presences"

    both = client.send(url, {"present": str(member.id), "excused": str(member.id)})
    unknown = client.send(url, {"present": str(stranger.id)})
    nonsense = client.send(url, {"present": "abc"})

    assert [both.status_code, unknown.status_code, nonsense.status_code] == [422, 422, 422]
    assert db.session.scalars(select(MeetingAttendance)).all() == []


def test_people_are_found_by_name_whatever_the_accents_and_wildcards(app: object) -> None:
    zoe = make_resident("Zoé", family_name="Lefèvre")

    assert [person.resident_id for person in people_found("lefevre ZOE", full_names=True)] == [
        zoe.id
    ]
    assert people_found("%", full_names=True) == []
    assert people_found("__", full_names=True) == []
    assert people_found("\x00", full_names=True) == []


def test_a_meeting_is_not_closed_before_it_starts(ledger: Ledger) -> None:
    director, body = make_director(), make_body()
    meeting = make_meeting(body, director)

    with at(EVENING - timedelta(minutes=1)):
        attendance_services.add_attendee(director, meeting, make_resident())
        with pytest.raises(Forbidden):
            attendance_services.close_meeting(director, meeting)

    assert ledger.acts() == [Act.MEETING_CONVENED]


def test_an_empty_meeting_is_not_closed(ledger: Ledger) -> None:
    director, body = make_director(), make_body()
    meeting = make_meeting(body, director)

    with at(EVENING + timedelta(hours=1)), pytest.raises(Invalid):
        attendance_services.close_meeting(director, meeting)

    assert meeting.status == "planned"
    assert ledger.acts() == [Act.MEETING_CONVENED]


def test_closing_enters_the_meeting_and_each_presence_in_the_ledger(ledger: Ledger) -> None:
    body = make_body()
    referent, first, second = make_referent(body), make_resident(sex="F"), make_resident()

    meeting = make_held(body, referent, present=[first, second])

    (held,) = ledger.entries(Act.MEETING_HELD)
    assert (held.minutes, held.body_id, held.body_kind) == (120, body.id, "comite")
    assert held.happened_at == EVENING
    attended = ledger.entries(Act.MEETING_ATTENDED)
    assert {entry.participation_key for entry in attended} == {
        first.participation_key,
        second.participation_key,
    }
    assert {entry.entered_by_key for entry in attended} == {referent.participation_key}
    assert (meeting.status, meeting.has_quorum) == ("held", None)


def test_closing_twice_counts_once(ledger: Ledger) -> None:
    director, body = make_director(), make_body()
    meeting = make_held(body, director)

    with at(EVENING + timedelta(hours=3)), pytest.raises(Conflict):
        attendance_services.close_meeting(director, meeting)

    assert len(ledger.entries(Act.MEETING_HELD)) == 1


def _conseil_of(voting: int) -> tuple[Body, list[Any]]:
    body, director = make_conseil(), make_director()
    people = [make_resident() for _number in range(voting)]
    for person in people:
        make_seat(body, person, director=director)
    make_seat(body, director=director, is_voting=False)
    return body, people


@pytest.mark.parametrize(("present", "reached"), [(3, False), (4, True)])
def test_the_conseil_needs_a_third_of_its_voting_members_rounded_up(
    ledger: Ledger, present: int, reached: bool
) -> None:
    body, people = _conseil_of(10)
    guest = make_resident()

    meeting = make_held(body, present=[*people[:present], guest])

    assert (meeting.quorum_needed, meeting.quorum_present) == (4, present)
    assert meeting.has_quorum is reached
    act = Act.MEETING_HELD if reached else Act.MEETING_HELD_WITHOUT_QUORUM
    assert len(ledger.entries(act)) == 1
    assert len(ledger.entries(Act.MEETING_ATTENDED)) == present + 1
