"""Hands wanted and offered: enough, and never twice the same."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.clock import at, now
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.programme import attendance, registration_queries, volunteer_services
from app.programme.models import Session, SessionAttendance
from app.programme.registration_models import VolunteerNeed, VolunteerSignup
from tests.at_once import refused_at_once
from tests.factories import make_resident, make_with_role
from tests.programme.factories import HOUR, make_session
from tests.support import Ledger, Visitor


def to_come() -> Session:
    """A session of tomorrow."""
    return make_session(starts_at=now() + 24 * HOUR)


def test_two_people_for_the_last_task_at_once_one_is_thanked(app: Flask) -> None:
    session, team = to_come(), make_with_role(Role.DESK)
    need_id = volunteer_services.ask_for_hands(team, session.action, "Accueillir", 1).id
    session_id, people = session.id, [make_resident().id for _ in range(4)]

    def take(person_id: int) -> Callable[[], object]:
        return lambda: volunteer_services.offer(
            db.session.get_one(Resident, person_id),
            db.session.get_one(VolunteerNeed, need_id),
            db.session.get_one(Session, session_id),
        )

    wrong = refused_at_once(app, [take(person_id) for person_id in people])

    assert wrong == [Conflict] * 3
    assert len(db.session.scalars(select(VolunteerSignup)).all()) == 1


def test_a_volunteer_signs_in_as_a_volunteer(ledger: Ledger) -> None:
    session, team, hand = to_come(), make_with_role(Role.DESK), make_resident()
    need = volunteer_services.ask_for_hands(team, session.action, "Tenir la buvette", 2)
    volunteer_services.offer(hand, need, session)

    expected = registration_queries.expected(session.id)
    with at(session.starts_at):
        attendance.sign(team, session, hand)

    assert [(one.resident_id, one.role) for one in expected] == [(hand.id, "volunteer")]
    assert registration_queries.expected(session.id) == []
    assert [row.role for row in sign_rows(session)] == ["volunteer"]


def sign_rows(session: Session) -> Any:
    mine = SessionAttendance.session_id == session.id
    return db.session.scalars(select(SessionAttendance).where(mine)).all()


def test_hands_are_refused_where_they_cannot_be(app: Flask) -> None:
    session, team = to_come(), make_with_role(Role.DESK)
    other, child = to_come(), make_resident(year_of_birth=now().year - 10)
    need = volunteer_services.ask_for_hands(team, session.action, "Monter les tables", 3)
    helper = make_resident()
    signup = volunteer_services.offer(helper, need, session)

    with pytest.raises(Forbidden):
        volunteer_services.offer(child, need, session)
    with pytest.raises(Invalid):
        volunteer_services.offer(make_resident(), need, other)
    with pytest.raises(Conflict):
        volunteer_services.offer(helper, need, session)
    with pytest.raises(Conflict):
        volunteer_services.drop_need(team, need)
    with pytest.raises(Forbidden):
        volunteer_services.take_back(make_resident(), signup)
    for wanted in (0, 201):
        with pytest.raises(Invalid):
            volunteer_services.ask_for_hands(team, session.action, "Aider", wanted)
    volunteer_services.take_back(helper, signup)
    volunteer_services.drop_need(team, need)

    assert db.session.scalars(select(VolunteerNeed)).all() == []


def test_hands_are_asked_for_and_offered_in_a_browser(app: Flask) -> None:
    session, helper = to_come(), make_resident()
    team, visitor = (Visitor(app).sign_in(one) for one in (make_with_role(Role.DESK), helper))
    page = f"/programme/{session.action_id}/benevoles"

    typed = {"label": "Tenir la buvette", "wanted": "2", "session_id": str(session.id)}
    asked = team.send(page, typed)
    wrong = team.send(page, {**typed, "wanted": "0"})
    need = db.session.scalars(select(VolunteerNeed)).one()
    offered = visitor.send(f"/seances/{session.id}/aide/{need.id}")
    kept = team.send(f"{page}/{need.id}/retirer")
    shown = visitor.get(f"/programme/{session.action_id}").text
    signup = db.session.scalars(select(VolunteerSignup)).one()
    back = visitor.send(f"/seances/{session.id}/aide/{signup.id}/retirer")

    assert (asked.status_code, wrong.status_code, offered.status_code) == (302, 422, 302)
    assert (kept.status_code, back.status_code) == (409, 302)
    assert "Je ne peux plus" in shown
    assert db.session.scalars(select(VolunteerSignup)).all() == []
