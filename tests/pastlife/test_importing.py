"""What was seen is what is brought in: once, whole, or not at all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Resident
from app.associations.models import Association
from app.audit.models import AuditEntry
from app.core.clock import at, now
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.indicators import audits, services
from app.ledger.acts import Act
from app.pastlife import importing, previews
from app.pastlife.models import PastImport, PastLine
from app.privacy.erasing import erase
from tests.associations.factories import make_association
from tests.at_once import refused_at_once
from tests.factories import make_quartier, make_resident, make_with_role
from tests.pastlife.support import (
    all_figures,
    bring,
    send,
    states,
    table,
    take_back,
    told,
    value,
)
from tests.support import Ledger, audited

pytestmark = pytest.mark.usefixtures("app")


def test_a_preview_counts_nothing_and_is_forgotten_after_a_week(ledger: Ledger) -> None:
    before = all_figures(2023)
    sent = send("sessions", table("sessions", {}, {"Date": "?"})).id
    done = bring("sessions", {"Action": "Chorale"})

    assert len(ledger.acts()) == 1
    with at(now() + timedelta(days=6)):
        assert previews.forget_waiting() == 0
    with at(now() + timedelta(days=8)):
        assert previews.forget_waiting() == 2

    assert [one.id for one in db.session.query(PastImport)] == [done.id]
    assert db.session.query(PastLine).filter_by(import_id=sent).count() == 0
    take_back(done)
    assert all_figures(2023) == before


def test_once_imported_a_line_keeps_no_name_and_the_journal_names_no_one() -> None:
    make_resident("Fatou", family_name="Ba", year_of_birth=1985)
    person = {"Prénom": "Fatou", "Nom": "Ba", "Année de naissance": "1985"}

    sent = bring("members", person, {**person, "Nom": "Inconnue"})

    for line in db.session.query(PastLine).filter_by(import_id=sent.id):
        kept = (line.typed, line.understood, line.folded_name, line.card_number, line.resident_id)
        assert kept == ("", "", "", "", None)
    note = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "past:imported")).one()
    assert note.details == {"after": {"kind": "members", "lines": 2}}


def test_faulty_lines_stay_to_be_mended_once_the_good_ones_are_in() -> None:
    director = make_with_role(Role.DIRECTOR)
    data = table("sessions", {}, {"Action": "Bal", "Durée": "?"})
    sent = send("sessions", data, director)

    importing.import_good(director, sent)

    assert states(sent) == {2: "done", 3: "faulty"}
    again = send("sessions", data, director)
    assert states(again) == {2: "repeated", 3: "faulty"}
    with pytest.raises(Invalid):
        importing.import_good(director, again)


@pytest.mark.parametrize("role", [None, Role.DESK, Role.REFERENT])
def test_only_the_direction_brings_in_and_takes_back(ledger: Ledger, role: Role | None) -> None:
    person = make_resident() if role is None else make_with_role(role)
    sent = send("sessions", table("sessions", {}))

    with pytest.raises(Forbidden):
        send("sessions", table("sessions", {"Action": "Bal"}), person)
    with pytest.raises(Forbidden):
        importing.import_good(person, sent)
    with pytest.raises(Forbidden):
        previews.forget(person, sent)

    assert ledger.acts() == []
    assert db.session.query(PastImport).count() == 1


def test_a_published_year_takes_nothing_more(ledger: Ledger) -> None:
    director = make_with_role(Role.DIRECTOR)
    sent = send("sessions", table("sessions", {}), director)
    for year in (2022, 2023):
        services.publish_year(director, year)

    with pytest.raises(Conflict):
        importing.import_good(director, sent)
    again = send("sessions", table("sessions", {}, {"Date": "12/03/2021"}))
    members = send("members", table("members", {}, {"Saison": "2020-2021"}))

    assert states(again) == {2: "faulty", 3: "good"}
    assert "2023 est publiée" in told(again)[0][3]
    assert states(members) == {2: "faulty", 3: "good"}
    assert ledger.acts() == []


def test_what_has_changed_since_the_preview_is_looked_at_again(ledger: Ledger) -> None:
    person = make_resident("Fatou", family_name="Ba", year_of_birth=1985)
    line = {"Prénom": "Fatou", "Nom": "Ba", "Année de naissance": "1985"}
    director = make_with_role(Role.DIRECTOR)
    sent = send("members", table("members", line), director)
    make_resident("Fatou", family_name="Ba", year_of_birth=1985)

    with pytest.raises(Conflict, match="ligne 2"):
        importing.import_good(director, sent)

    assert ledger.acts() == []
    assert states(sent) == {2: "good"}
    assert person.id


def test_a_line_that_names_someone_goes_with_them() -> None:
    person = make_resident("Fatou", family_name="Ba", year_of_birth=1985)
    other = make_resident()
    name = {"Prénom": "Fatou", "Nom": "Ba"}
    sent = send("members", table("members", name, {"Carte": person.card_number}, {
        "Carte": other.card_number}, {**name, "Saison": "?"}))  # fmt: skip

    atomic(erase)(person, keeps_writings=False)

    assert list(states(sent)) == [4]


def test_one_preview_confirmed_twice_at_once_comes_in_once(app: Flask, ledger: Ledger) -> None:
    director = make_with_role(Role.DIRECTOR)
    sent = send("sessions", table("sessions", {}, {"Action": "Bal"}), director)

    wrong = refused_at_once(app, [_confirm(director.id, sent.id)] * 3)

    assert wrong == [Conflict, Conflict]
    assert ledger.acts() == [Act.SESSION_HELD] * 2
    assert audited().count("past:imported") == 1


def test_the_same_file_sent_twice_and_confirmed_at_once_comes_in_once(
    app: Flask, ledger: Ledger
) -> None:
    director = make_with_role(Role.DIRECTOR)
    lines = table("members", *({"Référence": str(number)} for number in range(30)))
    first, second = (send("members", lines, director).id for _ in "12")

    wrong = refused_at_once(app, [_confirm(director.id, one) for one in (first, second)])

    assert wrong == [Conflict]
    assert ledger.acts() == [Act.ADHESION_TAKEN] * 30
    assert audits.audit().differences == ()


def test_the_database_itself_refuses_the_same_line_twice() -> None:
    first = bring("members", {})
    line = db.session.query(PastLine).filter_by(import_id=first.id).one()
    again = {"import_id": first.id, "number": 9, "typed": "", "digest": line.digest}

    @atomic
    def add(state: str) -> None:
        db.session.add(PastLine(state=state, **again))

    add("repeated")
    with pytest.raises(IntegrityError):
        add("done")


def test_an_association_enters_the_directory_on_its_day(ledger: Ledger) -> None:
    make_association(name="Les Voisins")

    sent = send("associations", table("associations", {
        "Depuis le": "01/09/2019", "Publics": "Enfants; familles", "SIRET": "732 829 320 00074",
        "E-mail": "amis@example.org", "Site": "www.amis.fr",
    }, {"Nom": "les voisins"}, {"Nom": "LES AMIS"}, {"Nom": "Bal", "SIRET": "12"},
        {"Nom": "Jeu", "Domaine": "Chaussures"}))  # fmt: skip
    assert list(states(sent).values()) == ["good", "repeated", "repeated", "faulty", "faulty"]
    importing.import_good(make_with_role(Role.DIRECTOR), sent)

    row = db.session.scalars(select(Association).where(Association.name == "Les Amis")).one()
    assert (row.status, row.family, row.siren, row.slug) == (
        "approved", "006", "732829320", "les-amis",
    )  # fmt: skip
    assert {one.public for one in row.publics} == {"enfants", "familles"}
    assert (row.website, row.listed_by_id) == ("https://www.amis.fr", None)
    listed, approved = ledger.entries()[-2:]
    assert (listed.act, approved.act) == (Act.ASSOCIATION_LISTED, Act.ASSOCIATION_APPROVED)
    assert (f"{listed.day}", listed.association_id) == ("2019-09-01", row.id)


CELLS = st.fixed_dictionaries(
    {
        "Date": st.sampled_from(["12/03/2023", "13/03/2023", "02/01/2022"]),
        "Type": st.sampled_from(["Activité", "Fête de quartier", "Formation de l’équipe"]),
        "Hors les murs": st.sampled_from(["oui", "non", ""]),
        "Quartier": st.just("Les Tilleuls"),
        "Personnes": st.sampled_from(["", "3", "12"]),
        "Référence": st.integers(0, 99).map(str),
    }
)
MEMBERS = st.fixed_dictionaries(
    {
        "Saison": st.sampled_from(["2020-2021", "2021-2022", "2022-2023"]),
        "Année de naissance": st.sampled_from(["1950", "1985", ""]),
        "Prénom": st.just("Fatou"),
        "Nom": st.sampled_from(["Ba", "Sow"]),
        "Référence": st.integers(0, 99).map(str),
    }
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CELLS, min_size=1, max_size=12), st.lists(MEMBERS, min_size=1, max_size=8))
def test_live_totals_are_a_recount_and_undoing_gives_back_every_figure(
    app: Flask, sessions: list[dict[str, str]], members: list[dict[str, str]]
) -> None:
    if not db.session.query(PastImport).count():
        make_quartier("Les Tilleuls")
        make_resident("Fatou", family_name="Ba", year_of_birth=1985)
        bring("sessions", {"Action": "Chorale"})
    before, marks = all_figures(2020, 2021, 2022, 2023), audits.kept_marks()

    done = [bring("sessions", *sessions), bring("members", *members)]

    assert audits.audit().differences == ()
    assert audits.recount() == audits.kept_marks()
    for one in done:
        take_back(one)
    assert audits.audit().differences == ()
    assert audits.kept_marks() == marks
    assert all_figures(2020, 2021, 2022, 2023) == before
    assert value("1.2.1") == 1


def _confirm(person: int, number: int) -> Callable[[], None]:
    def confirm() -> None:
        importing.import_good(
            db.session.get_one(Resident, person), db.session.get_one(PastImport, number)
        )

    return confirm
