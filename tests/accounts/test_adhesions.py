"""Someone joins the centre for a season."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.adhesion_models import Adhesion, AdhesionPerson, Kind, Payment
from app.accounts.adhesion_queries import of_season, totals
from app.accounts.adhesion_services import cancel_adhesion, season_now, take_adhesion
from app.accounts.family_models import Household, HouseholdMember
from app.accounts.models import Resident
from app.core import clock
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act, Channel
from tests.at_once import refused_at_once
from tests.desk.paper import words_on
from tests.factories import make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor

ALONE: dict[str, Any] = {"kind": Kind.INDIVIDUAL, "fee_cents": 700, "payment": Payment.CASH}
TOGETHER: dict[str, Any] = {"kind": Kind.FAMILY, "fee_cents": 1500, "payment": Payment.CARD}


@atomic
def make_household(*people: Resident) -> None:
    household = Household(name="Foyer")
    db.session.add(household)
    db.session.flush()
    for one in people:
        db.session.add(HouseholdMember(household_id=household.id, resident_id=one.id))


def covered() -> list[tuple[int, bool]]:
    rows = db.session.execute(select(AdhesionPerson.resident_id, AdhesionPerson.is_live))
    return sorted((row.resident_id, row.is_live) for row in rows)


def count() -> int | None:
    return db.session.scalar(select(func.count()).select_from(Adhesion))


@pytest.mark.parametrize(("month", "season"), [(8, 2025), (9, 2026), (1, 2025)])
def test_a_season_begins_in_september(app: Flask, month: int, season: int) -> None:
    with clock.at(datetime(2026, month, 15, tzinfo=UTC)):
        assert season_now() == season


def test_one_person_joins_and_the_ledger_says_who_typed_it(app: Flask, ledger: Ledger) -> None:
    desk, resident = make_with_role(Role.DESK), make_resident()

    adhesion = take_adhesion(desk, resident, season=season_now(), **ALONE)

    (entry,) = ledger.entries(Act.ADHESION_TAKEN)
    assert (entry.kind, entry.head_count, entry.channel) == ("individual", 1, Channel.DESK)
    assert entry.participation_key == resident.participation_key
    assert entry.entered_by_key == desk.participation_key
    assert adhesion.receipt_number == f"{clock.today().year}-0001"


def test_a_family_counts_once_and_covers_the_people_chosen(app: Flask, ledger: Ledger) -> None:
    desk = make_with_role(Role.DESK)
    mother, child, other = make_resident(), make_resident(), make_resident()
    make_household(mother, child, other)

    take_adhesion(desk, mother, season=season_now(), people=[child.id], **TOGETHER)

    (entry,) = ledger.entries(Act.ADHESION_TAKEN)
    assert (entry.kind, entry.head_count) == ("family", 2)
    assert covered() == [(mother.id, True), (child.id, True)]


def test_a_family_covers_nobody_from_elsewhere(app: Flask, ledger: Ledger) -> None:
    desk, mother, stranger = make_with_role(Role.DESK), make_resident(), make_resident()

    with pytest.raises(Invalid):
        take_adhesion(desk, mother, season=season_now(), people=[stranger.id], **TOGETHER)
    with pytest.raises(Invalid):
        take_adhesion(desk, mother, season=season_now(), **TOGETHER)

    assert (count(), ledger.acts()) == (0, [])


def test_nobody_joins_twice_in_a_season(app: Flask, ledger: Ledger) -> None:
    desk, mother, child = make_with_role(Role.DESK), make_resident(), make_resident()
    make_household(mother, child)
    take_adhesion(desk, child, season=season_now(), **ALONE)

    with pytest.raises(Conflict):
        take_adhesion(desk, mother, season=season_now(), people=[child.id], **TOGETHER)

    assert len(ledger.acts()) == count() == 1
    take_adhesion(desk, child, season=season_now() + 1, **ALONE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"season": 2019},
        {"fee_cents": -1},
        {"fee_cents": 100_001},
        {"fee_cents": 0},
        {"payment": Payment.FREE},
    ],
)
def test_what_makes_no_sense_is_refused(app: Flask, ledger: Ledger, wrong: dict[str, Any]) -> None:
    desk, resident = make_with_role(Role.DESK), make_resident()

    with pytest.raises(Invalid):
        take_adhesion(desk, resident, **{"season": season_now(), **ALONE, **wrong})

    assert (count(), ledger.acts()) == (0, [])


def test_a_resident_takes_no_membership_by_themselves(app: Flask, ledger: Ledger) -> None:
    resident = make_resident()

    with pytest.raises(Forbidden):
        take_adhesion(resident, resident, season=season_now(), **ALONE)

    assert (count(), ledger.acts()) == (0, [])


def test_a_cancelled_membership_keeps_its_number_and_frees_the_season(
    app: Flask, ledger: Ledger
) -> None:
    desk, resident = make_with_role(Role.DESK), make_resident()
    first = take_adhesion(desk, resident, season=season_now(), **ALONE)

    cancel_adhesion(desk, first, "réglée deux fois")
    second = take_adhesion(desk, resident, season=season_now(), **ALONE)

    assert (first.receipt_rank, second.receipt_rank) == (1, 2)
    entries = ledger.entries(Act.ADHESION_TAKEN)
    assert [entry.voids_id for entry in entries] == [None, entries[0].id, None]
    with pytest.raises(Conflict):
        cancel_adhesion(desk, first, "encore")
    with pytest.raises(Invalid):
        cancel_adhesion(desk, second, "  ")
    assert second.cancelled_at is None


def test_receipts_taken_together_are_numbered_without_gap(app: Flask, ledger: Ledger) -> None:
    desk_id = make_with_role(Role.DESK).id
    ids = [make_resident().id for _ in range(6)]

    def take(resident_id: int) -> None:
        by, who = db.session.get_one(Resident, desk_id), db.session.get_one(Resident, resident_id)
        take_adhesion(by, who, season=season_now(), **ALONE)

    assert refused_at_once(app, [partial(take, one) for one in ids]) == []

    ranks = sorted(db.session.scalars(select(Adhesion.receipt_rank)))
    assert ranks == list(range(1, 7))
    assert len(ledger.entries(Act.ADHESION_TAKEN)) == 6


def test_one_person_joined_by_six_agents_at_once_joins_once(app: Flask, ledger: Ledger) -> None:
    desk_id, resident_id = make_with_role(Role.DESK).id, make_resident().id

    def take() -> None:
        by = db.session.get_one(Resident, desk_id)
        who = db.session.get_one(Resident, resident_id)
        take_adhesion(by, who, season=season_now(), **ALONE)

    assert refused_at_once(app, [take] * 6) == [Conflict] * 5

    assert covered() == [(resident_id, True)]
    assert len(ledger.entries(Act.ADHESION_TAKEN)) == 1
    assert db.session.scalar(select(Adhesion.receipt_rank)) == 1


def test_the_desk_takes_it_prints_it_and_finds_it_again(client: Visitor) -> None:
    resident = make_resident("Fatou", family_name="N’Diaye")
    client.sign_in(make_with_role(Role.DESK))

    answer = client.send(
        f"/accueil/personnes/{resident.id}/adhesion",
        {"kind": "individual", "season": str(season_now()), "fee": "7,50", "payment": "especes"},
    )

    again = client.get(f"/accueil/personnes/{resident.id}/adhesion").text
    assert "Déjà couverte pour la saison" in again
    assert "7\u00a0€ pour une personne, 15\u00a0€ pour une famille" in again
    page = answer.headers["Location"]
    assert "7,50\u00a0€" in client.get(page).text
    receipt = client.get(f"{page}/recu.pdf")
    assert receipt.headers["Cache-Control"] == "no-store"
    assert all(word in words_on(receipt.data) for word in ("Fatou N’Diaye", "7,50 €", "espèces"))
    found = client.get("/accueil/adhesions?q=ndiaye").text
    assert "N’Diaye" in found and "adhésion individuelle" in found
    assert "Aucune adhésion ici" in client.get("/accueil/adhesions?q=martin").text


def test_no_fee_typed_is_the_fee_of_the_house(client: Visitor) -> None:
    resident = make_resident()
    client.sign_in(make_with_role(Role.DESK))
    form = {"kind": "individual", "season": str(season_now()), "fee": "", "payment": "carte"}

    client.send(f"/accueil/personnes/{resident.id}/adhesion", form)

    assert db.session.scalar(select(Adhesion.fee_cents)) == 700


def test_a_fee_that_is_no_number_is_refused(client: Visitor, ledger: Ledger) -> None:
    resident = make_resident()
    client.sign_in(make_with_role(Role.DESK))
    form = {"kind": "individual", "season": str(season_now()), "fee": "sept", "payment": "carte"}

    answer = client.send(f"/accueil/personnes/{resident.id}/adhesion", form)

    assert answer.status_code == 422
    assert (count(), ledger.acts()) == (0, [])


def test_a_cancelled_receipt_says_so(client: Visitor) -> None:
    desk, resident = make_with_role(Role.DESK), make_resident()
    adhesion = take_adhesion(desk, resident, season=season_now(), **ALONE)
    client.sign_in(desk)
    page = f"/accueil/adhesions/{adhesion.id}"

    client.send(f"{page}/annuler", {"reason": "erreur de saisie"})

    assert "erreur de saisie" in client.get(page).text
    assert "Annulée le" in words_on(client.get(f"{page}/recu.pdf").data)


def test_the_season_as_a_file_holds_no_formula(client: Visitor) -> None:
    desk, resident = make_with_role(Role.DESK), make_resident("=1+1", family_name="Diallo")
    take_adhesion(desk, resident, season=season_now(), **ALONE)
    client.sign_in(desk)

    lines = client.get("/accueil/adhesions.csv").text.splitlines()

    assert lines[0].startswith("\ufeffReçu;Date;")
    assert "'=1+1 Diallo;1;7,00;espèces;en cours" in lines[1]


def test_each_person_sees_their_own_and_nobody_else_s_receipt(client: Visitor) -> None:
    desk, mother, child = make_with_role(Role.DESK), make_resident(), make_resident()
    make_household(mother, child)
    adhesion = take_adhesion(desk, mother, season=season_now(), people=[child.id], **TOGETHER)
    receipt = f"/moi/compte/adhesions/{adhesion.id}/recu.pdf"

    client.sign_in(mother)
    assert "n° " in client.get("/moi/compte/adhesions").text
    assert client.get(receipt).status_code == 200
    client.sign_in(child)
    assert "Familiale" in client.get("/moi/compte/adhesions").text
    assert client.get(receipt).status_code == 404
    client.sign_in(make_resident())
    assert "Pas encore d’adhésion" in client.get("/moi/compte/adhesions").text
    assert client.get(receipt).status_code == 404
    assert client.get("/accueil/adhesions").status_code == 403
    assert client.get("/accueil/adhesions.csv").status_code == 403


def test_whoever_has_an_address_is_written_to(app: Flask) -> None:
    desk = make_with_role(Role.DESK, email=None)

    take_adhesion(desk, make_resident(email="a@example.org"), season=season_now(), **ALONE)
    take_adhesion(desk, make_resident(email=None), season=season_now(), **ALONE)

    mails = db.session.execute(db.text('SELECT "to", text FROM outbox')).all()
    assert [mail.to for mail in mails] == ["a@example.org"]
    assert "/moi/compte/adhesions" in mails[0].text


def test_the_list_costs_the_same_however_long(client: Visitor, statements: Statements) -> None:
    desk = make_with_role(Role.DESK)
    client.sign_in(desk)
    counts = []
    for _ in range(2):
        for _ in range(4):
            take_adhesion(desk, make_resident(email=None), season=season_now(), **ALONE)
        statements.reset()
        assert client.get("/accueil/adhesions").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 8


def test_totals_leave_cancelled_ones_out(app: Flask) -> None:
    desk, mother, child = make_with_role(Role.DESK), make_resident(), make_resident()
    make_household(mother, child)
    take_adhesion(desk, mother, season=season_now(), people=[child.id], **TOGETHER)
    gone = take_adhesion(desk, make_resident(), season=season_now(), **ALONE)
    cancel_adhesion(desk, gone, "erreur")

    (total,) = totals(season_now())

    assert (total.kind, total.count, total.people, total.cents) == ("family", 1, 2, 1500)
    assert of_season(season_now(), "", 1).total == 2
