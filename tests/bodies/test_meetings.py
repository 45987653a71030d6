"""Meetings are convened, prepared and cancelled."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app.bodies import meeting_services
from app.bodies.meeting_forms import agenda_lines
from app.bodies.minutes_services import items_of
from app.bodies.models import Meeting
from app.bodies.queries import next_meetings
from app.core.clock import now
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.mail import OutboxMail
from app.ledger.acts import Act
from app.notifications.models import Notification
from tests.bodies.factories import (
    EVENING,
    make_conseil,
    make_director,
    make_held,
    make_meeting,
    make_member,
    make_referent,
)
from tests.factories import make_body, make_resident
from tests.support import Ledger, Statements, Visitor

FORM = {
    "title": "Réunion de rentrée",
    "starts_at": "2090-03-12T18:30",
    "ends_at": "2090-03-12T20:30",
    "place": "Grande salle",
    "is_open": "y",
    "agenda": "Le budget\n\n  La   fête \n",
}


def test_the_referent_convenes_and_the_members_are_told(ledger: Ledger) -> None:
    body = make_body()
    member = make_member(body)

    meeting = make_meeting(body, make_referent(body))

    (entry,) = ledger.entries(Act.MEETING_CONVENED)
    assert (entry.subject_id, entry.body_id) == (meeting.id, body.id)
    told = db.session.scalars(select(Notification)).one()
    assert (told.resident_id, told.url) == (member.id, f"/reunions/{meeting.id}")
    mail = db.session.scalars(select(OutboxMail)).one()
    assert "18\u00a0h\u00a030" in mail.text
    assert "2. La fête" in mail.text
    assert "Délai court" not in mail.text


def test_a_short_notice_is_allowed_and_said(client: Visitor) -> None:
    body = make_body()
    make_member(body)

    meeting = make_meeting(body, convened_at=EVENING - timedelta(days=4))

    mail = db.session.scalars(select(OutboxMail)).one()
    assert "Délai court" in mail.text
    assert "Délai court" in client.get(f"/reunions/{meeting.id}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("starts_at", {"starts_at": EVENING - timedelta(days=40)}),
        ("ends_at", {"ends_at": EVENING - timedelta(hours=1)}),
        ("ends_at", {"ends_at": EVENING + timedelta(days=2)}),
        ("agenda", {"agenda": []}),
        ("agenda", {"agenda": [f"Point {number}" for number in range(51)]}),
        ("agenda", {"agenda": ["x" * 201]}),
        ("agenda", {"agenda": ["Le budget", "Le budget"]}),
    ],
)
def test_an_impossible_meeting_is_refused(
    ledger: Ledger, field: str, changed: dict[str, Any]
) -> None:
    body = make_body()
    director = make_director()

    with pytest.raises(Invalid) as refusal:
        make_meeting(body, director, convened_at=EVENING - timedelta(days=21), **changed)

    assert refusal.value.field == field
    assert ledger.acts() == []
    assert db.session.scalars(select(Meeting)).all() == []


@pytest.mark.parametrize("kind", ["resident", "other_referent", "referent_for_conseil"])
def test_who_does_not_manage_the_instance_convenes_nothing(ledger: Ledger, kind: str) -> None:
    body = make_conseil() if kind == "referent_for_conseil" else make_body()
    person = make_resident() if kind == "resident" else make_referent(make_body())

    with pytest.raises(Forbidden):
        make_meeting(body, person)

    assert ledger.acts() == []


def test_the_form_takes_hours_of_paris_and_one_item_a_line(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    client.sign_in(make_referent(body))

    answer = client.send("/reunions/nouvelle/comite-famille", FORM)

    assert answer.status_code == 302
    page = client.get(answer.location).get_data(as_text=True)
    assert "18\u00a0h\u00a030" in page
    assert "<li>La fête" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": "demain"},
        {"starts_at": "0012-03-12T18:30"},
        {"starts_at": "2020-03-12T18:30", "ends_at": ""},
        {"ends_at": "2090-03-12T10:00"},
        {"agenda": "x" * 201},
        {"agenda": "\n".join(str(number) for number in range(51))},
        {"agenda": "   \n "},
        {"title": ""},
    ],
)
def test_a_wrong_form_keeps_what_was_typed(client: Visitor, wrong: dict[str, str]) -> None:
    body = make_body(name="Comité famille")
    client.sign_in(make_referent(body))

    answer = client.send("/reunions/nouvelle/comite-famille", {**FORM, **wrong})

    assert answer.status_code == 422
    assert 'value="Grande salle"' in answer.get_data(as_text=True)
    assert db.session.scalars(select(Meeting)).all() == []


def test_all_that_is_wrong_in_a_meeting_is_said_at_once_in_the_order_of_the_page(
    client: Visitor, ledger: Ledger
) -> None:
    make_body(name="Comité famille")
    client.sign_in(make_director())

    page = client.send(
        "/reunions/nouvelle/comite-famille",
        {
            "title": "",
            "starts_at": "2020-03-12T18:30",
            "ends_at": "2020-03-12T10:00",
            "place": "",
            "online_url": "notre visio",
            "agenda": "Le budget\nLe budget",
        },
    ).get_data(as_text=True)

    summary = page[page.index("error-summary") : page.index("<form", page.index("error-summary"))]
    told = [
        "Titre",
        "Choisissez une date à venir.",
        "La fin doit venir après le début",
        "Lieu",
        "Copiez le lien entier.",
        "Le même point est écrit deux fois.",
    ]
    assert "6 points sont à revoir" in summary
    assert [summary.index(words) for words in told] == sorted(
        summary.index(words) for words in told
    )
    assert ledger.acts() == []


def test_a_script_in_the_agenda_is_text(client: Visitor) -> None:
    meeting = make_meeting(make_body(), agenda=["<script>alert(1)</script>"])

    page = client.get(f"/reunions/{meeting.id}").get_data(as_text=True)

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_agenda_changes_until_the_meeting_is_held(app: object) -> None:
    director, body = make_director(), make_body()
    meeting = make_meeting(body, director)

    meeting_services.change_agenda(director, meeting, ["La fête", "Les bancs"])

    assert [item.title for item in meeting.items] == ["La fête", "Les bancs"]
    held = make_held(body, director, title="Une autre")
    with pytest.raises(Forbidden):
        meeting_services.change_agenda(director, held, ["Autre chose"])


def test_cancelling_needs_a_reason_and_tells_the_members(client: Visitor, ledger: Ledger) -> None:
    body = make_body()
    referent = make_referent(body)
    make_member(body)
    meeting = make_meeting(body, referent)
    client.sign_in(referent)

    refused = client.send(f"/reunions/{meeting.id}/annuler", {"reason": "  "})
    answer = client.send(f"/reunions/{meeting.id}/annuler", {"reason": "La salle est inondée."})

    assert (refused.status_code, answer.status_code) == (422, 302)
    assert len(ledger.entries(Act.MEETING_CANCELLED)) == 1
    assert db.session.scalars(select(Notification.text).order_by(Notification.id.desc())).first()
    assert "inondée" in client.get(f"/reunions/{meeting.id}").get_data(as_text=True)
    with pytest.raises(Conflict):
        meeting_services.cancel_meeting(referent, meeting, "Encore")


def test_the_front_page_reads_the_next_meetings_in_one_statement(
    app: object, statements: Statements
) -> None:
    body = make_body(name="Comité famille")
    director = make_director()
    for days in (3, 1, 2):
        make_meeting(body, director, starts_at=now() + timedelta(days=days), convened_at=now())
    statements.reset()

    found = next_meetings(2)

    assert len(statements) == 1
    assert [line.agenda for line in found] == [("Le budget", "La fête")] * 2
    assert found[0].starts_at < found[1].starts_at
    assert found[0].body_name == "Comité famille"


def test_blank_lines_are_no_items() -> None:
    assert agenda_lines(" a \r\n\r\n b  c\n") == ["a", "b c"]


def test_the_database_refuses_a_meeting_that_ends_before_it_starts(app: object) -> None:
    body = make_body()
    db.session.add(
        Meeting(
            body_id=body.id,
            title="x",
            starts_at=EVENING,
            ends_at=EVENING - timedelta(hours=1),
            place="x",
        )
    )

    with pytest.raises(DatabaseError):
        db.session.flush()

    db.session.rollback()


def test_a_point_says_its_time_and_has_its_documents(client: Visitor) -> None:
    body, other = make_body(), make_referent(make_body(name="Une autre"))
    referent = make_referent(body)
    agenda = ["Le budget (20 min)", "La fête (1 h)", "Le jardin (45 min)"]
    meeting = make_meeting(body, referent, agenda=agenda)
    item = items_of(meeting.id)[0]
    url = f"/reunions/points/{item.id}/documents"

    def budget() -> dict[str, object]:
        return {"title": "Le budget 2026", "file": (io.BytesIO(b"%PDF-1.7 budget"), "b.pdf")}

    assert client.sign_in(other).send(url, budget()).status_code == 403
    client.sign_in(referent)
    assert client.send(url, {"title": "Sans fichier"}).status_code == 422
    assert client.send(url, budget()).status_code == 302
    page = Visitor(client.application).get(f"/reunions/{meeting.id}").get_data(as_text=True)

    assert "Le budget 2026" in page and "Durée prévue" in page and "1\xa0h\xa005" in page
    assert "Joindre un document" not in page
    meeting_services.change_agenda(referent, meeting, agenda[1:])
    assert "Le budget 2026" not in client.get(f"/reunions/{meeting.id}").get_data(as_text=True)
    kept = client.get(f"/comites/{body.slug}/documents").get_data(as_text=True)
    assert "Le budget 2026" in kept, "dropped with its point, a document would be lost"
