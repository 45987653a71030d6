"""Minutes are drafted by several hands, published once, and frozen."""

import hashlib
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.bodies import minutes_services as services
from app.bodies.models import Meeting
from app.core.clock import at
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.core.search import SearchDocument
from app.ledger.acts import Act
from app.notifications.models import Notification
from tests.bodies.factories import (
    EVENING,
    make_conseil,
    make_director,
    make_held,
    make_many_minutes,
    make_meeting,
    make_member,
    make_minutes,
    make_referent,
    make_seat,
)
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor


def test_minutes_are_numbered_sealed_told_and_found(ledger: Ledger) -> None:
    body = make_body()
    member = make_member(body)

    first = make_minutes(body, text="Le **jardin** avance.")
    second = make_minutes(body, starts_at=EVENING + timedelta(days=30))

    assert (first.minutes_number, second.minutes_number) == ("2026-01", "2026-02")
    assert first.minutes_sha256 == services.seal(first, services.items_of(first.id))
    assert len(first.minutes_sha256 or "") == hashlib.sha256().digest_size * 2
    assert len(ledger.entries(Act.MINUTES_PUBLISHED)) == 2
    told = db.session.scalars(select(Notification.url).where(Notification.resident_id == member.id))
    assert f"/reunions/{first.id}/compte-rendu" in told
    found = db.session.scalars(select(SearchDocument.url).filter_by(kind="meetings"))
    assert f"/reunions/{first.id}/compte-rendu" in found


def test_the_first_minutes_make_the_instance_exist_once(ledger: Ledger) -> None:
    body = make_body()

    make_minutes(body)
    make_minutes(body, starts_at=EVENING + timedelta(days=30))

    (entry,) = ledger.entries(Act.BODY_FIRST_MET)
    assert (entry.subject_type, entry.subject_id, entry.happened_at) == ("bodies", body.id, EVENING)


def test_a_stale_save_loses_neither_text(client: Visitor) -> None:
    body = make_body()
    referent = make_referent(body)
    meeting = make_held(body, referent)
    client.sign_in(referent)
    url = f"/reunions/{meeting.id}/compte-rendu/brouillon"
    client.send(url, {"text": "Texte de Samir", "version": "0"})

    stale = client.send(url, {"text": "Texte de Zohra", "version": "0"})

    page = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "Texte de Samir" in page
    assert "Texte de Zohra" in page
    db.session.refresh(meeting)
    assert (meeting.minutes, meeting.minutes_version) == ("Texte de Samir", 1)
    assert 'name="version" value="1"' in page


def test_a_preview_saves_nothing_and_runs_no_script(client: Visitor) -> None:
    body = make_body()
    referent = make_referent(body)
    meeting = make_held(body, referent)
    client.sign_in(referent)

    answer = client.send(
        f"/reunions/{meeting.id}/compte-rendu/brouillon",
        {"text": "<script>alert(1)</script> **bancs**", "version": "0", "action": "preview"},
    )

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<strong>bancs</strong>" in page
    assert "<script>alert" not in page
    db.session.refresh(meeting)
    assert (meeting.minutes, meeting.minutes_status) == ("", "none")


def test_a_preview_shows_what_is_typed_under_each_point(client: Visitor) -> None:
    meeting = make_held(make_body(), make_director())
    first = services.items_of(meeting.id)[0]
    client.sign_in(make_director())

    page = client.send(
        f"/reunions/{meeting.id}/compte-rendu/brouillon",
        {
            f"point{first.id}-text": "Deux <i>devis</i>, **un banc**",
            f"point{first.id}-is_private": "y",
            f"point{first.id}-version": "0",
            "text": "",
            "version": "0",
            "action": "preview",
        },
    ).get_data(as_text=True)

    preview = page[page.index("Il n’est pas encore enregistré") : page.index("data-once")]
    assert "<h3>Le budget</h3>" in preview
    assert "Réservé aux membres" in preview
    assert "Deux &lt;i&gt;devis&lt;/i&gt;, <strong>un banc</strong>" in preview
    assert "La fête" not in preview
    db.session.refresh(first)
    assert (first.notes, first.notes_version) == ("", 0)


@pytest.mark.parametrize("fields", [{"version": "x"}, {}, {"version": "-1"}])
def test_a_save_without_its_version_is_refused(client: Visitor, fields: dict[str, str]) -> None:
    body = make_body()
    meeting = make_held(body, make_referent(body))
    client.sign_in(make_director())

    answer = client.send(
        f"/reunions/{meeting.id}/compte-rendu/brouillon", {"text": "Texte", **fields}
    )

    assert answer.status_code == 422
    db.session.refresh(meeting)
    assert meeting.minutes == ""


