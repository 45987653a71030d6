"""What someone under 15 may do, what shows of them, and what changes at 15."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.accounts import consent_services, email_services, family_services
from app.accounts import services as accounts
from app.accounts.consents import SENTENCES
from app.accounts.family_jobs import hand_accounts_over
from app.accounts.family_models import Consent, Guardianship, Purpose
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


@pytest.mark.parametrize(
    ("born", "is_child"), [(2011, True), (2012, True), (2010, False), (None, False)]
)
def test_a_year_alone_is_sure_once_it_has_passed(born: int | None, is_child: bool) -> None:
    resident = Resident(given_name="Lina", family_name="", year_of_birth=born)

    assert resident.is_under_15_on(datetime(2026, 6, 1, tzinfo=UTC).date()) is is_child


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"nickname": "Mimi"},
        {"nickname": ""},
        {"family_name": ""},
        {"year_of_birth": 2020},
        {"year_of_birth": 2020, "nickname": "Mimi"},
        {"year_of_birth": 1980},
        {"erased_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_name_is_the_same_in_python_and_in_sql(app: Flask, fields: dict[str, Any]) -> None:
    resident = make_resident("Aïcha", **{"family_name": "Élouard", **fields})

    names = select(Resident.display_name, Resident.called, Resident.full_name)
    in_sql = db.session.execute(names.where(Resident.id == resident.id)).one()

    assert tuple(in_sql) == (resident.display_name, resident.called, resident.full_name)


def test_a_child_shows_neither_family_name_nor_initial(app: Flask, client: Visitor) -> None:
    """On every list that names people, even where a child should not be found."""
    child = make_lone_child()
    assert child.display_name == "Nour"
    proposal = make_proposal(child)
    comite = make_body()
    make_with_role(Role.REFERENT, body=comite)

    for path in ("/propositions", f"/propositions/{proposal.id}"):
        page = client.get(path).get_data(as_text=True)
        assert "Nour" in page and "Nour Z" not in page and "Zidane" not in page


def test_no_query_puts_a_public_name_together_by_hand() -> None:
    """Names come from `Resident.display_name`, `called` or `full_name` alone."""
    app_folder = Path(__file__).parents[2] / "app"
    faults = [
        str(path.relative_to(app_folder))
        for path in app_folder.rglob("*.py")
        if "family_name[:1]" in path.read_text("utf-8") and path.name != "models.py"
    ]

    assert faults == []


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


def born_in_2011() -> tuple[Resident, Resident, Resident]:
    """A child of 14 or 15, and two parents, in 2026."""
    first = make_resident("Amina")
    child = make_child(first, "Lina", age=today().year - 2011)
    second = make_resident("Karim")
    family_services.link(make_with_role(Role.DESK), second, child)
    return child, first, second


def test_at_15_the_account_becomes_their_own(app: Flask) -> None:
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False):
        child, first, second = born_in_2011()
        accounts.reset_pin(make_with_role(Role.DESK), child)
        version = SENTENCES[Purpose.PHOTO].version
        for giver in (child, first, second):
            consent_services.agree(giver, child, Purpose.PHOTO, version)
        assert hand_accounts_over.call_local() == 0
        db.session.rollback()
        assert child.has_guardian

    with time_machine.travel(datetime(2027, 1, 1, 9, tzinfo=UTC), tick=False):
        db.session.rollback()
        assert hand_accounts_over.call_local() == 1
        assert hand_accounts_over.call_local() == 0
        db.session.rollback()

        assert not child.has_guardian and child.pin_hash is None
        ends = set(db.session.scalars(select(Guardianship.end_reason)))
        assert ends == {"15 ans"}
        live = select(Consent.id).where(Consent.withdrawn_at.is_(None))
        assert list(db.session.scalars(live)) == []
        for person, words in (
            (child, "ce compte est maintenant le vôtre"),
            (first, "Lina a 15 ans"),
            (second, "Lina a 15 ans"),
        ):
            mine = select(Notification.text).where(Notification.resident_id == person.id)
            assert any(words in text for text in db.session.scalars(mine))


def test_a_phone_that_spoke_for_someone_of_15_is_its_own_again(app: Flask) -> None:
    with time_machine.travel(datetime(2026, 12, 31, 20, tzinfo=UTC), tick=False):
        child, parent, _other = born_in_2011()
        phone = speaking_for(app, parent, child)
        assert "Bonjour Lina" in phone.get("/moi").get_data(as_text=True)

    with time_machine.travel(datetime(2027, 1, 1, 9, tzinfo=UTC), tick=False):
        db.session.rollback()
        hand_accounts_over.call_local()

        assert "Bonjour Amina" in phone.get("/moi").get_data(as_text=True)
        assert phone.send(f"/moi/famille/enfants/{child.id}/parler").status_code == 403
