"""Notes become minutes: private points, the seal, who approved, and nothing changes after."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.bodies import minutes_services as services
from app.bodies.minutes_services import fingerprint, items_of, seal
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
    make_seat,
)
from tests.factories import make_body, make_resident
from tests.support import Ledger, Visitor

pytestmark = pytest.mark.usefixtures("app")

SECRET = "Madame Diallo demande une aide."


def test_a_private_point_is_for_members_and_the_seal_holds_for_all(client: Visitor) -> None:
    conseil = make_conseil()
    director, seated = make_director(), make_seat(conseil).resident
    meeting = make_held(conseil, director)
    first, second = items_of(meeting.id)
    services.save_notes(director, first, "Le budget est voté.", 0)
    services.save_notes(director, second, SECRET, 0, is_private=True)
    services.publish_minutes(director, meeting, meeting.edition, approval_note="Par écrit.")
    here = f"/reunions/{meeting.id}"

    public = client.get(f"{here}/compte-rendu").get_data(as_text=True)
    assert "Le budget est voté." in public
    assert SECRET not in public and "La fête" in public
    assert "Ce texte est celui qui a été publié" in public
    assert client.get(f"{here}/compte-rendu-complet.pdf").status_code == 302
    assert SECRET not in client.get("/recherche?q=Diallo").get_data(as_text=True)
    stranger = client.sign_in(make_resident())
    assert stranger.get(f"{here}/compte-rendu-complet.pdf").status_code == 403
    assert SECRET in client.sign_in(seated).get(f"{here}/compte-rendu").get_data(as_text=True)
    # The fingerprint alone says nothing of a short text: it is salted.
    assert fingerprint(second) and second.salt
    with db.session.no_autoflush:
        second.salt = "0" * 32
        assert seal(meeting, [first, second]) != meeting.minutes_sha256
    db.session.rollback()


def test_what_was_said_is_frozen_once_published() -> None:
    director = make_director()
    meeting = make_held(make_body(), director)
    item = items_of(meeting.id)[0]
    services.save_notes(director, item, "Le budget est voté.", 0)
    services.publish_minutes(director, meeting, meeting.edition)

    with pytest.raises(Conflict):
        services.save_notes(director, item, "Autre chose", 1)
    for statement in (
        f"UPDATE agenda_items SET notes = 'x' WHERE id = {item.id}",
        f"UPDATE agenda_items SET is_private = NOT is_private WHERE id = {item.id}",
        f"DELETE FROM agenda_items WHERE id = {item.id}",
        f"UPDATE meetings SET approval_note = 'x' WHERE id = {meeting.id}",
    ):
        with pytest.raises(DatabaseError, match="frozen"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_the_conseil_says_who_approved_its_minutes(client: Visitor, ledger: Ledger) -> None:
    conseil, director = make_conseil(), make_director()
    seats = [make_seat(conseil, director=director).resident for _number in range(3)]
    meeting = make_held(conseil, director, present=seats)
    services.save_notes(director, items_of(meeting.id)[0], "Le budget est voté.", 0)
    empty = make_held(
        conseil, director, present=[make_resident()], starts_at=EVENING + timedelta(days=30)
    )
    later = make_held(conseil, director, present=seats, starts_at=EVENING + timedelta(days=60))
    before = make_held(conseil, director, present=seats, starts_at=EVENING - timedelta(days=30))
    edition = meeting.edition

    with pytest.raises(Invalid, match="Dites à quelle réunion"):
        services.publish_minutes(director, meeting, edition)
    for wrong in (before, empty, make_held(make_body(), director, starts_at=later.starts_at)):
        with pytest.raises(Invalid):
            services.publish_minutes(director, meeting, edition, approved_in=wrong)
    assert ledger.entries(Act.MINUTES_PUBLISHED) == []

    client.sign_in(director)
    answer = client.send(
        f"/reunions/{meeting.id}/compte-rendu/publication",
        {"version": str(edition), "approved_in": str(later.id)},
    )

    assert answer.status_code == 302
    page = client.get(answer.location).get_data(as_text=True)
    assert "Approuvé par les membres à la réunion du" in page
    assert len(ledger.entries(Act.MINUTES_PUBLISHED)) == 1


def test_notes_begin_with_the_meeting_and_are_published_after_it() -> None:
    director, body = make_director(), make_body()
    meeting = make_meeting(body, director)
    item = items_of(meeting.id)[0]

    with at(EVENING - timedelta(hours=1)), pytest.raises(Forbidden):
        services.save_notes(director, item, "Trop tôt", 0)
    with at(EVENING + timedelta(minutes=1)):
        services.save_notes(director, item, "C’est commencé.", 0)
        with pytest.raises(Invalid):
            services.publish_minutes(director, meeting, meeting.edition)
        with pytest.raises(Invalid):
            services.circulate(director, meeting)
