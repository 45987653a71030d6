"""Who came, and who was a member: by name where there is a file, else without a name."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.adhesion_models import Adhesion
from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic, db
from app.indicators import audits
from app.ledger.acts import Act
from app.programme.models import SessionAttendance
from tests.factories import make_quartier, make_resident
from tests.pastlife.support import bring, send, states, table, told, understood, value
from tests.support import Ledger

pytestmark = pytest.mark.usefixtures("app")


def fatou(**fields: Any) -> Resident:
    return make_resident("Fatou", **{"family_name": "N’Diaye", "year_of_birth": 1985, **fields})


NAMED = {"Prénom": "FATOU", "Nom": "n'diaye", "Année de naissance": "1985"}


def test_a_name_and_a_year_find_the_file_and_so_does_a_card(ledger: Ledger) -> None:
    person, other = fatou(quartier_id=make_quartier().id), make_resident(sex="H")
    bring("sessions", {"Type": "Formation au concept de centre social"})

    bring("attendance", NAMED, {"Carte": other.card_number, "Bénévole": "oui"})

    first, second = ledger.entries(Act.SESSION_ATTENDED)
    assert (first.participation_key, second.participation_key) == (
        person.participation_key, other.participation_key,
    )  # fmt: skip
    assert (first.day, first.quartier_id, first.age_band) == (
        date(2023, 3, 12), person.quartier_id, "26-59",
    )  # fmt: skip
    assert (first.role, second.role, second.sex) == ("public", "volunteer", "H")
    assert (first.minutes, first.kind, first.lead) == (120, "formation_concept", "centre")
    assert value("1.3.3") == 2
    assert db.session.query(SessionAttendance).count() == 0


def test_whoever_has_no_file_counts_without_a_name(ledger: Ledger) -> None:
    quartier = make_quartier("Les Tilleuls")
    bring("sessions", {})

    bring(
        "attendance",
        {**NAMED, "Sexe": "femme", "Quartier": "Les Tilleuls"},
        {"Tranche d’âge": "60+", "Qui": "équipe"},
        {"Tranche d’âge": "60+", "Qui": "équipe"},
    )

    first, second, third = ledger.entries(Act.SESSION_ATTENDED)
    assert {one.participation_key for one in (first, second, third)} == {None}
    assert (first.sex, first.age_band, first.quartier_id, first.standing) == (
        "F", "26-59", quartier.id, "habitant",
    )  # fmt: skip
    assert (second.age_band, second.standing) == ("60+", "team")
    assert third.age_band == second.age_band


def test_agents_at_a_network_day_feed_its_figure() -> None:
    bring("sessions", {"Type": "Journée réseau"})

    bring("attendance", {"Qui": "équipe"}, {"Qui": "équipe"}, {"Qui": "habitant"})

    assert (value("1.2.2"), value("1.2.2.agents")) == (1, 2)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"Carte": "12345678"}, "Carte", "Aucune fiche"),
        ({"Carte": "12"}, "Carte", "8 chiffres"),
        ({"Action": "Chorale"}, "Action", "Reprenez d’abord la séance"),
        ({"Année de naissance": "985"}, "Année de naissance", "1985"),
        ({"Sexe": "?"}, "Sexe", "F, H"),
        ({"Tranche d’âge": "12-14"}, "Tranche d’âge", "26-59"),
        ({"Qui": "chat"}, "Qui", "habitant"),
        (NAMED, "Nom", "numéro de carte"),
    ],
)
def test_what_cannot_be_of_someone_is_told(
    ledger: Ledger, cells: dict[str, str], column: str, words: str
) -> None:
    fatou(), fatou()
    bring("sessions", {})
    before = len(ledger.acts())

    sent = send("attendance", table("attendance", cells))

    ((_line, named, _typed, sentence),) = told(sent)
    assert named == column
    assert words in sentence
    assert len(ledger.acts()) == before


def test_someone_is_there_once_a_session() -> None:
    fatou()
    bring("sessions", {}, {"Heure": "18h"})

    sent = send(
        "attendance",
        table("attendance", {**NAMED, "Heure": "18h"}, {**NAMED, "Heure": "18:00"}, NAMED),
    )

    assert states(sent) == {2: "good", 3: "repeated", 4: "faulty"}
    assert told(sent)[1][3] == "Plusieurs séances ce jour-là\u00a0: donnez l’heure."


def test_a_file_joined_to_another_counts_as_the_one_kept() -> None:
    kept, joined = fatou(), make_resident()

    @atomic
    def join() -> None:
        db.session.get_one(Resident, joined.id).merged_into_id = kept.id

    join()
    bring("sessions", {"Type": "Formation au concept de centre social"})

    bring("attendance", NAMED)
    sent = send("attendance", table("attendance", {"Carte": joined.card_number}))

    assert states(sent) == {2: "repeated"}


def test_memberships_of_past_seasons_count_in_both_civil_years(ledger: Ledger) -> None:
    person = fatou()

    bring(
        "members",
        {**NAMED, "Date": "20/09/2021"},
        {"Type": "Famille", "Personnes couvertes": "4"},
        {"Type": "Famille", "Personnes couvertes": "4"},
    )

    entries = ledger.entries(Act.ADHESION_TAKEN)
    assert [(one.day, one.until, one.kind, one.head_count) for one in entries] == [
        (date(2021, 9, 20), date(2022, 8, 31), "individual", 1),
        (date(2021, 9, 1), date(2022, 8, 31), "family", 4),
        (date(2021, 9, 1), date(2022, 8, 31), "family", 4),
    ]
    assert entries[0].participation_key == person.participation_key
    for year in (2021, 2022):
        assert (value("1.2.3", year), value("1.2.3.personnes", year)) == (3, 9)
    assert value("1.2.3", 2023) == 0
    assert audits.audit().differences == ()
    assert db.session.query(Adhesion).count() == 0
    assert db.session.query(Resident).filter_by(given_name="Fatou").count() == 1


def test_a_file_is_made_only_where_it_is_asked_and_once() -> None:
    before = db.session.query(Resident).count()
    make = {**NAMED, "Nom": "Ba", "Créer la fiche": "oui"}

    sent = bring(
        "members", make, {**make, "Saison": "2022/23"}, {**NAMED, "Prénom": "Ali", "Nom": "Sow"}
    )

    made = db.session.scalars(select(Resident).where(Resident.family_name == "Ba")).one()
    assert (made.given_name, made.year_of_birth, made.is_confirmed) == ("FATOU", 1985, True)
    assert db.session.query(Resident).count() == before + 2
    assert sent.added["residents"] == 1
    assert [one["Personne"] for one in understood(send("members", table("members", {
        **NAMED, "Nom": "Ba", "Saison": "2019-2020"})))] == [
        f"une fiche du centre (n° {made.id})"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Saison": "2021-2023"}, "Saison"),
        ({"Saison": "2199-2200"}, "Saison"),
        ({"Type": "couple"}, "Type"),
        ({"Type": "famille"}, "Personnes couvertes"),
        ({"Personnes couvertes": "3"}, "Personnes couvertes"),
        ({"Date": "01/01/2024"}, "Date"),
        ({"Créer la fiche": "oui", "Prénom": "Ali", "Nom": "Sow"}, "Créer la fiche"),
    ],
)
def test_what_cannot_be_of_a_membership_is_told(cells: dict[str, str], column: str) -> None:
    sent = send("members", table("members", cells))

    assert [named for _line, named, *_said in told(sent)] == [column]


def test_a_member_is_not_taken_twice_for_a_season() -> None:
    fatou()
    bring("members", NAMED)

    sent = send("members", table("members", NAMED, {**NAMED, "Saison": "2022-2023"}))

    assert states(sent) == {2: "repeated", 3: "good"}


def test_lines_without_a_name_are_as_many_as_the_file_has_and_no_more_the_next_time() -> None:
    bring("members", {}, {}, {"Référence": "A12"})

    sent = send("members", table("members", {}, {}, {}, {"Référence": "A12"}, {"Référence": "A13"}))

    assert list(states(sent).values()) == ["repeated", "repeated", "good", "repeated", "good"]


@pytest.mark.parametrize("kind", ["attendance", "members"])
def test_a_line_taken_without_a_file_is_not_taken_again_once_there_is_one(
    kind: str, ledger: Ledger
) -> None:
    bring("sessions", {})
    bring(kind, NAMED)
    before = len(ledger.acts())
    fatou()

    sent = send(kind, table(kind, NAMED))

    assert states(sent) == {2: "repeated"}
    assert len(ledger.acts()) == before


@pytest.mark.parametrize("kind", ["attendance", "members"])
def test_a_line_taken_for_a_file_is_not_taken_again_once_it_is_closed(kind: str) -> None:
    person = fatou()
    bring("sessions", {})
    bring(kind, NAMED)

    @atomic
    def close() -> None:
        db.session.get_one(Resident, person.id).closed_at = now()

    close()

    assert states(send(kind, table(kind, NAMED))) == {2: "repeated"}


@pytest.mark.parametrize("kind", ["attendance", "members"])
def test_someone_named_in_a_file_then_by_their_card_is_one_person(kind: str) -> None:
    card = {"Carte": fatou().card_number}
    bring("sessions", {})

    together = send(kind, table(kind, NAMED, {**card, "Référence": "2"}))
    bring(kind, NAMED)

    assert states(together) == {2: "good", 3: "repeated"}
    assert states(send(kind, table(kind, card))) == {2: "repeated"}
