"""Several profiles on one phone: as whom it speaks, and for how long."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import family_services, speaking
from app.accounts import services as accounts
from app.accounts.access_models import ActingAs
from app.accounts.family_models import Guardianship
from app.core.clock import now
from app.core.db import db
from app.core.errors import Forbidden
from app.core.rights import Role
from app.ledger.acts import Act
from tests.accounts.family_support import (
    make_child,
    make_lone_child,
    sign_in_of,
    speaking_for,
)
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor


def test_speaking_for_a_child_writes_the_childs_act_entered_by_the_parent(
    app: Flask, ledger: Ledger
) -> None:
    parent = make_resident()
    child = make_child(parent)
    comite = make_body(theme="enfant", name="Comité enfant")

    phone = speaking_for(app, parent, child)
    phone.send(f"/comites/{comite.slug}/rejoindre")

    [joined] = ledger.entries(Act.BODY_JOINED)
    assert joined.participation_key == child.participation_key
    assert joined.entered_by_key == parent.participation_key


def test_every_page_says_who_speaks_and_one_press_comes_back(app: Flask) -> None:
    parent = make_resident("Amina")
    lina = make_child(parent, "Lina")
    make_child(parent, "Sami", age=6)
    phone = speaking_for(app, parent, lina)

    page = phone.get("/programme").get_data(as_text=True)
    back = phone.send("/moi/famille/revenir")
    after = phone.get("/programme").get_data(as_text=True)

    assert "Vous parlez pour <strong>Lina</strong>" in page
    assert "Revenir à Amina H." in page and "Parler pour Sami" in page
    assert back.status_code == 302
    assert "<strong>Amina H.</strong>" in after and "Vous parlez pour" not in after


def test_from_one_child_straight_to_the_other(app: Flask) -> None:
    parent = make_resident()
    lina, sami = make_child(parent, "Lina"), make_child(parent, "Sami")
    phone = speaking_for(app, parent, lina)

    phone.send(f"/moi/famille/enfants/{sami.id}/parler")

    assert "<strong>Sami</strong>" in phone.get("/moi").get_data(as_text=True)


def test_a_page_costs_no_more_to_someone_without_children(
    app: Flask, client: Visitor, statements: Statements
) -> None:
    client.sign_in(make_resident())
    client.get("/programme")
    statements.reset()
    client.get("/programme")
    alone = len(statements)
    parent = make_resident()
    make_child(parent)
    phone = Visitor(app).sign_in(parent)
    phone.get("/programme")
    statements.reset()
    phone.get("/programme")

    assert len(statements) == alone + 1


@pytest.mark.parametrize("who", ["stranger", "child"])
def test_nobody_else_speaks_for_a_child(app: Flask, who: str) -> None:
    child = make_child()
    someone = make_resident() if who == "stranger" else make_lone_child()
    phone = Visitor(app).sign_in(someone)

    answer = phone.send(f"/moi/famille/enfants/{child.id}/parler")

    assert answer.status_code == 403
    assert sign_in_of(someone).acting_for_id is None


def test_the_desk_does_not_pass_from_a_parent_to_their_child(app: Flask) -> None:
    desk, parent = make_with_role(Role.DESK), make_resident()
    child = make_child(parent)
    Visitor(app).sign_in(desk)
    sign_in = sign_in_of(desk)
    accounts.act_for(sign_in, parent, ActingAs.ASSISTANCE, now().replace(year=now().year + 1))

    with pytest.raises(Forbidden):
        speaking.speak_for(sign_in, child.id)

    assert sign_in.acting_for_id == parent.id


def test_a_link_undone_takes_the_phone_back_to_its_own_profile(app: Flask) -> None:
    desk, parent = make_with_role(Role.DESK), make_resident("Amina")
    child = make_child(parent)
    phone = speaking_for(app, parent, child)
    [link] = db.session.scalars(select(Guardianship))

    family_services.end_link(desk, link, "Jugement")

    assert "Bonjour Amina" in phone.get("/moi").get_data(as_text=True)


def test_a_form_opened_before_changing_profile_does_not_go_through(app: Flask) -> None:
    parent = make_resident()
    child = make_child(parent)
    phone = Visitor(app).sign_in(parent)
    page = phone.get("/moi/famille").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    phone.send(f"/moi/famille/enfants/{child.id}/parler")

    answer = phone.post("/moi/famille/revenir", data={"csrf_token": token})

    assert answer.status_code == 400
    assert sign_in_of(parent).acting_for_id == child.id


def test_a_childs_profile_holds_no_right_of_the_parent(app: Flask) -> None:
    director = make_with_role(Role.DIRECTOR)
    child = make_child(director)
    phone = speaking_for(app, director, child)

    for path in ("/accueil", "/administration/reglages", "/accueil/inscrire"):
        assert phone.get(path).status_code in (403, 404)
    assert phone.get(f"/moi/famille/enfants/{child.id}").status_code == 404
    assert phone.get("/moi/famille/enfants/nouveau").status_code == 403


def test_what_was_written_for_a_child_does_not_go_in_the_parents_name(
    app: Flask, ledger: Ledger
) -> None:
    """The desk undoes the link while the parent's phone still shows the child's page."""
    desk, parent = make_with_role(Role.DESK), make_resident("Amina")
    child, comite = make_child(parent), make_body(name="Comité famille", theme="famille")
    phone = speaking_for(app, parent, child)
    [link] = db.session.scalars(select(Guardianship))
    family_services.end_link(desk, link, "Jugement")
    before = ledger.acts()

    answer = phone.send(f"/comites/{comite.slug}/rejoindre", {"text": "Un mot assez long."})
    again = phone.send(f"/comites/{comite.slug}/rejoindre")

    assert answer.status_code == 409
    assert "Rien n’a été envoyé" in answer.text and "Un mot assez long." in answer.text
    assert again.status_code == 302
    assert ledger.acts() == [*before, Act.BODY_JOINED]
