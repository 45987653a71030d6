"""The programme and the attendance sheets in a browser."""

from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db
from app.core.rights import Role
from app.ledger.acts import Act
from app.programme import attendance, changes
from app.programme.models import Action, Session
from tests.factories import make_quartier, make_resident, make_with_role
from tests.programme.factories import HOUR, make_action, make_session, sign
from tests.support import Ledger, Statements, Visitor

SCRIPT = "<script>alert(1)</script>"
TYPED = {
    "title": "Café des seniors",
    "kind": "activite",
    "lead": "centre",
    "quartier_id": "0",
    "public": "tous",
    "nature": "",
    "renews_id": "0",
}


def team(app: Flask) -> Visitor:
    return Visitor(app).sign_in(make_with_role(Role.DESK))


def test_the_programme_is_filtered_and_keeps_the_past_apart(client: FlaskClient) -> None:
    quartier = make_quartier()
    make_session(starts_at=now() + 24 * HOUR, title="Demain", quartier_id=quartier.id)
    make_session(starts_at=now() - 24 * HOUR, title="Hier", kind="service")

    def titles(query: str) -> list[bool]:
        page = client.get(f"/programme?{query}").text
        return ["Demain" in page, "Hier" in page]

    assert titles("") == [True, False]
    assert titles("quand=passe") == [False, True]
    assert titles(f"quartier={quartier.id}") == [True, False]
    assert titles("type=service") == [False, False]
    assert titles("type=xyz&quartier=999999999999999999999") == [True, False]


def test_the_programme_costs_the_same_with_fifty(
    client: FlaskClient, statements: Statements
) -> None:
    for path, start in (("/programme", now() + HOUR), ("/programme?quand=passe", now() - 9 * HOUR)):
        counts = []
        for number in (1, 49):
            for _number in range(number):
                make_session(starts_at=start)
            statements.reset()
            client.get(path)
            counts.append(len(statements))

        assert counts[0] == counts[1] <= 6


def test_an_action_page_costs_the_same_with_many_sessions(
    client: FlaskClient, statements: Statements
) -> None:
    action, counts = make_action(), []
    for number in range(1, 21):
        make_session(action, starts_at=now() + number * HOUR)
        statements.reset()
        client.get(f"/programme/{action.id}")
        counts.append(len(statements))

    assert counts[0] == counts[-1] <= 8


def test_the_sheet_costs_the_same_with_many_names(app: Flask, statements: Statements) -> None:
    session, visitor, counts = make_session(), team(app), []
    for number in (1, 29):
        for _number in range(number):
            sign(session)
            make_resident()
        statements.reset()
        visitor.get(f"/seances/{session.id}/presences?q=habitant")
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_the_team_makes_an_action_and_holds_it(app: Flask, ledger: Ledger) -> None:
    visitor, resident = team(app), make_resident("Zohra")

    added = visitor.send("/programme/nouvelle", TYPED).headers["Location"]
    start = {"starts_at": "2024-03-06T14:00", "ends_at": "2024-03-06T16:30"}
    visitor.send(added, start)
    session = db.session.scalars(select(Session)).one()
    sheet = f"/seances/{session.id}"
    found = visitor.get(f"{sheet}/presences?q=zohra").text
    person = {"resident_id": str(resident.id), "role": "volunteer"}
    signed = visitor.send(f"{sheet}/presences/ajouter", person)
    again = visitor.send(f"{sheet}/presences/ajouter", person)

    assert session.starts_at == datetime(2024, 3, 6, 13, tzinfo=UTC)
    assert "Zohra" in found
    assert (signed.status_code, again.status_code) == (302, 409)
    typed = {"people": "30", "method": "photo", "counted_by": "Léa"}
    assert visitor.send(f"{sheet}/clore", typed).status_code == 302
    assert visitor.send(f"{sheet}/clore", typed).status_code == 409


def test_closing_in_a_browser_refuses_figures_that_cannot_be(app: Flask, ledger: Ledger) -> None:
    session, visitor = make_session(), team(app)
    path = f"/seances/{session.id}/clore"

    for people in ("-1", "5001", "abc", "1.5", "99999999999999999999"):
        typed = {"people": people, "method": "photo", "counted_by": "Léa"}
        assert visitor.send(path, typed).status_code == 422, people
    assert visitor.send(path, {"people": "12"}).status_code == 422
    assert ledger.acts() == []
    assert visitor.send(path, {"people": ""}).status_code == 302
    assert visitor.send(path, {"people": ""}).status_code == 409
    assert ledger.acts() == [Act.SESSION_HELD]


def test_reopening_in_a_browser_asks_why(app: Flask, ledger: Ledger) -> None:
    session, visitor = make_session(), team(app)
    attendance.close(make_with_role(Role.DESK), session)
    path = f"/seances/{session.id}/rouvrir"

    assert visitor.get(path).status_code == 200
    assert visitor.send(path, {"reason": ""}).status_code == 422
    assert visitor.send(path, {"reason": "Oubli"}).status_code == 302
    assert visitor.send(path, {"reason": "Oubli"}).status_code == 409
    assert len(ledger.entries()) == 2


