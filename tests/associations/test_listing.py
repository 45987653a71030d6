"""An association is listed, approved or sent back, corrected."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.associations import queries, services
from app.associations.models import Association
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from tests.associations.factories import details, make_association, make_pending
from tests.at_once import refused_at_once
from tests.factories import make_resident, make_with_role
from tests.support import Ledger, told


def test_approval_opens_the_page_and_gives_the_lister_its_voice(ledger: Ledger) -> None:
    lister, desk = make_resident(), make_with_role(Role.DESK)
    association = make_pending(lister)

    services.approve(desk, association)

    assert association.status == "approved"
    assert lister.represents(association.id)
    assert len(told(lister)) == 1
    assert ledger.acts() == [Act.ASSOCIATION_LISTED, Act.ASSOCIATION_APPROVED]
    assert ledger.entries()[-1].association_id == association.id


def test_a_refusal_says_why_and_the_lister_may_send_it_again(ledger: Ledger) -> None:
    lister, desk = make_resident(), make_with_role(Role.DESK)
    association = make_pending(lister)

    services.refuse(desk, association, "Le numéro RNA manque.")
    services.edit(lister, association, details(name=association.name, rna="W931234567"))

    assert (association.status, association.refusal_reason) == ("pending", None)
    assert len(told(lister)) == 1
    assert ledger.acts() == [Act.ASSOCIATION_LISTED, Act.ASSOCIATION_REFUSED]


def test_a_refusal_without_a_reason_is_refused(ledger: Ledger) -> None:
    association, desk = make_pending(), make_with_role(Role.DESK)

    with pytest.raises(Invalid):
        services.refuse(desk, association, "  ")

    assert association.status == "pending"
    assert ledger.acts() == [Act.ASSOCIATION_LISTED]


def test_only_the_team_answers(ledger: Ledger) -> None:
    lister = make_resident()
    association = make_pending(lister)

    with pytest.raises(Forbidden):
        services.approve(lister, association)

    assert association.status == "pending"
    assert ledger.acts() == [Act.ASSOCIATION_LISTED]


def test_two_names_that_sound_the_same_are_one(ledger: Ledger) -> None:
    make_pending(name="L’Élan du Quartier")

    with pytest.raises(Conflict) as refusal:
        make_pending(name="l'elan  du quartier")

    assert refusal.value.field == "name"
    assert db.session.scalar(select(func.count(Association.id))) == 1
    assert ledger.acts() == [Act.ASSOCIATION_LISTED]


def test_a_name_that_is_one_of_our_pages_gets_an_address_of_its_own(app: Flask) -> None:
    assert make_pending(name="Inscrire").slug == "inscrire-2"
    assert make_pending(name="???").slug == "association"


def test_two_people_listing_the_same_name_at_once_make_one(app: Flask) -> None:
    ids = [make_resident().id, make_resident().id]

    def listed(resident_id: int) -> None:
        lister = db.session.get_one(Resident, resident_id)
        services.list_association(lister, details(name="Les voisins"))

    wrong = refused_at_once(app, [partial(listed, ids[0]), partial(listed, ids[1])])

    assert wrong == [Conflict]
    assert db.session.scalar(select(func.count(Association.id))) == 1


def test_two_of_the_team_approving_at_once_record_once(app: Flask, ledger: Ledger) -> None:
    association_id = make_pending().id
    desks = [make_with_role(Role.DESK).id, make_with_role(Role.DESK).id]

    def approved(desk_id: int) -> None:
        desk = db.session.get_one(Resident, desk_id)
        services.approve(desk, db.session.get_one(Association, association_id))

    wrong = refused_at_once(app, [partial(approved, desks[0]), partial(approved, desks[1])])

    assert wrong == [Conflict]
    assert len(ledger.entries(Act.ASSOCIATION_APPROVED)) == 1


def test_the_ledger_does_not_tie_a_person_to_a_faith(ledger: Ledger) -> None:
    make_pending(family="040")

    assert [entry.participation_key for entry in ledger.entries()] == [None]


def test_a_representative_edits_and_a_stranger_does_not(app: Flask) -> None:
    lister = make_resident()
    association = make_association(lister, name="Les amis")

    services.edit(lister, association, details(name="Les grands amis"))
    with pytest.raises(Forbidden):
        services.edit(make_resident(), association, details(name="Volé"))

    assert association.name == "Les grands amis"
    assert association.status == "approved"


def test_the_lists_that_others_show(app: Flask) -> None:
    lister = make_resident()
    approved, pending = make_association(lister, name="Abc"), make_pending(lister, name="Bcd")

    assert queries.association_choices() == [(approved.id, "Abc")]
    assert [(mine.id, mine.status) for mine in queries.my_associations(lister)] == [
        (approved.id, "approved"),
        (pending.id, "pending"),
    ]
    assert queries.my_associations(make_resident()) == []