def test_the_draft_is_for_who_manages_and_for_the_conseil(client: Visitor) -> None:
    body, conseil = make_body(), make_conseil()
    member, seated = make_member(body), make_seat(conseil).resident
    meeting = make_held(body)
    url = f"/reunions/{meeting.id}/compte-rendu/brouillon"

    assert client.get(f"/reunions/{meeting.id}/compte-rendu").status_code == 404
    assert client.get(url).status_code == 302
    assert client.sign_in(member).get(url).status_code == 403
    assert client.sign_in(seated).get(url).status_code == 200
    assert client.send(url, {"text": "Je m’invite", "version": "0"}).status_code == 403
    db.session.refresh(meeting)
    assert meeting.minutes == ""


def test_someone_without_right_publishes_nothing(ledger: Ledger) -> None:
    meeting = make_held(make_body())
    services.save_minutes(make_director(), meeting, "Texte", 0)
    person = make_with_role(Role.DESK)

    with pytest.raises(Forbidden):
        services.publish_minutes(person, meeting, 1)

    assert meeting.minutes_status == "draft"
    assert ledger.entries(Act.MINUTES_PUBLISHED) == []


def test_what_was_read_is_what_is_published(client: Visitor, ledger: Ledger) -> None:
    director = make_director()
    meeting = make_held(make_body(), director)
    services.save_minutes(director, meeting, "Première version", 0)
    services.save_minutes(director, meeting, "Deuxième version", 1)
    client.sign_in(director)

    answer = client.send(f"/reunions/{meeting.id}/compte-rendu/publication", {"version": "1"})

    assert answer.status_code == 409
    assert ledger.entries(Act.MINUTES_PUBLISHED) == []


def test_a_meeting_still_open_or_without_a_word_is_not_published(ledger: Ledger) -> None:
    director, body = make_director(), make_body()
    meeting = make_meeting(body, director)
    held = make_held(body, director, title="Une autre")

    with at(EVENING + timedelta(hours=1)):
        services.save_minutes(director, meeting, "Prise de notes", 0)
        with pytest.raises(Invalid):
            services.publish_minutes(director, meeting, 1)
        with pytest.raises(Invalid):
            services.publish_minutes(director, held, 0)

    assert ledger.entries(Act.MINUTES_PUBLISHED) == []


def test_published_minutes_change_neither_by_service_nor_by_sql(ledger: Ledger) -> None:
    director = make_director()
    meeting = make_minutes(make_body(), director)

    with pytest.raises(Conflict):
        services.save_minutes(director, meeting, "Autre texte", meeting.minutes_version)
    with pytest.raises(DatabaseError, match="frozen"):
        db.session.execute(text("UPDATE meetings SET minutes = 'x'"))

    db.session.rollback()
    assert db.session.scalars(select(Meeting.minutes)).all() == ["Nous avons parlé des bancs."]


def test_the_public_page_names_who_was_at_the_conseil_and_nobody_elsewhere(
    client: FlaskClient,
) -> None:
    zohra = make_resident("Zohra", family_name="Kaci")
    conseil = make_minutes(make_conseil(), present=[zohra])
    comite = make_minutes(make_body(), present=[zohra])

    of_conseil = client.get(f"/reunions/{conseil.id}/compte-rendu").get_data(as_text=True)
    of_comite = client.get(f"/reunions/{comite.id}/compte-rendu").get_data(as_text=True)

    assert "Zohra K." in of_conseil
    assert "Zohra" not in of_comite
    assert "1 personne" in of_comite
    assert conseil.minutes_sha256 is not None
    assert conseil.minutes_sha256[:32] in of_conseil
    assert "Ce texte est celui qui a été publié" in of_conseil


def test_the_minutes_page_stays_true_after_someone_is_erased(client: FlaskClient) -> None:
    person = make_resident()
    meeting = make_minutes(make_conseil(), present=[person, make_resident()])
    db.session.execute(text("DELETE FROM notifications"))
    db.session.execute(text("DELETE FROM outbox"))
    db.session.execute(text("DELETE FROM residents WHERE id = :id"), {"id": person.id})
    db.session.commit()

    page = client.get(f"/reunions/{meeting.id}/compte-rendu").get_data(as_text=True)

    assert "Ce texte est celui qui a été publié" in page


def test_the_minutes_list_filters_and_asks_as_little_with_fifty(
    client: FlaskClient, statements: Statements
) -> None:
    famille = make_body(name="Comité famille")
    make_many_minutes(famille, 1)
    statements.reset()
    client.get("/conseil/comptes-rendus")
    with_one = len(statements)

    make_many_minutes(famille, 50, after=1)
    make_body(name="Comité senior")
    statements.reset()
    page = client.get("/conseil/comptes-rendus").get_data(as_text=True)

    assert len(statements) == with_one <= 6
    assert "51 comptes rendus publiés" in page
    empty = client.get("/conseil/comptes-rendus?instance=comite-senior").get_data(as_text=True)
    assert "Aucun compte rendu ne correspond" in empty
    assert client.get("/conseil/comptes-rendus?annee=2026&page=2").status_code == 200
    assert client.get("/conseil/comptes-rendus?page=abc").status_code == 404
