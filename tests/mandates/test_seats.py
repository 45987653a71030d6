"""Each collège has so many seats: filled, never twice, left, and filled again."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies import attendance_services, mandate_services
from app.bodies.models import Body, Mandate
from app.bodies.queries import is_member, member_ids
from app.core.clock import at, now, today
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.mandates import seat_queries, seat_services
from app.mandates.seat_services import Seats
from tests.at_once import refused_at_once
from tests.bodies.factories import EVENING, make_meeting, make_seat
from tests.factories import make_resident, make_with_role
from tests.mandates.factories import HANDS, make_seated
from tests.support import Ledger, Statements, Visitor, audited, told


def test_the_director_says_how_many_seats_there_are_and_the_journal_keeps_it(app: Flask) -> None:
    body, director = make_seated(3, 2)

    seat_services.set_seats(director, body, {"habitants": Seats(4, 2)})
    seat_services.set_seats(director, body, {"habitants": Seats(4, 2)})

    residents = seat_queries.colleges(body.id)[0]
    assert (residents.titulaires, residents.suppleants, residents.vacant) == (4, 2, 4)
    assert audited().count("seats:set") == 2


@pytest.mark.parametrize("seats", [{"rois": Seats(1, 1)}, {"habitants": Seats(61, 0)}])
def test_seats_that_cannot_be_are_refused(app: Flask, seats: dict[str, Any]) -> None:
    body, director = make_seated()

    with pytest.raises(Invalid):
        seat_services.set_seats(director, body, seats)
    with pytest.raises(Forbidden):
        seat_services.set_seats(make_with_role(Role.DESK), body, {"habitants": Seats(9, 9)})

    assert seat_queries.colleges(body.id)[0].titulaires == 2
    assert audited().count("seats:set") == 1


def test_there_are_never_fewer_seats_than_people_on_them(app: Flask) -> None:
    body, director = make_seated(2)
    make_seat(body, director=director)

    with pytest.raises(Conflict):
        seat_services.set_seats(director, body, {"habitants": Seats(0, 1)})

    assert seat_queries.colleges(body.id)[0].titulaires == 2


def test_a_full_college_takes_nobody_more(ledger: Ledger) -> None:
    body, director = make_seated(1, 1)
    make_seat(body, director=director)

    with pytest.raises(Conflict):
        make_seat(body, director=director)
    make_seat(body, director=director, is_titulaire=False)
    make_seat(body, director=director, college="elus")

    assert ledger.acts() == [Act.MANDATE_STARTED] * 3


def test_the_last_seat_given_by_many_hands_at_once_has_one_holder(
    app: Flask, ledger: Ledger
) -> None:
    body, director = make_seated(1)
    ids = [make_resident().id for _one in range(HANDS)]
    body_id, director_id = body.id, director.id

    def give(resident_id: int) -> None:
        mandate_services.give_seat(
            db.session.get_one(Resident, director_id),
            db.session.get_one(Body, body_id),
            db.session.get_one(Resident, resident_id),
            college="habitants",
            starts_on=today(),
        )

    assert refused_at_once(app, [partial(give, one) for one in ids]) == [Conflict] * (HANDS - 1)
    assert ledger.acts() == [Act.MANDATE_STARTED]


def test_a_suppleant_steps_up_once_a_seat_is_free(ledger: Ledger) -> None:
    body, director = make_seated(1, 1)
    first = make_seat(body, director=director)
    second = make_seat(body, director=director, is_titulaire=False, ends_on=date(2999, 1, 1))
    with pytest.raises(Conflict):
        mandate_services.step_up(director, second)

    seat_services.resign(first.resident, first, "Je déménage")
    given = mandate_services.step_up(director, second)

    assert (given.is_titulaire, given.ends_on) == (True, date(2999, 1, 1))
    assert member_ids(body) == [second.resident_id]
    assert second.resident.has_role(Role.CONSEIL, body_id=body.id)
    residents = seat_queries.colleges(body.id)[0]
    assert (residents.vacant, [seat.is_titulaire for seat in residents.held]) == (0, [True])
    assert second.end_cause == "stepped_up"
    assert ledger.acts()[2:] == [Act.MANDATE_ENDED, Act.MANDATE_ENDED, Act.MANDATE_STARTED]


def test_two_suppleants_do_not_take_one_seat(app: Flask, ledger: Ledger) -> None:
    body, director = make_seated(1, HANDS)
    ids = [make_seat(body, director=director, is_titulaire=False).id for _one in range(HANDS)]
    director_id = director.id

    def step_up(mandate_id: int) -> None:
        by = db.session.get_one(Resident, director_id)
        mandate_services.step_up(by, db.session.get_one(Mandate, mandate_id))

    assert refused_at_once(app, [partial(step_up, one) for one in ids]) == [Conflict] * (HANDS - 1)
    assert len(ledger.entries(Act.MANDATE_ENDED)) == 1


def test_someone_leaves_their_own_seat_and_the_direction_is_told(ledger: Ledger) -> None:
    body, director = make_seated()
    mandate = make_seat(body, director=director)
    stranger = make_resident()

    with pytest.raises(Forbidden):
        seat_services.resign(stranger, mandate)
    seat_services.resign(mandate.resident, mandate, "Je déménage")
    with pytest.raises(Conflict):
        seat_services.resign(mandate.resident, mandate)

    assert (mandate.ended_on, mandate.end_cause) == (today(), "resigned")
    assert not mandate.resident.has_role(Role.CONSEIL)
    assert "quitte son siège" in told(director)[-1]
    assert ledger.acts() == [Act.MANDATE_STARTED, Act.MANDATE_ENDED]


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2999, 1, 1)])
def test_a_mandate_ends_between_its_start_and_today(ledger: Ledger, day: date) -> None:
    body, director = make_seated()
    mandate = make_seat(body, director=director)

    with pytest.raises(Invalid):
        mandate_services.end_seat(director, mandate, on=day)

    assert ledger.acts() == [Act.MANDATE_STARTED]


def test_who_resigns_during_a_meeting_was_there_and_votes_no_more(ledger: Ledger) -> None:
    body, director = make_seated(2)
    leaving, staying = make_seat(body, director=director), make_seat(body, director=director)
    meeting = make_meeting(body, director)
    with at(EVENING + timedelta(minutes=40)):
        both = [leaving.resident_id, staying.resident_id]
        attendance_services.take_attendance(director, meeting, present=both, excused=[])
        seat_services.resign(leaving.resident, leaving)

        assert member_ids(body) == [staying.resident_id]
        assert not is_member(body.id, leaving.resident_id)
        attendance_services.close_meeting(director, meeting, now())

    assert (meeting.quorum_needed, meeting.quorum_present) == (1, 1)
    assert len(ledger.entries(Act.MEETING_ATTENDED)) == 2


def test_a_term_ends_by_itself_once_and_frees_the_seat(ledger: Ledger) -> None:
    body, director = make_seated(1)
    start, last = today() - timedelta(days=9), today() - timedelta(days=1)
    with at(now() - timedelta(days=9)):
        mandate = make_seat(body, director=director, starts_on=start, ends_on=last)

    assert [mandate_services.end_terms(), mandate_services.end_terms()] == [1, 0]

    assert (mandate.ended_on, mandate.end_cause) == (today(), "term")
    assert ledger.entries(Act.MANDATE_ENDED)[0].day == today()
    assert not mandate.resident.has_role(Role.CONSEIL)
    make_seat(body, mandate.resident, director=director)


def test_whose_term_is_over_may_sit_again_before_the_job_has_run(ledger: Ledger) -> None:
    body, director = make_seated(1)
    with at(now() - timedelta(days=9)):
        mandate = make_seat(
            body, director=director, starts_on=today(), ends_on=today() + timedelta(days=3)
        )

    again = make_seat(body, mandate.resident, director=director)

    assert again.ended_on is None
    assert ledger.acts() == [Act.MANDATE_STARTED, Act.MANDATE_ENDED, Act.MANDATE_STARTED]


def test_everyone_sees_who_sits_for_whom_and_who_did(client: Visitor) -> None:
    body, director = make_seated(3, 1)
    amina = make_resident("Amina", family_name="Belkacem")
    make_seat(body, amina, director=director, origin="ex_officio")
    gone = make_seat(body, make_resident("Paul", family_name="Roux"), director=director)
    mandate_services.end_seat(director, gone, cause="resigned", reason="Un souci de santé")

    page = client.get("/conseil/sieges").get_data(as_text=True)
    past = client.get("/conseil/sieges/passes").get_data(as_text=True)

    assert "Amina B." in page
    assert "de droit" in page
    assert "2 sièges libres" in page
    assert "Paul" not in page
    assert "Paul R." in past
    assert "Démission" in past
    assert "santé" not in past


def test_the_pages_of_seats_ask_as_little_with_many(
    client: Visitor, statements: Statements
) -> None:
    body, director = make_seated(60, 60)

    def asked(address: str) -> int:
        statements.reset()
        assert client.get(address).status_code == 200
        return len(statements)

    def fill(people: int) -> None:
        for _one in range(people):
            make_seat(body, director=director)
            mandate_services.end_seat(director, make_seat(body, director=director))

    fill(1)
    few = [asked("/conseil/sieges"), asked("/conseil/sieges/passes")]
    fill(21)

    assert [asked("/conseil/sieges"), asked("/conseil/sieges/passes")] == few
    assert asked("/conseil/sieges/passes?page=2") == few[1]


def test_the_director_sets_the_seats_and_fills_them_on_the_pages(client: Visitor) -> None:
    body, director = make_seated(1, 1)
    first = make_seat(body, director=director)
    second = make_seat(body, director=director, is_titulaire=False)
    client.sign_in(director)
    numbers = {f"{key}_{kind}": "2" for key in COLLEGES for kind in ("titulaires", "suppleants")}

    few = client.send("/conseil/sieges/nombre", numbers | {"habitants_titulaires": "0"})
    said = client.send("/conseil/sieges/nombre", numbers)
    up = client.send(f"/conseil/mandats/{second.id}/titulaire")

    assert (few.status_code, said.status_code, up.status_code) == (409, 302, 302)
    page = client.get("/conseil/membres").get_data(as_text=True)
    assert "Au complet" in page
    sitting = select(Mandate.id).where(Mandate.is_titulaire, Mandate.ended_on.is_(None))
    assert len(db.session.scalars(sitting).all()) == 2
    assert client.sign_in(first.resident).get("/conseil/sieges/nombre").status_code == 403


def test_a_member_leaves_on_a_page_that_asks_first(client: Visitor) -> None:
    body, director = make_seated()
    mandate = make_seat(body, director=director)
    client.sign_in(mandate.resident)

    assert "Quitter mon siège" in client.get("/conseil/sieges").get_data(as_text=True)
    assert client.get("/conseil/mon-siege/demission").status_code == 200
    assert client.send("/conseil/mon-siege/demission", {"reason": ""}).status_code == 302

    db.session.expire_all()
    assert mandate.end_cause == "resigned"
    assert client.get("/conseil/mon-siege/demission").status_code == 404


COLLEGES = ("habitants", "associations", "partenaires", "elus", "equipe")
