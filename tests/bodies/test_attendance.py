"""Who was there is noted, counted once, and the quorum with it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.bodies import attendance_services
from app.bodies.meeting_queries import people_found
from app.bodies.models import Meeting, MeetingAttendance
from app.bodies.sitting_queries import sitting
from app.core.clock import at
from app.core.db import db
from app.core.errors import Invalid
from tests.bodies.factories import (
    EVENING,
    make_meeting,
    make_member,
    make_referent,
    make_seat,
)
from tests.bodies.sittings import Room
from tests.factories import make_body, make_resident
from tests.support import Statements, Visitor


def states(meeting: Meeting) -> dict[int, str]:
    """Where everyone on the sheet is."""
    return {seat.resident_id: seat.state for seat in sitting(meeting).seats}


def test_the_sheet_lists_members_and_takes_guests_by_name_and_by_card(client: Visitor) -> None:
    body = make_body()
    referent, guest = make_referent(body), make_resident("Zohra", family_name="Kaci")
    member = make_member(body)
    meeting = make_meeting(body, referent)
    client.sign_in(referent)
    url = f"/reunions/{meeting.id}/presences"

    marked = client.send(f"{url}/{member.id}", {"state": "present"})
    found = client.get(f"{url}?q={guest.card_number}").get_data(as_text=True)
    added = client.send(
        f"{url}/carte", {"number": f"{guest.card_number[:4]} {guest.card_number[4:]}"}
    )

    assert (marked.status_code, added.status_code) == (302, 302)
    assert marked.location.endswith(f"/presences#personne-{member.id}")
    assert "Zohra K." in found
    assert "Zohra Kaci" not in found
    assert states(meeting) == {member.id: "present", guest.id: "present"}
    seat = sitting(meeting).line_of(guest.id)
    assert seat is not None
    assert not (seat.is_member or seat.is_voting)


def test_a_card_read_by_a_scanner_gives_its_number_after_an_address(client: Visitor) -> None:
    body = make_body()
    referent, guest = make_referent(body), make_resident()
    meeting = make_meeting(body, referent)
    client.sign_in(referent)
    url = f"/reunions/{meeting.id}/presences/carte"

    wrong = client.send(url, {"number": "00000000"})
    nonsense = client.send(url, {"number": "bonjour"})
    read = client.send(url, {"number": f"https://exemple.fr/connexion?carte={guest.card_number}"})

    assert [wrong.status_code, nonsense.status_code, read.status_code] == [422, 422, 302]
    assert states(meeting) == {guest.id: "present"}


def test_who_a_card_signed_in_is_said_beside_the_box_while_they_are_there(client: Visitor) -> None:
    body = make_body()
    referent, guest = make_referent(body), make_resident("Zohra", family_name="Kaci")
    meeting = make_meeting(body, referent)
    client.sign_in(referent)
    url = f"/reunions/{meeting.id}/presences"

    read = client.send(f"{url}/carte", {"number": guest.card_number})
    said = client.get(read.location).get_data(as_text=True)
    client.send(f"{url}/{guest.id}", {"state": "absent"})
    gone = client.get(read.location).get_data(as_text=True)
    nobody = client.get(f"{url}?vu=bonjour").get_data(as_text=True)

    assert read.location == f"{url}?vu={guest.id}#number"
    assert said.index("Par la carte") < said.index("Zohra K. est là.") < said.index("Quelqu’un")
    assert "est là." not in gone
    assert "est là." not in nobody


def test_a_name_searched_on_a_phone_is_found_where_one_searched(client: Visitor) -> None:
    body = make_body()
    referent = make_referent(body)
    meeting = make_meeting(body, referent)
    client.sign_in(referent)

    page = client.get(f"/reunions/{meeting.id}/presences").get_data(as_text=True)

    assert f'action="/reunions/{meeting.id}/presences#nom"' in page
    assert 'id="nom"' in page


def test_a_tap_is_undone_and_said_twice_changes_nothing(app: object) -> None:
    room = Room()
    one = room.people[0]
    seen = []
    for state in ("present", "present", "absent", "absent", "excused", "present"):
        room.mark(one, state)
        seen.append(states(room.meeting)[one.id])

    assert seen == ["present", "present", "absent", "absent", "excused", "present"]


def test_whoever_comes_late_and_goes_early_keeps_both_hours(app: object) -> None:
    room = Room()
    one = room.people[0]
    with at(EVENING + timedelta(minutes=30)):
        attendance_services.mark(room.director, room.meeting, one, "present")
    with at(EVENING + timedelta(minutes=90)):
        attendance_services.mark(room.director, room.meeting, one, "left")
        attendance_services.mark(room.director, room.meeting, one, "left")

    seat = sitting(room.meeting).line_of(one.id)

    assert seat is not None
    assert seat.present_from == EVENING + timedelta(minutes=30)
    assert seat.left_at == EVENING + timedelta(minutes=90)


def test_nobody_goes_who_has_not_come_nor_on_another_day(app: object) -> None:
    room = Room()
    one, other, *_others = room.people
    room.mark(one, "present")

    with pytest.raises(Invalid):
        room.mark(other, "left")
    with at(EVENING + timedelta(days=1)), pytest.raises(Invalid):
        attendance_services.mark(room.director, room.meeting, one, "left")
    with pytest.raises(Invalid):
        room.mark(one, "en vacances")

    assert states(room.meeting)[one.id] == "present"


def test_a_paper_sheet_entered_later_has_no_hours_and_wipes_nobodys_taps(client: Visitor) -> None:
    room = Room()
    tapped, signed, sorry, _last = room.people
    room.mark(tapped, "present")
    client.sign_in(room.director)
    url = f"/reunions/{room.meeting.id}/presences/feuille"

    with at(EVENING + timedelta(days=1)):
        both = client.send(url, {"present": str(signed.id), "excused": str(signed.id)})
        sent = client.send(url, {"present": str(signed.id), "excused": str(sorry.id)})

    assert (both.status_code, sent.status_code) == (422, 302)
    found = states(room.meeting)
    assert [found[one.id] for one in room.people] == ["present", "present", "excused", "absent"]
    seat = sitting(room.meeting).line_of(signed.id)
    assert seat is not None
    assert seat.present_from is None


def test_the_paper_sheet_takes_nobody_from_nowhere(client: Visitor) -> None:
    body = make_body()
    referent, stranger = make_referent(body), make_resident()
    meeting = make_meeting(body, referent)
    client.sign_in(referent)
    url = f"/reunions/{meeting.id}/presences/feuille"

    unknown = client.send(url, {"present": str(stranger.id)})
    nonsense = client.send(url, {"present": "abc"})

    assert [unknown.status_code, nonsense.status_code] == [422, 422]
    assert db.session.scalars(select(MeetingAttendance)).all() == []


def test_only_who_conducts_notes_who_is_there(client: Visitor) -> None:
    room = Room()
    client.sign_in(room.people[0])
    url = f"/reunions/{room.meeting.id}"

    seen = [
        client.get(f"{url}/presences").status_code,
        client.send(f"{url}/presences/{room.people[0].id}", {"state": "present"}).status_code,
        client.send(f"{url}/presences/carte", {"number": "12345678"}).status_code,
        client.get(f"{url}/feuille-de-presence.pdf").status_code,
    ]

    assert seen == [403, 403, 403, 403]
    assert db.session.scalars(select(MeetingAttendance)).all() == []


def test_the_sheet_is_printed_with_lines_for_guests(client: Visitor) -> None:
    room = Room()
    client.sign_in(room.director)

    answer = client.get(f"/reunions/{room.meeting.id}/feuille-de-presence.pdf")

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


def test_the_page_of_the_table_costs_the_same_for_few_and_for_many(
    client: Visitor, statements: Statements
) -> None:
    room = Room(2)
    client.sign_in(room.director)
    seen = []
    for more in (0, 10):
        for _number in range(more):
            make_seat(room.body, director=room.director)
        client.get(f"/reunions/{room.meeting.id}/presences")
        statements.reset()
        client.get(f"/reunions/{room.meeting.id}/presences")
        seen.append(len(statements))

    assert seen[0] == seen[1]


def test_people_are_found_by_name_whatever_the_accents_and_wildcards(app: object) -> None:
    zoe = make_resident("Zoé", family_name="Lefèvre")

    assert [person.resident_id for person in people_found("lefevre ZOE", full_names=True)] == [
        zoe.id
    ]
    assert people_found("%", full_names=True) == []
    assert people_found("__", full_names=True) == []
    assert people_found("\x00", full_names=True) == []
