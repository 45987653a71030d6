"""Past sessions count as if the team had closed them in their time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import civil_day, now
from app.core.db import db
from app.indicators import audits
from app.ledger.acts import Act
from app.programme.models import Action, Session
from tests.factories import make_quartier
from tests.partners.factories import make_partner
from tests.pastlife.support import MARCH_12, all_figures, bring, send, states, table, told, value
from tests.programme.factories import make_action, make_session
from tests.support import Ledger

pytestmark = pytest.mark.usefixtures("app")


def test_a_session_brought_in_is_held_on_its_day_with_its_facts(ledger: Ledger) -> None:
    quartier = make_quartier("Les Tilleuls")

    bring(
        "sessions",
        {
            "Action": "Fête",
            "Type": "Fête de quartier",
            "Heure": "14h30",
            "Durée": "1,5",
            "Hors les murs": "oui",
            "Quartier": "les tilleuls",
            "Personnes": "80",
            "Porteur": "La Ville",
        },
    )

    (entry,) = ledger.entries()
    assert (entry.act, entry.day, entry.kind, entry.lead) == (
        Act.SESSION_HELD, MARCH_12, "fete_quartier", "ville",
    )  # fmt: skip
    assert (entry.minutes, entry.head_count, entry.estimated) == (90, 80, True)
    assert (entry.offsite, entry.quartier_id) == (True, quartier.id)
    assert entry.entered_by_key is not None
    session = db.session.scalars(select(Session)).one()
    assert (session.status, session.minutes, session.head_count) == ("held", 90, 80)
    assert entry.happened_at == session.starts_at
    assert (entry.subject_id, entry.action_id) == (session.id, session.action_id)


def test_the_figures_of_its_year_move_and_no_other() -> None:
    make_quartier("Les Tilleuls")
    before = all_figures(2022, 2023)

    bring(
        "sessions",
        {"Hors les murs": "oui", "Quartier": "Les Tilleuls", "Personnes": "80"},
        {"Date": "13/03/2023"},
        {"Date": "14/03/2023", "Type": "Rencontre avec la communication"},
    )

    moved = {key: it for key, it in all_figures(2022, 2023).items() if it != before[key]}
    assert {year for year, _code in moved} == {2023}
    assert moved[2023, "1.1.1"] == 1
    assert moved[2023, "1.1.3"] == 80
    assert moved[2023, "1.2.1"] == 1
    assert moved[2023, "1.3.1"] == 1
    assert audits.audit().differences == ()


def test_a_meeting_a_training_and_partners_feed_their_figures() -> None:
    partner = make_partner()

    bring(
        "sessions",
        {
            "Type": "Réunion de partenaires",
            "Nature": "coordination",
            "Durée": "3",
            "Partenaires présents": partner.name,
        },
        {"Type": "Formation de l’équipe", "Date": "13/03/2023"},
    )

    assert (value("2.1.1"), value("2.1.2"), value("2.2.1")) == (3, 1, 1)
    assert (value("2.3.2"), value("2.3.2.tenues")) == (1, 1)


def test_a_weekly_activity_is_one_action_and_joins_the_one_of_the_catalogue() -> None:
    known = make_action(title="Couture")

    bring("sessions", {"Action": " COUTURE"}, {"Date": "19/03/2023"}, {"Action": "Chorale"})

    titles = list(db.session.scalars(select(Action.title).order_by(Action.id)))
    assert titles == ["Couture", "Chorale"]
    held = select(Session).where(Session.action_id == known.id)
    assert len(db.session.scalars(held).all()) == 2
    assert value("1.2.1") == 2


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"Date": "31/02/2023"}, "Date", "Écrivez une date comme 12/03/2023."),
        ({"Date": "12/03/2199"}, "Date", "pas encore passée"),
        ({"Date": "12/03/1999"}, "Date", "2000"),
        ({"Date": ""}, "Date", "doit être remplie"),
        ({"Heure": "25h"}, "Heure", "14h30"),
        ({"Durée": "90"}, "Durée", "90 min"),
        ({"Durée": "longtemps"}, "Durée", "1,5 ou 1h30"),
        ({"Type": "Kermesse"}, "Type", "Fête de quartier"),
        ({"Type": "Réunion de partenaires"}, "Nature", "coordination"),
        ({"Hors les murs": "oui"}, "Quartier", "quel quartier"),
        ({"Quartier": "Atlantide"}, "Quartier", "réglages"),
        ({"Hors les murs": "peut-être"}, "Hors les murs", "oui ou non"),
        ({"Personnes": "-3"}, "Personnes", "nombre entier"),
        ({"Personnes": "6000"}, "Personnes", "5"),
        ({"Porteur": "mairie de Paris"}, "Porteur", "ville"),
        ({"Partenaires présents": "Inconnu"}, "Partenaires présents", "annuaire"),
    ],
)
def test_what_cannot_be_is_told_with_its_line_its_column_and_how_to_mend_it(
    ledger: Ledger, cells: dict[str, str], column: str, words: str
) -> None:
    sent = send("sessions", table("sessions", {"Action": "Chorale"}, cells))

    assert states(sent) == {2: "good", 3: "faulty"}
    ((number, named, typed, sentence),) = told(sent)
    assert (number, named, typed) == (3, column, cells.get(column, ""))
    assert words in sentence.replace("\u00a0", " ")
    assert ledger.acts() == []


def test_what_the_programme_has_already_is_not_taken_twice(ledger: Ledger) -> None:
    session = make_session(starts_at=now() - timedelta(days=2), title="Couture")
    day = f"{civil_day(session.starts_at):%d/%m/%Y}"

    sent = send("sessions", table("sessions", {"Date": day, "Durée": "5 min"}, {}, {}))

    assert states(sent) == {2: "repeated", 3: "good", 4: "repeated"}
    assert [sentence for *_place, sentence in told(sent)] == [
        "Le programme a déjà une séance de cette action ce jour-là.",
        "C’est la même que la ligne 3 de ce fichier.",
    ]
