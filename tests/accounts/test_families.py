"""Families: children's profiles, who answers for them, several profiles on one phone."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import (
    family_queries,
    family_services,
    guardian_services,
    household_services,
)
from app.accounts.family_models import GuardianInvitation, Guardianship
from app.accounts.models import Resident
from app.audit.models import AuditEntry
from app.core.clock import now, today
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.notifications.models import Notification
from tests.accounts.family_support import (
    answer_too,
    at_once,
    guardian_ids,
    make_child,
    make_lone_child,
)
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor


def links() -> int:
    """How many links are live."""
    live = select(func.count(Guardianship.id)).where(Guardianship.ended_at.is_(None))
    return db.session.scalar(live) or 0


def facts(**fields: object) -> family_services.ChildFacts:
    known = {"nickname": "Lina", "year_of_birth": today().year - 9, "quartier_id": None}
    return {**known, **fields}  # type: ignore[typeddict-item]


def told(resident: Resident) -> list[str]:
    mine = select(Notification.text).where(Notification.resident_id == resident.id)
    return list(db.session.scalars(mine))


def audited() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


def test_a_parent_adds_a_child_with_a_nickname_and_a_year(app: Flask, ledger: Ledger) -> None:
    parent = make_resident("Amina")

    child = family_services.add_child(parent, parent, facts())

    assert (child.display_name, child.family_name, child.has_guardian) == ("Lina", "", True)
    assert child.email is None and child.password_hash is None and not child.is_confirmed
    [home] = family_queries.homes_of(child.id)
    assert [name for _id, name in home.members] == ["Amina H.", "Lina"]
    [entry] = ledger.entries(Act.RESIDENT_REGISTERED)
    assert entry.participation_key == child.participation_key
    assert entry.entered_by_key == parent.participation_key


def test_two_children_share_the_household_of_their_parent(app: Flask) -> None:
    parent = make_resident("Amina")

    make_child(parent, "Lina")
    make_child(parent, "Sami", age=6)

    [home] = family_queries.homes_of(parent.id)
    assert [name for _id, name in home.members] == ["Amina H.", "Lina", "Sami"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"year_of_birth": 1990}, "year_of_birth"),
        ({"year_of_birth": today().year - 16}, "year_of_birth"),
        ({"year_of_birth": today().year + 1}, "year_of_birth"),
        ({"nickname": "   "}, "nickname"),
    ],
)
def test_what_is_not_a_child_is_refused(
    app: Flask, ledger: Ledger, fields: dict[str, object], field: str
) -> None:
    parent = make_resident()

    with pytest.raises(Invalid) as refusal:
        family_services.add_child(parent, parent, facts(**fields))

    assert refusal.value.field == field
    assert links() == 0
    assert ledger.acts() == []


@pytest.mark.parametrize("fields", [{"email_confirmed_at": None}, {"year_of_birth": 2012}])
def test_only_a_confirmed_adult_adds_a_child(
    app: Flask, ledger: Ledger, fields: dict[str, Any]
) -> None:
    person = make_resident(**fields)

    with pytest.raises(Forbidden):
        family_services.add_child(person, person, facts())

    assert ledger.acts() == []


def test_nobody_adds_a_child_to_someone_elses_family(app: Flask) -> None:
    with pytest.raises(Forbidden):
        family_services.add_child(make_resident(), make_resident(), facts())

    assert links() == 0


def test_the_desk_adds_a_child_with_the_parent_present(app: Flask) -> None:
    desk, parent = make_with_role(Role.DESK), make_resident()

    child = family_services.add_child(desk, parent, facts())

    assert child.registered_by_id == desk.id
    assert "family:linked" in audited()


def test_a_thirteenth_child_is_refused_even_when_added_at_once(app: Flask) -> None:
    parent = make_resident()
    for number in range(family_services.MOST_CHILDREN - 1):
        make_child(parent, f"Enfant {number}")
    parent_id = parent.id

    def add() -> None:
        me = db.session.get_one(Resident, parent_id)
        family_services.add_child(me, me, facts())

    db.session.remove()
    answers = at_once(app, [add] * 4)

    assert sorted(answers) == ["Conflict", "Conflict", "Conflict", "done"]
    assert links() == family_services.MOST_CHILDREN


def test_the_same_person_answers_once_for_a_child(app: Flask) -> None:
    desk, parent, child = make_with_role(Role.DESK), make_resident(), make_lone_child()
    ids = (desk.id, parent.id, child.id)

    def link() -> None:
        family_services.link(*(db.session.get_one(Resident, number) for number in ids))

    db.session.remove()
    answers = at_once(app, [link] * 4)

    assert sorted(answers) == ["Conflict", "Conflict", "Conflict", "done"]
    assert links() == 1


def test_the_desk_links_a_child_it_knows_and_the_log_keeps_it(app: Flask) -> None:
    desk, parent, child = make_with_role(Role.DESK), make_resident(), make_lone_child()

    family_services.link(desk, parent, child)

    assert child.has_guardian and parent.has_children
    assert audited()[-1] == "family:linked"
    assert told(parent) == ["Vous répondez maintenant de Nour."]


def test_a_third_guardian_is_refused(app: Flask) -> None:
    desk, child = make_with_role(Role.DESK), make_child()
    family_services.link(desk, make_resident(), child)

    with pytest.raises(Conflict):
        family_services.link(desk, make_resident(), child)

    assert links() == 2


def test_only_the_team_links_a_child_who_is_known(app: Flask) -> None:
    person, child = make_resident(), make_lone_child()

    with pytest.raises(Forbidden):
        family_services.link(person, person, child)

    assert links() == 0
    assert audited() == []


def test_a_link_ends_with_its_reason(app: Flask) -> None:
    parent = make_resident()
    child = make_child(parent)
    [link] = db.session.scalars(select(Guardianship))

    with pytest.raises(Invalid):
        family_services.end_link(parent, link, "  ")
    assert links() == 1
    answer_too(child)
    family_services.end_link(parent, link, "Séparation")

    assert (link.end_reason, link.ended_by_id, links()) == ("Séparation", parent.id, 1)
    assert audited() == []


def test_the_last_to_answer_for_a_child_does_not_leave_them_alone(
    app: Flask, client: Visitor
) -> None:
    parent = make_resident()
    child = make_child(parent)
    [link] = db.session.scalars(select(Guardianship))
    other = answer_too(child)
    other.closed_at = now()
    db.session.commit()

    with pytest.raises(Conflict, match="Plus personne ne répondrait de Lina"):
        family_services.end_link(parent, link, "Séparation")

    assert (link.ended_at, links()) == (None, 2)
    page = client.sign_in(parent).get(f"/moi/famille/enfants/{child.id}/fin").text
    assert f"/moi/effacer/enfant/{child.id}" in page
    assert 'name="reason"' not in page


def test_of_two_parents_who_leave_at_once_one_stays(app: Flask) -> None:
    parent = make_resident()
    other = answer_too(make_child(parent))

    def leave(parent_id: int) -> None:
        found = select(Guardianship).where(Guardianship.guardian_id == parent_id)
        link = db.session.scalars(found).one()
        family_services.end_link(link.guardian, link, "Erreur")

    ids = (parent.id, other.id)
    done = at_once(app, [lambda: leave(ids[0]), lambda: leave(ids[1])])
    db.session.rollback()

    assert sorted(done) == ["Conflict", "done"]
    assert links() == 1


def test_a_link_undone_at_the_desk_is_in_the_log_and_told(app: Flask) -> None:
    desk, parent = make_with_role(Role.DESK), make_resident()
    make_child(parent)
    [link] = db.session.scalars(select(Guardianship))

    family_services.end_link(desk, link, "Jugement")

    assert audited()[-1] == "family:unlinked"
    assert told(parent) == ["L’accueil a défait votre lien avec Lina."]


def test_a_stranger_undoes_no_link(app: Flask) -> None:
    make_child()
    [link] = db.session.scalars(select(Guardianship))

    with pytest.raises(Forbidden):
        family_services.end_link(make_resident(), link, "Pour voir")

    assert links() == 1


def test_a_second_parent_is_invited_and_accepts_in_a_home_of_their_own(app: Flask) -> None:
    first, second = make_resident("Amina"), make_resident("Karim")
    child = make_child(first)

    guardian_services.invite(first, child, second.card_number)
    [invitation] = db.session.scalars(select(GuardianInvitation))
    guardian_services.accept(second, invitation, same_home=False)

    assert guardian_ids(child) == [first.id, second.id]
    assert len(family_queries.homes_of(child.id)) == 2
    assert len(family_queries.homes_of(second.id)) == 1
    assert told(second)[0].startswith("Amina H. vous propose")
    assert told(first) == ["Karim H. répond aussi de Lina."]


def test_parents_who_live_together_share_one_home(app: Flask) -> None:
    first, second = make_resident("Amina"), make_resident("Karim")
    child = make_child(first)
    guardian_services.invite(first, child, str(second.email))
    [invitation] = db.session.scalars(select(GuardianInvitation))

    guardian_services.accept(second, invitation, same_home=True)

    [home] = family_queries.homes_of(child.id)
    assert len(home.members) == 3


def test_an_invitation_says_nothing_of_who_is_registered(app: Flask) -> None:
    parent = make_resident()
    child = make_child(parent)

    guardian_services.invite(parent, child, "personne@example.org")

    assert db.session.scalar(select(func.count(GuardianInvitation.id))) == 0


def test_an_invitation_is_answered_by_the_one_invited_and_once(app: Flask) -> None:
    first, second = make_resident(), make_resident()
    child = make_child(first)
    guardian_services.invite(first, child, second.card_number)
    [invitation] = db.session.scalars(select(GuardianInvitation))

    with pytest.raises(Forbidden):
        guardian_services.accept(make_resident(), invitation, same_home=True)
    guardian_services.decline(second, invitation)
    with pytest.raises(Forbidden):
        guardian_services.accept(second, invitation, same_home=True)

    assert links() == 1


def test_an_invitation_dies_with_the_link_of_whoever_sent_it(app: Flask) -> None:
    first, second = make_resident(), make_resident()
    child = make_child(first)
    guardian_services.invite(first, child, second.card_number)
    [link] = db.session.scalars(select(Guardianship))
    answer_too(child)
    family_services.end_link(first, link, "Erreur")
    [invitation] = db.session.scalars(select(GuardianInvitation))

    with pytest.raises(Forbidden):
        guardian_services.accept(second, invitation, same_home=True)

    assert links() == 1


def test_the_desk_gathers_and_parts_a_household(app: Flask) -> None:
    desk, first, second = make_with_role(Role.DESK), make_resident("Amina"), make_resident("Karim")

    household_services.gather(desk, first, second)
    [home] = family_queries.homes_of(second.id)
    household_services.part(desk, household_services.household_of(first), second)

    assert len(home.members) == 2
    assert family_queries.homes_of(second.id) == []
    assert audited()[-2:] == ["household:changed", "household:changed"]


@pytest.mark.parametrize("gone", ["closed_at", "erased_at"])
def test_nobody_whose_account_is_gone_is_asked_to_answer_for_a_child(app: Flask, gone: str) -> None:
    left: dict[str, Any] = {gone: now()}
    child, away = make_child(), make_resident(**left)
    desk = make_with_role(Role.DESK)
    [parent] = guardian_ids(child)

    guardian_services.invite(db.session.get_one(Resident, parent), child, away.card_number)
    with pytest.raises(Forbidden):
        family_services.link(desk, away, child)

    assert guardian_ids(child) == [parent]
    assert db.session.scalars(select(GuardianInvitation)).all() == []


def test_the_family_page_shows_children_and_invitations(app: Flask, client: Visitor) -> None:
    parent, other = make_resident("Amina"), make_resident("Karim")
    child = make_child(parent)
    guardian_services.invite(parent, child, other.card_number)

    mine = client.sign_in(parent).get("/moi/famille").get_data(as_text=True)
    theirs = Visitor(app).sign_in(other).get("/moi/famille").get_data(as_text=True)

    assert "Parler pour Lina" in mine and "Chez Amina" in mine
    assert "Répondre aussi de Lina" in theirs


def test_the_family_page_sends_a_constant_number_of_statements(
    app: Flask, client: Visitor, statements: Statements
) -> None:
    parent = make_resident()
    make_child(parent)
    client.sign_in(parent)
    client.get("/moi/famille")
    statements.reset()
    client.get("/moi/famille")
    few = len(statements)
    for number in range(5):
        make_child(parent, f"Enfant {number}")
    statements.reset()
    client.get("/moi/famille")

    assert len(statements) == few


def test_families_are_filled_in_without_a_script(app: Flask, client: Visitor) -> None:
    parent, other = make_resident(), make_resident("Karim")
    client.sign_in(parent)
    typed = {"nickname": "Lina", "year_of_birth": str(today().year - 8), "quartier_id": "0"}

    assert client.send("/moi/famille/enfants/nouveau", {**typed, "nickname": ""}).status_code == 422
    assert client.send("/moi/famille/enfants/nouveau", typed).status_code == 302
    [child] = family_queries.children_of(parent.id)
    space = f"/moi/famille/enfants/{child.id}"
    client.send(space, {**typed, "nickname": "Linette"})
    client.send(f"{space}/inviter", {"who": other.card_number})
    [invitation] = db.session.scalars(select(GuardianInvitation))
    guest = Visitor(app).sign_in(other)
    answer = f"/moi/famille/invitations/{invitation.id}/accepter"
    assert guest.send(answer, {}).status_code == 422
    assert guest.send(answer, {"home": "same"}).status_code == 302
    [home] = family_queries.homes_of(parent.id)
    client.send(f"/moi/famille/foyers/{home.id}", {"name": "Les Benali"})
    assert client.send(f"{space}/fin", {"reason": ""}).status_code == 422
    assert client.send(f"{space}/fin", {"reason": "Erreur"}).status_code == 302

    assert family_queries.children_of(parent.id) == []
    assert [one.name for one in family_queries.children_of(other.id)] == ["Linette"]
    assert family_queries.homes_of(other.id)[0].name == "Les Benali"


def test_a_strangers_home_or_invitation_is_not_there(app: Flask, client: Visitor) -> None:
    parent, other = make_resident(), make_resident()
    child = make_child(parent)
    guardian_services.invite(parent, child, other.card_number)
    [invitation] = db.session.scalars(select(GuardianInvitation))
    [home] = family_queries.homes_of(parent.id)
    client.sign_in(make_resident())

    for path in (
        f"/moi/famille/foyers/{home.id}",
        f"/moi/famille/enfants/{child.id}",
        f"/moi/famille/enfants/{child.id}/inviter",
        f"/moi/famille/enfants/{child.id}/fin",
        f"/moi/famille/enfants/{child.id}/consentements",
    ):
        assert client.get(path).status_code == 404
    for answer in ("accepter", "refuser"):
        path = f"/moi/famille/invitations/{invitation.id}/{answer}"
        assert client.send(path, {"home": "same"}).status_code == 404


def test_a_proposal_written_by_a_child_names_the_child_alone(app: Flask, client: Visitor) -> None:
    comite = make_body(theme="enfant", name="Comité enfant")
    proposal = make_proposal(make_child(), body_id=comite.id)

    page = client.get(f"/propositions/{proposal.id}").get_data(as_text=True)

    assert "Lina" in page
