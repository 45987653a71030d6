"""Pages of schemes go out of date; orientations are counted without anyone's name."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import at, now, today
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.ledger.acts import Act
from app.partners import orientations, schemes, services
from app.partners.models import Scheme
from app.partners.orientations import Orientation
from app.partners.schemes import SchemeDetails
from tests.factories import make_quartier, make_resident
from tests.partners.factories import make_partner, make_scheme, make_team
from tests.support import Ledger, Statements, Visitor, audited

DAY = timedelta(days=1)


def test_a_scheme_that_is_over_is_marked_and_leaves_the_list(client: Visitor) -> None:
    past = make_scheme("Chèque sport", valid_until=today() - DAY)
    make_scheme("Aide aux vacances", valid_until=today())
    number = past.id

    assert "Chèque sport" not in client.get("/dispositifs").text
    assert "Aide aux vacances" in client.get("/dispositifs").text
    assert "Périmé" in client.get("/dispositifs?voir=finis").text
    assert "Cette page est périmée" in client.get(f"/dispositifs/{number}").text


def test_a_scheme_is_found_from_the_whole_site_until_it_is_put_away(client: Visitor) -> None:
    scheme = make_scheme("Aide aux vacances", text="Une semaine de camping.")
    number = scheme.id
    assert f"/dispositifs/{number}" in client.get("/recherche?q=camping").text
    assert "Aide aux vacances" in client.get("/dispositifs?q=camping").text

    schemes.archive_scheme(make_team(), scheme, archived=True)

    assert client.get(f"/dispositifs/{number}").status_code == 404
    assert f"/dispositifs/{number}" not in client.get("/recherche?q=camping").text
    assert client.sign_in(make_team()).get(f"/dispositifs/{number}").status_code == 200


def test_checking_again_says_when(app: Flask) -> None:
    scheme = make_scheme()
    later = now() + timedelta(days=30)

    with at(later):
        schemes.check_scheme(make_team(), scheme)
        assert scheme.checked_on == today()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", {"title": " "}),
        ("text", {"text": ""}),
        ("valid_until", {"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)}),
        ("source_url", {"source_url": "chez moi"}),
    ],
)
def test_a_scheme_that_cannot_be_is_refused(app: Flask, field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        schemes.save_scheme(make_team(), SchemeDetails(**{"title": "A", "text": "b", **wrong}))

    assert refusal.value.field == field
    with pytest.raises(Forbidden):
        schemes.save_scheme(make_resident(), SchemeDetails("A", "b"))
    assert db.session.scalar(select(func.count(Scheme.id))) == 0


def test_two_pages_do_not_share_a_title(app: Flask) -> None:
    make_scheme("Aide aux vacances")

    with pytest.raises(Conflict):
        make_scheme("Aide aux Vacances")


def test_the_list_of_schemes_costs_the_same_however_long(
    client: Visitor, statements: Statements
) -> None:
    def cost() -> int:
        client.get("/dispositifs")
        statements.reset()
        client.get("/dispositifs")
        return len(statements)

    make_scheme()
    few = cost()
    for _number in range(8):
        make_scheme()

    assert cost() == few


def test_an_orientation_names_nobody(ledger: Ledger, client: Visitor) -> None:
    partner, quartier, team = make_partner("Mission locale"), make_quartier(), make_team()
    number = partner.id
    typed = {"partner_id": number, "reason": "emploi", "day": today().isoformat()}
    more = {"quartier_id": quartier.id, "age_band": orientations.age_bands()[1]}
    client.sign_in(team)

    answer = client.send("/partenaires/orientations", {**typed, **more})

    assert answer.status_code == 302
    entry = ledger.entries(Act.ORIENTATION_GIVEN)[0]
    assert (entry.partner_id, entry.kind, entry.day) == (number, "emploi", today())
    assert (entry.quartier_id, entry.age_band) == (quartier.id, more["age_band"])
    nobody = (entry.participation_key, entry.entered_by_key, entry.sex, entry.standing)
    assert nobody == (None, None, None, None)
    assert entry.happened_at is None
    page = client.get("/partenaires/orientations").text
    assert "Mission locale" in page


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("reason", {"reason": "curiosite"}),
        ("day", {"day": today() + DAY}),
        ("day", {"day": today() - timedelta(days=400)}),
        ("age_band", {"age_band": "7-8"}),
        ("quartier_id", {"quartier_id": 99_999}),
    ],
)
def test_an_orientation_that_cannot_be_is_refused(
    ledger: Ledger, field: str, wrong: dict[str, Any]
) -> None:
    given = Orientation(**{"reason": "emploi", "day": today(), **wrong})

    with pytest.raises(Invalid) as refusal:
        orientations.orient(make_team(), make_partner(), given)

    assert refusal.value.field == field
    assert ledger.acts() == []


def test_nobody_is_sent_to_no_one_nor_to_a_partner_put_away(ledger: Ledger) -> None:
    partner, given, team = make_partner(), Orientation("emploi", today()), make_team()
    services.archive_partner(team, partner)

    with pytest.raises(Conflict):
        orientations.orient(team, partner, given)
    with pytest.raises(Invalid):
        orientations.orient(team, None, given)
    with pytest.raises(Forbidden):
        orientations.orient(make_resident(), partner, given)

    assert ledger.acts() == []


def test_one_counted_by_mistake_is_taken_back_once_with_a_reason(
    ledger: Ledger, client: Visitor
) -> None:
    team = make_team()
    orientations.orient(team, make_partner(), Orientation("emploi", today()))
    number = ledger.entries()[0].id
    path = f"/partenaires/orientations/{number}/annuler"
    client.sign_in(team)
    assert client.send(path, {"reason": " "}).status_code == 422
    assert len(ledger.entries()) == 1

    client.send(path, {"reason": "Comptée deux fois"})

    assert ledger.entries()[1].voids_id == number
    assert orientations.counts(today(), today()).total == 0
    assert "orientation:undone" in audited()
    assert client.get(path).status_code == 404
    with pytest.raises(Conflict):
        orientations.undo(team, number, "Encore")


def test_neither_another_act_nor_an_old_one_is_taken_back(ledger: Ledger) -> None:
    team = make_team()
    orientations.orient(team, make_partner(), Orientation("emploi", today()))
    entry = ledger.entries()[0].id

    with at(now() + timedelta(days=90)), pytest.raises(Conflict):
        orientations.undo(team, entry, "Trop tard")
    with pytest.raises(Conflict):
        orientations.undo(team, 99_999, "Personne")
    with pytest.raises(Forbidden):
        orientations.undo(make_resident(), entry, "Pas moi")

    assert len(ledger.entries()) == 1


def test_orientations_are_counted_by_partner_and_reason(app: Flask) -> None:
    team, jobs, health = make_team(), make_partner("Mission locale"), make_partner("Soins")
    for partner, reason in (
        (jobs, "emploi"),
        (jobs, "emploi"),
        (jobs, "droits"),
        (health, "sante"),
    ):
        orientations.orient(team, partner, Orientation(reason, today()))

    counts = orientations.counts(today() - DAY, today())

    assert [(name, total) for name, _reasons, total in counts.rows] == [
        ("Mission locale", 3),
        ("Soins", 1),
    ]
    assert counts.rows[0][1] == [("Emploi et formation", 2), ("Accès aux droits", 1)]
    assert counts.total == 4


def test_orientations_are_for_the_team_alone(client: Visitor) -> None:
    client.sign_in(make_resident())

    assert client.get("/partenaires/orientations").status_code == 403
    assert client.get("/partenaires/conventions").status_code == 403