def test_dates_that_cannot_be_come_back_with_the_form(app: Flask) -> None:
    action, visitor = make_action(), team(app)

    for start, end in (
        ("", ""),
        ("demain", "après"),
        ("2026-02-30T10:00", "2026-02-30T11:00"),
        ("2026-03-04T10:00", "2026-03-04T10:00"),
        ("2026-03-04T10:00", "2026-03-04T09:00"),
        ("0001-01-01T10:00", "0001-01-01T11:00"),
        ("9999-12-31T10:00", "9999-12-31T11:00"),
    ):
        answer = visitor.send(
            f"/programme/{action.id}/seances/nouvelle", {"starts_at": start, "ends_at": end}
        )
        assert answer.status_code == 422, start

    assert db.session.scalar(select(func.count(Session.id))) == 0


def test_an_offsite_action_needs_its_quartier(app: Flask) -> None:
    answer = team(app).send("/programme/nouvelle", {**TYPED, "is_offsite": "y"})

    assert answer.status_code == 422
    assert "dans quel quartier" in answer.text
    assert db.session.scalar(select(func.count(Action.id))) == 0


def test_a_script_in_any_box_is_only_words(app: Flask) -> None:
    visitor = team(app)
    typed = {**TYPED, "title": SCRIPT, "description": SCRIPT, "place": SCRIPT}
    visitor.send("/programme/nouvelle", typed)
    action = db.session.scalars(select(Action)).one()
    held, cancelled = make_session(action), make_session(action, starts_at=now() + HOUR)
    visitor.send(f"/seances/{cancelled.id}/annuler", {"reason": SCRIPT})
    count = {"people": "3", "method": "photo", "counted_by": SCRIPT}
    visitor.send(f"/seances/{held.id}/clore", count)

    for path in (
        "/programme",
        "/programme?quand=passe",
        f"/programme/{action.id}",
        f"/programme/{action.id}/modifier",
        f"/programme/{action.id}/seances/nouvelle",
        f"/seances/{held.id}/presences?q={SCRIPT}",
        f"/seances/{held.id}/rouvrir",
    ):
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        assert SCRIPT not in answer.text, path


def test_doors_are_shut_to_residents(app: Flask, ledger: Ledger) -> None:
    session, visitor = make_session(), Visitor(app).sign_in(make_resident())
    action = f"/programme/{session.action_id}"
    sheet = f"/seances/{session.id}"

    for path in ("/programme/nouvelle", f"{action}/modifier", f"{action}/seances/nouvelle"):
        assert visitor.send(path, TYPED).status_code == 403, path
    for path in ("annuler", "clore", "rouvrir", "presences/ajouter", "presences/1/retirer"):
        assert visitor.send(f"{sheet}/{path}", {"reason": "x"}).status_code == 403, path
    assert visitor.get(f"{sheet}/presences").status_code == 403
    assert Visitor(app).get(f"{sheet}/presences").status_code == 302
    assert ledger.acts() == []


def test_what_does_not_exist_is_not_found(app: Flask) -> None:
    visitor, session = team(app), make_session()

    for path in ("/programme/999", "/seances/999/presences", "/seances/999/clore"):
        assert visitor.get(path).status_code == 404, path
    for path in ("/programme/99999999999999999999", "/programme?page=abc", "/programme?page=99"):
        assert visitor.get(path).status_code == 404, path
    unknown = {"resident_id": "999", "role": "public"}
    assert visitor.send(f"/seances/{session.id}/presences/ajouter", unknown).status_code == 404
    absurd = {"resident_id": "9" * 30, "role": "chef"}
    assert visitor.send(f"/seances/{session.id}/presences/ajouter", absurd).status_code == 422


def test_a_name_taken_off_may_be_put_back(app: Flask) -> None:
    session, visitor = make_session(), team(app)
    resident = sign(session)
    path = f"/seances/{session.id}/presences"

    removed = visitor.send(f"{path}/{resident.id}/retirer")
    typed = {"resident_id": str(resident.id), "role": "public"}
    back = visitor.send(f"{path}/ajouter", typed)

    assert (removed.status_code, back.status_code) == (302, 302)
    assert resident.full_name not in Visitor(app).get(f"/programme/{session.action_id}").text


def test_a_cancelled_session_stays_on_the_programme_with_its_reason(app: Flask) -> None:
    session = make_session(starts_at=now() + HOUR)
    changes.cancel_session(make_with_role(Role.DESK), session, "Alerte orange")

    assert "Annulé" in Visitor(app).get("/programme").text
    assert "Alerte orange" in Visitor(app).get(f"/programme/{session.action_id}").text
