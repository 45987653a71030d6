"""What someone under 15 may do, and who may write to them."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import email_services, family_services
from app.accounts import services as accounts
from app.accounts.family_models import Guardianship
from app.accounts.models import Resident
from app.accounts.people_services import correct_person
from app.associations import collectif_services
from app.associations.models import CollectifMember
from app.bodies import comite_services
from app.core.clock import today
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.rights import Role
from app.notifications.models import Notification
from app.proposals import comments, debates, services
from app.voting.models import RollEntry
from tests.accounts.family_support import make_child, make_lone_child, speaking_for
from tests.factories import (
    make_body,
    make_category,
    make_proposal,
    make_quartier,
    make_resident,
    make_with_role,
)
from tests.support import Ledger, Visitor
from tests.voting.polls import make_poll


def test_a_child_alone_reads_and_is_told_what_to_do(app: Flask, ledger: Ledger) -> None:
    child = make_lone_child()
    comite = make_body(theme="enfant", name="Comité enfant")
    proposal = make_proposal(body_id=comite.id)

    with pytest.raises(Forbidden, match="parent"):
        comite_services.join(comite, child)
    with pytest.raises(Forbidden, match="parent"):
        comments.comment(proposal, child, "Et nous ?")
    page = Visitor(app).sign_in(child).get(f"/propositions/{proposal.id}").get_data(as_text=True)

    assert "il faut l’accord d’un parent" in page
    assert ledger.acts() == []


def test_a_child_speaks_in_the_comite_of_children_with_a_guardian(app: Flask) -> None:
    child = make_child()
    comite = make_body(theme="enfant", name="Comité enfant")

    comite_services.join(comite, child)
    debates.open_debate(comite, child, "Le préau", "Il pleut dedans.")
    referent = make_with_role(Role.REFERENT, body=comite)
    debate = debates.open_debate(comite, referent, "La cour", "Que changer ?")
    said = comments.comment(debate, child, "Des arbres.")

    assert said.author_id == child.id


def test_a_child_speaks_nowhere_else(app: Flask, ledger: Ledger) -> None:
    child = make_child()
    before = ledger.acts()
    famille = make_body(theme="famille")
    proposal = make_proposal()

    with pytest.raises(Forbidden, match="comité enfant"):
        comite_services.join(famille, child)
    with pytest.raises(Forbidden, match="comité enfant"):
        comments.comment(proposal, child, "Et nous ?")
    with pytest.raises(Forbidden, match="comité enfant"):
        services.support(proposal, child)
    with pytest.raises(Forbidden):
        collectif_services.start(child, "Les copains", "Jouer")

    assert ledger.acts() == before


def test_a_child_proposes_to_the_comite_of_children(app: Flask) -> None:
    child = make_child()
    enfant, famille = make_body(theme="enfant", name="Comité enfant"), make_body(theme="famille")
    writing: services.Writing = {
        "title": "Un goûter philo",
        "text": "On parle, on mange.",
        "category_id": make_category().id,
        "quartier_id": None,
        "body_id": famille.id,
        "estimated_cost": None,
    }

    with pytest.raises(Invalid) as refusal:
        services.draft(child, writing, send=True)
    sent = services.draft(child, {**writing, "body_id": enfant.id}, send=True)

    assert refusal.value.field == "body_id"
    assert sent.status == "submitted"


def test_a_child_is_offered_the_comite_of_children_only(app: Flask) -> None:
    parent = make_resident()
    child = make_child(parent)
    make_body(theme="enfant", name="Comité enfant")
    make_body(theme="famille", name="Comité famille")

    phone = speaking_for(app, parent, child)
    page = phone.get("/propositions/nouvelle").get_data(as_text=True)

    form = page.split('id="body_id"')[1].split("</select>")[0]
    assert "Comité enfant" in form and "Comité famille" not in form


def test_nobody_writes_to_a_child_by_inviting_them(app: Flask) -> None:
    founder, child = make_resident(), make_child()
    collectif = collectif_services.start(founder, "Les voisins", "Se parler")

    collectif_services.invite(founder, collectif, child.card_number)

    members = list(db.session.scalars(select(CollectifMember.resident_id)))
    assert members == [founder.id]
    mine = select(Notification.id).where(Notification.resident_id == child.id)
    assert db.session.scalar(mine) is None


def test_children_are_on_no_roll_of_adults(app: Flask) -> None:
    adult = make_resident(year_of_birth=1980)
    make_lone_child()
    make_child(adult)

    poll = make_poll()

    roll = select(RollEntry.resident_id).where(RollEntry.poll_id == poll.id)
    assert adult.id in set(db.session.scalars(roll))
    born = select(Resident.year_of_birth).where(Resident.id.in_(roll))
    assert all(year is None or today().year - year > 15 for year in db.session.scalars(born))


def test_children_vote_in_their_own_comite_while_someone_answers_for_them(app: Flask) -> None:
    comite = make_body(theme="enfant", name="Comité enfant")
    with_parent, left = make_child(), make_child(nickname="Sami")
    for child in (with_parent, left):
        comite_services.join(comite, child)
    [link] = db.session.scalars(select(Guardianship).where(Guardianship.child_id == left.id))
    family_services.end_link(make_with_role(Role.DESK), link, "Erreur")

    poll = make_poll(body_id=comite.id)

    roll = db.session.scalars(select(RollEntry.resident_id).where(RollEntry.poll_id == poll.id))
    assert list(roll) == [with_parent.id]


def test_a_child_who_registers_alone_is_told_to_come_with_a_parent(
    client: Visitor, ledger: Ledger
) -> None:
    make_quartier()
    typed = {
        "given_name": "Nour",
        "family_name": "Zidane",
        "email": "nour@example.org",
        "password": "soleil pont carotte",
        "year_of_birth": str(today().year - 13),
        "quartier_id": "0",
        "accepts": "y",
    }

    answer = client.send("/inscription", typed)

    assert answer.status_code == 422
    assert "c’est un parent qui vous inscrit" in answer.get_data(as_text=True)
    assert ledger.acts() == []
    known = select(Resident.id).where(Resident.email == "nour@example.org")
    assert db.session.scalar(known) is None


@pytest.mark.parametrize("path", ["/residents/{id}", "/habitants/{id}", "/personnes/{id}"])
def test_nobody_has_a_public_page(client: Visitor, path: str) -> None:
    """There is no public profile and no private message in the house, for children above all."""
    child = make_child()

    assert client.get(path.format(id=child.id)).status_code == 404


def test_the_desk_writes_to_no_child_for_whom_nobody_answers(app: Flask, ledger: Ledger) -> None:
    desk, year = make_with_role(Role.DESK), today().year - 9
    child, grown = make_lone_child(), make_resident("Sam", year_of_birth=1990)
    facts = {"given_name": "Lina", "family_name": "Zidane", "year_of_birth": year}

    with pytest.raises(Invalid):
        accounts.register_person(desk, **facts, email="lina@example.org")
    with pytest.raises(Invalid):
        correct_person(desk, child, email="nour@example.org")
    with pytest.raises(Invalid):
        correct_person(desk, grown, year_of_birth=year)
    with pytest.raises(Invalid):
        email_services.note_change(child, "nour@example.org")

    assert db.session.scalars(select(Resident.id).where(Resident.given_name == "Lina")).all() == []
    assert (child.email, grown.year_of_birth, ledger.acts()) == (None, 1990, [])


def test_once_a_parent_answers_a_child_may_be_written_to(app: Flask) -> None:
    desk, child = make_with_role(Role.DESK), make_child()

    correct_person(desk, child, email="lina@example.org")

    assert child.email == "lina@example.org"


def test_a_childs_new_code_at_the_desk_is_theirs(app: Flask) -> None:
    desk, child = make_with_role(Role.DESK), make_child()

    pin = accounts.reset_pin(desk, child)

    assert len(pin) == 6
    assert child.registered_by_id == desk.id
