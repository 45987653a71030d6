"""Places kept, waiting lists, and hands offered: nobody loses a turn, nobody has one twice."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import family_services
from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.ledger.acts import Act
from app.programme import (
    changes,
    registration_queries,
    registration_services,
    services,
    volunteer_services,
)
from app.programme.forms import filled
from app.programme.models import Action, Session
from app.programme.registration_models import Registration
from app.programme.services import ActionDetails
from tests.at_once import refused_at_once
from tests.factories import make_resident, make_with_role
from tests.programme.factories import HOUR, make_action, make_session, sign
from tests.support import Ledger, Statements, Visitor, told

register = registration_services.register


def to_come(capacity: int | None = 1, days: int = 1, **fields: Any) -> Session:
    """A session of an action that takes registrations, some days ahead."""
    action = make_action(takes_registrations=True, capacity=capacity, **fields)
    return make_session(action, starts_at=now() + days * 24 * HOUR)


def standing(session: Session) -> list[str]:
    return [one.state for one in registration_queries.registered(session.id)]


def make_child(parent: Resident) -> Resident:
    facts: Any = {"nickname": "Léo", "year_of_birth": now().year - 8, "quartier_id": None}
    return family_services.add_child(parent, parent, facts)


@atomic
def resize(team: Resident, action: Action, capacity: int | None) -> None:
    values: dict[str, Any] = {
        **filled(action),
        "capacity": capacity,
        "quartier_id": None,
        "renews_id": None,
    }
    services.edit_action(team, action, ActionDetails(**{**values, "nature": None}))


def test_a_place_is_kept_and_registering_is_not_presence(ledger: Ledger) -> None:
    session, resident = to_come(), make_resident()

    register(resident, session, resident)

    assert standing(session) == ["placed"]
    assert ledger.acts() == []


def test_two_people_for_the_last_place_at_once_one_waits(app: Flask) -> None:
    session_id = to_come().id
    people = [make_resident().id for _ in range(6)]

    def take(person_id: int) -> Callable[[], object]:
        def act() -> None:
            person = db.session.get_one(Resident, person_id)
            register(person, db.session.get_one(Session, session_id), person)

        return act

    wrong = refused_at_once(app, [take(person_id) for person_id in people])

    assert wrong == []
    states = [one.state for one in registration_queries.registered(session_id)]
    assert states == ["placed"] + ["waiting"] * 5


def test_the_same_person_twice_at_once_has_one_place(app: Flask) -> None:
    session_id, person_id = to_come(5).id, make_resident().id

    def take() -> None:
        person = db.session.get_one(Resident, person_id)
        register(person, db.session.get_one(Session, session_id), person)

    wrong = refused_at_once(app, [take, take])

    assert wrong == [Conflict]
    assert [one.state for one in registration_queries.registered(session_id)] == ["placed"]


def test_whoever_waits_longest_gets_the_place_and_is_told(app: Flask) -> None:
    session, people = to_come(), [make_resident() for _ in range(3)]
    for person in people:
        register(person, session, person)

    registration_services.withdraw(people[0], session, people[0])

    rows = registration_queries.registered(session.id)
    assert [(one.resident_id, one.state) for one in rows] == [
        (people[1].id, "placed"),
        (people[2].id, "waiting"),
    ]
    assert "Une place s’est libérée" in told(people[1])[0]
    assert told(people[2]) == []
    addresses = list(db.session.scalars(select(OutboxMail.to)))
    assert addresses == [people[1].email]


def test_a_larger_capacity_lets_those_who_wait_in_by_order(app: Flask) -> None:
    session, people = to_come(), [make_resident() for _ in range(4)]
    for person in people:
        register(person, session, person)

    resize(make_with_role(Role.DESK), session.action, 3)
    fewer = standing(session)
    resize(make_with_role(Role.DESK), session.action, 1)

    assert fewer == ["placed"] * 3 + ["waiting"]
    assert standing(session) == fewer
    assert told(people[3]) == []


def test_a_guardian_registers_their_child_and_is_told_when_a_place_is_free(app: Flask) -> None:
    parent, other = make_resident("Awa"), make_resident()
    child, session = make_child(parent), to_come()
    register(other, session, other)

    register(parent, session, child)
    registration_services.withdraw(other, session, other)

    assert "Léo" in told(parent)[-1]
    assert standing(session) == ["placed"]


def test_nobody_registers_a_stranger_nor_a_child_alone(ledger: Ledger) -> None:
    session, parent = to_come(), make_resident()
    child, stranger = make_child(parent), make_resident()
    alone = make_resident(year_of_birth=now().year - 9)
    desk = make_with_role(Role.DESK)

    for person, whom in ((stranger, parent), (stranger, child), (child, child), (desk, alone)):
        with pytest.raises(Forbidden):
            register(person, session, whom)
        with pytest.raises(Forbidden):
            registration_services.register_everywhere(person, session.action, whom)
    with pytest.raises(Forbidden):
        registration_services.withdraw(stranger, session, parent)

    assert standing(session) == []
    assert ledger.acts() == [Act.RESIDENT_REGISTERED] * len(ledger.acts())


def test_a_stranger_is_not_told_whether_a_child_has_a_parent_here(app: Flask) -> None:
    session, stranger, said = to_come(), make_resident(), set()

    for child in (make_child(make_resident()), make_resident(year_of_birth=now().year - 9)):
        with pytest.raises(Forbidden) as refused:
            register(stranger, session, child)
        said.add(str(refused.value))

    assert said == {"Vous inscrivez vos enfants et les personnes de votre foyer."}


def test_the_desk_registers_whoever_stands_there_and_they_are_told(app: Flask) -> None:
    session, person = to_come(), make_resident()

    register(make_with_role(Role.DESK), session, person)

    assert "Votre place est gardée" in told(person)[0]


def test_a_session_begun_cancelled_or_free_takes_no_registration(app: Flask) -> None:
    person, team = make_resident(), make_with_role(Role.DESK)
    action = make_action(takes_registrations=True)
    begun, cancelled = make_session(action), to_come()
    changes.cancel_session(team, cancelled, "Pluie")
    free = make_session(starts_at=now() + HOUR)

    for session, error in ((begun, Conflict), (cancelled, Conflict), (free, Invalid)):
        with pytest.raises(error):
            register(person, session, person)

    assert db.session.scalars(select(Registration)).all() == []


def test_all_the_dates_in_one_act_and_out_again(app: Flask) -> None:
    person, other, session = make_resident(), make_resident(), to_come()
    action = session.action
    for days in (2, 3):
        make_session(action, starts_at=now() + days * 24 * HOUR)
    register(other, session, other)

    done = registration_services.register_everywhere(person, action, person)
    with pytest.raises(Conflict):
        registration_services.register_everywhere(person, action, person)
    registration_services.withdraw_everywhere(other, action, other)

    assert (done.placed, done.waiting) == (2, 1)
    assert standing(session) == ["placed"]
    assert "Une place s’est libérée" in told(person)[0]


def test_an_event_cancelled_after_sign_ups_is_told_to_all(ledger: Ledger) -> None:
    session, team = to_come(), make_with_role(Role.DESK)
    placed, waiting, hand, parent = (make_resident() for _ in range(4))
    child = make_child(parent)
    register(placed, session, placed)
    register(waiting, session, waiting)
    register(parent, session, child)
    need = volunteer_services.ask_for_hands(team, session.action, "Tenir la buvette", 2)
    volunteer_services.offer(hand, need, session)

    changes.cancel_session(team, session, "Alerte orange")

    for person in (placed, waiting, hand, parent):
        assert told(person)[-1].startswith("Annulé"), person.given_name
        assert told(person)[-1].endswith("Alerte orange"), "the site says why too"
    mails = list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))
    assert {mail.to for mail in mails} >= {placed.email, waiting.email, hand.email}
    assert all("Alerte orange" in mail.text for mail in mails[-4:])
    assert ledger.acts()[-1] == Act.SESSION_CANCELLED


def test_the_rest_of_a_season_is_called_off_with_one_message_each(ledger: Ledger) -> None:
    first, team, person = to_come(9), make_with_role(Role.DESK), make_resident()
    second, third = (
        make_session(first.action, starts_at=now() + days * 24 * HOUR) for days in (2, 3)
    )
    registration_services.register_everywhere(person, first.action, person)

    gone = changes.cancel_rest(team, second, "Travaux")

    assert (gone, first.status, second.status, third.status) == (
        2,
        "planned",
        "cancelled",
        "cancelled",
    )
    assert len(told(person)) == 1
    assert ledger.acts() == [Act.SESSION_CANCELLED] * 2


def test_a_resident_registers_in_a_browser_and_withdraws(app: Flask) -> None:
    session, person = to_come(), make_resident()
    visitor, path = Visitor(app).sign_in(person), f"/seances/{session.id}"
    mine = {"resident_id": str(person.id)}

    page = visitor.get(f"/programme/{session.action_id}")
    done = visitor.send(f"{path}/inscription", mine)
    again = visitor.send(f"{path}/inscription", mine)
    listed = visitor.get("/mes-inscriptions")
    family = visitor.get(f"{path}/inscription")
    out = visitor.send(f"{path}/desinscription", {**mine, "famille": "1", "sur": "1"})

    assert "S’inscrire" in page.text
    assert out.headers["Location"].endswith(f"{path}/inscription")
    assert (done.status_code, again.status_code, out.status_code) == (302, 409, 302)
    assert session.action.title in listed.text
    assert "Place gardée" in family.text
    assert standing(session) == []
    assert visitor.get(f"{path}/inscrits").status_code == 403
    assert Visitor(app).get(f"{path}/inscription").status_code == 302


def test_the_teams_list_costs_the_same_with_many(app: Flask, statements: Statements) -> None:
    session, visitor, counts = to_come(None), Visitor(app).sign_in(make_with_role(Role.DESK)), []
    for number in (1, 12):
        for _number in range(number):
            person = make_resident()
            register(person, session, person)
        statements.reset()
        page = visitor.get(f"/seances/{session.id}/inscrits")
        counts.append(len(statements))

    assert page.status_code == 200
    assert counts[0] == counts[1]


def test_what_is_signed_keeps_a_session_from_being_called_off(ledger: Ledger) -> None:
    session = make_session()
    sign(session)

    with pytest.raises(Conflict):
        changes.cancel_session(make_with_role(Role.DESK), session, "Pluie")

    assert session.status == "planned"
    assert ledger.acts() == []
