"""A meeting closes once, with who was there: the ledger and the quorum follow."""

import re
from datetime import timedelta
from typing import Any

import pytest

from app.bodies import attendance_services
from app.bodies.models import Body
from app.core.clock import at
from app.core.errors import Conflict, Forbidden, Invalid
from app.ledger.acts import Act
from tests.bodies.factories import (
    EVENING,
    make_conseil,
    make_director,
    make_held,
    make_meeting,
    make_referent,
    make_seat,
)
from tests.factories import make_body, make_resident
from tests.support import Ledger, Visitor


@pytest.mark.parametrize(
    ("closed_at", "planned", "offered"),
    [
        (timedelta(minutes=20), timedelta(hours=2), "2026-03-12T18:50"),
        (timedelta(hours=15), timedelta(hours=2), "2026-03-12T20:30"),
        (timedelta(minutes=20), None, ""),
    ],
)
def test_a_meeting_that_ends_early_is_not_offered_an_end_to_come(
    client: Visitor, closed_at: timedelta, planned: timedelta | None, offered: str
) -> None:
    director = make_director()
    meeting = make_meeting(make_body(), director, ends_at=EVENING + planned if planned else None)
    client.sign_in(director)

    with at(EVENING + closed_at):
        page = client.get(f"/reunions/{meeting.id}/cloture").get_data(as_text=True)

    (box,) = re.findall(r'<input[^>]*name="ended_at"[^>]*>', page)
    assert f'value="{offered}"' in box


def test_a_meeting_is_not_closed_before_it_starts(ledger: Ledger) -> None:
    director, body = make_director(), make_body()
    meeting = make_meeting(body, director)

    with at(EVENING - timedelta(minutes=1)):
        attendance_services.add_attendee(director, meeting, make_resident())
        with pytest.raises(Forbidden):
            attendance_services.close_meeting(director, meeting)

    assert ledger.acts() == [Act.MEETING_CONVENED]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-03-12T19:30", "Cette heure n’est pas encore passée : il est 19 h."),
        ("2026-03-19T18:40", "Cette heure n’est pas encore passée"),
        ("2026-03-12T18:10", "La réunion a commencé jeudi 12 mars, 18 h 30 : la fin vient après."),
        ("2026-03-12T18:30", "la fin vient après."),
    ],
)
def test_an_end_to_come_or_before_the_start_is_refused_beside_what_was_typed(
    client: Visitor, ledger: Ledger, typed: str, said: str
) -> None:
    director = make_director()
    meeting = make_meeting(make_body(), director)
    client.sign_in(director)

    with at(EVENING + timedelta(minutes=30)):
        attendance_services.add_attendee(director, meeting, make_resident())
        answer = client.send(f"/reunions/{meeting.id}/cloture", {"ended_at": typed})

    assert answer.status_code == 422
    page = answer.text.replace("\u00a0", " ").replace("\u202f", " ")
    (box,) = re.findall(r'<input[^>]*name="ended_at"[^>]*>', page)
    assert f'value="{typed}"' in box
    assert 'aria-invalid="true"' in box
    assert said in page
    assert meeting.status == "planned"
    assert ledger.acts() == [Act.MEETING_CONVENED]


def test_a_meeting_closed_days_later_may_not_have_lasted_days(ledger: Ledger) -> None:
    director = make_director()
    meeting = make_meeting(make_body(), director)

    with at(EVENING + timedelta(days=3)):
        attendance_services.add_attendee(director, meeting, make_resident())
        with pytest.raises(Invalid, match="24 heures"):
            attendance_services.close_meeting(director, meeting, EVENING + timedelta(days=2))

    assert ledger.acts() == [Act.MEETING_CONVENED]


def test_a_meeting_closed_early_without_its_hour_has_lasted_until_then(ledger: Ledger) -> None:
    director = make_director()
    meeting = make_meeting(make_body(), director, ends_at=EVENING + timedelta(hours=2))

    with at(EVENING + timedelta(minutes=40)):
        attendance_services.add_attendee(director, meeting, make_resident())
        attendance_services.close_meeting(director, meeting)

    assert meeting.ends_at == EVENING + timedelta(minutes=40)
    (held,) = ledger.entries(Act.MEETING_HELD)
    assert held.minutes == 40


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
