"""Who answers for a child: the link is made, is known, and ends."""

from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import family_services, guardian_services
from app.accounts.family_models import GuardianInvitation, Guardianship
from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from tests.accounts.family_support import (
    answer_too,
    guardian_ids,
    links,
    make_child,
    make_lone_child,
)
from tests.at_once import refused_at_once
from tests.factories import make_resident, make_with_role
from tests.support import Visitor, audited, told


def test_the_same_person_answers_once_for_a_child(app: Flask) -> None:
    desk, parent, child = make_with_role(Role.DESK), make_resident(), make_lone_child()
    ids = (desk.id, parent.id, child.id)

    def link() -> None:
        family_services.link(*(db.session.get_one(Resident, number) for number in ids))

    assert refused_at_once(app, [link] * 4) == [Conflict] * 3
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

    assert refused_at_once(app, [partial(leave, number) for number in ids]) == [Conflict]
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
