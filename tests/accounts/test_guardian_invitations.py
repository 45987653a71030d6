"""A second parent is invited to answer for a child too."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import family_queries, family_services, guardian_services
from app.accounts.family_models import GuardianInvitation, Guardianship
from app.core.db import db
from app.core.errors import Forbidden
from tests.accounts.family_support import answer_too, guardian_ids, links, make_child
from tests.factories import make_resident
from tests.support import told


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
