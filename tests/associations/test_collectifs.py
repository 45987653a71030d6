"""Residents form a collectif: invited, accepted, formed once."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.associations import collectif_services as services
from app.associations.models import Collectif, CollectifMember
from app.core.clock import today
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.notifications.models import Notification
from tests.associations.factories import make_collectif, make_formed
from tests.at_once import refused_at_once
from tests.factories import make_quartier, make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor


def invited(collectif: Collectif) -> int:
    return (
        db.session.scalar(select(func.count()).where(CollectifMember.collectif_id == collectif.id))
        or 0
    )


def test_three_residents_form_a_collectif_once(ledger: Ledger) -> None:
    quartier, founder, others = make_quartier(), make_resident(), [make_resident() for _ in "123"]
    collectif = make_collectif(founder, quartier_id=quartier.id)
    for other in others:
        services.invite(founder, collectif, other.email or "")

    services.accept(others[0], collectif)
    halfway = collectif.status
    for other in others[1:]:
        services.accept(other, collectif)

    assert halfway == "forming"
    assert (collectif.status, collectif.formed_on) == ("formed", today())
    assert ledger.acts() == [Act.COLLECTIF_STARTED, Act.COLLECTIF_FORMED]
    formed = ledger.entries()[-1]
    assert formed.participation_key == founder.participation_key
    assert (formed.subject_id, formed.quartier_id) == (collectif.id, quartier.id)


def test_two_last_answers_at_once_form_it_once(app: Flask, ledger: Ledger) -> None:
    founder, others = make_resident(), [make_resident() for _ in "123"]
    collectif = make_collectif(founder)
    for other in others:
        services.invite(founder, collectif, other.card_number)
    services.accept(others[0], collectif)
    collectif_id, ids = collectif.id, [other.id for other in others[1:]]

    def accept(resident_id: int) -> None:
        person = db.session.get_one(Resident, resident_id)
        services.accept(person, db.session.get_one(Collectif, collectif_id))

    wrong = refused_at_once(app, [partial(accept, ids[0]), partial(accept, ids[1])])

    assert wrong == []
    assert len(ledger.entries(Act.COLLECTIF_FORMED)) == 1
    assert db.session.get_one(Collectif, collectif_id).status == "formed"


def test_an_invitation_never_says_who_has_an_account(app: Flask) -> None:
    founder, known = make_resident(), make_resident("Zoé", family_name="Inconnue")
    collectif = make_collectif(founder)
    visitor = Visitor(app).sign_in(founder)
    path = f"/collectifs/{collectif.id}"

    pages = []
    for who in (known.email, "personne@example.org", known.card_number, "00000000"):
        answer = visitor.send(f"{path}/invitations", {"who": who})
        pages.append((answer.status_code, visitor.get(path).text))

    assert {status for status, _page in pages} == {302}
    assert all("Si cette personne est inscrite, elle est prévenue" in page for _, page in pages)
    assert all("Zoé" not in page for _status, page in pages)
    assert invited(collectif) == 2


def test_what_is_neither_card_nor_address_is_refused(app: Flask) -> None:
    collectif = make_collectif(founder := make_resident())
    visitor = Visitor(app).sign_in(founder)

    for who in ("", "1234567", "123456789", "Jean Dupont", "<script>", "٠١٢٣٤٥٦٧"):
        answer = visitor.send(f"/collectifs/{collectif.id}/invitations", {"who": who})
        assert answer.status_code == 422, who

    assert invited(collectif) == 1


def test_who_declined_is_not_told_again_but_may_change_their_mind(app: Flask) -> None:
    founder, other = make_resident(), make_resident()
    collectif = make_collectif(founder)

    services.invite(founder, collectif, other.card_number)
    services.decline(other, collectif)
    services.invite(founder, collectif, other.card_number)
    messages = db.session.scalar(
        select(func.count(Notification.id)).where(Notification.resident_id == other.id)
    )
    services.accept(other, collectif)

    assert messages == 1
    assert db.session.get_one(CollectifMember, (collectif.id, other.id)).accepted_at is not None


def test_only_the_referent_leads_and_only_the_invited_join(ledger: Ledger) -> None:
    collectif, stranger = make_collectif(), make_resident()

    refused: list[Callable[[], object]] = [
        lambda: services.invite(stranger, collectif, "12345678"),
        lambda: services.accept(stranger, collectif),
        lambda: services.decline(stranger, collectif),
        lambda: services.leave(stranger, collectif),
        lambda: services.name_referent(stranger, collectif, stranger.id),
        lambda: services.drop(stranger, collectif),
    ]
    for act in refused:
        with pytest.raises(Forbidden):
            act()

    assert ledger.acts() == [Act.COLLECTIF_STARTED]


def test_the_referent_hands_over_before_leaving(app: Flask) -> None:
    founder, other = make_resident(), make_resident()
    collectif = make_collectif(founder)
    services.invite(founder, collectif, other.card_number)

    with pytest.raises(Invalid):
        services.name_referent(founder, collectif, other.id)
    services.accept(other, collectif)
    with pytest.raises(Forbidden):
        services.leave(founder, collectif)
    services.name_referent(founder, collectif, other.id)
    services.leave(founder, collectif)

    assert collectif.referent_id == other.id
    assert collectif.status == "forming"


def test_who_left_does_not_count_towards_forming(ledger: Ledger) -> None:
    founder, one, two = make_resident(), make_resident(), make_resident()
    collectif = make_collectif(founder)
    for other in (one, two):
        services.invite(founder, collectif, other.card_number)
    services.accept(one, collectif)
    services.leave(one, collectif)

    services.accept(two, collectif)

    assert collectif.status == "forming"
    assert ledger.acts() == [Act.COLLECTIF_STARTED]


def test_a_dropped_collectif_frees_its_name_and_takes_nobody(ledger: Ledger) -> None:
    founder, other = make_resident(), make_resident()
    collectif = make_collectif(founder, name="Les Mains vertes")
    services.invite(founder, collectif, other.card_number)
    with pytest.raises(Conflict):
        make_collectif(name="les mains vertes")

    services.drop(founder, collectif)
    make_collectif(name="Les Mains vertes")

    with pytest.raises(Conflict):
        services.accept(other, collectif)
    assert ledger.acts() == [Act.COLLECTIF_STARTED] * 2


def test_a_formed_collectif_is_not_dropped(app: Flask) -> None:
    collectif = make_formed(founder := make_resident())

    with pytest.raises(Forbidden):
        services.drop(founder, collectif)

    assert collectif.status == "formed"


def test_the_public_sees_formed_ones_without_a_name(app: Flask) -> None:
    founder = make_resident("Fatoumata")
    formed, forming = make_formed(founder, name="Jardin"), make_collectif(name="Secret")
    passer, neighbour = Visitor(app), Visitor(app).sign_in(make_resident())

    listed = passer.get("/collectifs").text

    assert "Jardin" in listed and "Secret" not in listed
    assert "Fatoumata" not in listed + passer.get(formed.path).text
    assert founder.display_name in neighbour.get(formed.path).text
    assert passer.get(forming.path).status_code == 404
    assert neighbour.get(forming.path).status_code == 404
    assert neighbour.send(f"{forming.path}/rejoindre").status_code == 404


def test_a_collectif_is_formed_in_a_browser(app: Flask) -> None:
    founder, one, two = make_resident(), make_resident(), make_resident()
    visitor = Visitor(app).sign_in(founder)
    typed = {"name": "<script>alert(1)</script>", "purpose": "<b>Jardin</b>", "quartier_id": "0"}

    path = visitor.send("/collectifs/nouveau", typed).headers["Location"]
    for other in (one, two):
        visitor.send(f"{path}/invitations", {"who": other.email})
    joins = [Visitor(app).sign_in(other).send(f"{path}/rejoindre") for other in (one, two)]
    again = Visitor(app).sign_in(one).send(f"{path}/rejoindre")
    page = Visitor(app).get(path).text

    assert [join.status_code for join in joins] == [302, 302]
    assert again.status_code == 409
    assert "Formé le" in page
    assert "<script>alert" not in page and "<b>Jardin" not in page


def test_dropping_and_leaving_ask_once_more(app: Flask) -> None:
    collectif = make_collectif(founder := make_resident())
    visitor = Visitor(app).sign_in(founder)

    asked = visitor.get(f"{collectif.path}/abandonner")
    before = collectif.status
    dropped = visitor.send(f"{collectif.path}/abandonner")

    assert (asked.status_code, before, dropped.status_code) == (200, "forming", 302)
    assert db.session.get_one(Collectif, collectif.id).status == "dropped"
    assert visitor.send(f"{collectif.path}/abandonner").status_code in (403, 409)


def test_the_referent_changes_in_a_browser(app: Flask) -> None:
    founder, other, stranger = make_resident(), make_resident(), make_resident()
    collectif = make_collectif(founder)
    services.invite(founder, collectif, other.card_number)
    services.accept(other, collectif)
    visitor = Visitor(app).sign_in(founder)

    wrong = visitor.send(f"{collectif.path}/referent", {"resident_id": str(stranger.id)})
    good = visitor.send(f"{collectif.path}/referent", {"resident_id": str(other.id)})

    assert (wrong.status_code, good.status_code) == (422, 302)
    assert db.session.get_one(Collectif, collectif.id).referent_id == other.id


def test_the_list_of_collectifs_costs_the_same_with_fifty(
    client: FlaskClient, statements: Statements
) -> None:
    counts = []
    for number in (1, 49):
        for _number in range(number):
            make_formed()
        statements.reset()
        client.get("/collectifs")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 6


def test_the_team_sees_a_collectif_in_formation(app: Flask) -> None:
    collectif = make_collectif()

    answer = Visitor(app).sign_in(make_with_role(Role.DIRECTOR)).get(collectif.path)

    assert answer.status_code == 200
