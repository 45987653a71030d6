"""An import taken back leaves everything as it was, but what others have leant on since."""

import pytest
from sqlalchemy import select

from app.accounts import people_services
from app.accounts.models import Resident
from app.accounts.word_models import ResidentWord
from app.associations.models import Association
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.core.rights import Role
from app.core.search import SearchDocument
from app.indicators import audits
from app.ledger.acts import Act
from app.ledger.models import Entry
from app.pastlife import undoing
from app.pastlife.models import PastAddition, PastLine
from app.programme import attendance
from app.programme.attendance import HeadCount
from app.programme.models import Action, Session
from tests.factories import make_quartier, make_resident, make_with_role
from tests.pastlife.support import all_figures, bring, send, states, table, take_back, value
from tests.programme.factories import make_session
from tests.support import audited

pytestmark = pytest.mark.usefixtures("app")
YEARS = (2020, 2021, 2022, 2023)
ALI = {"Prénom": "Ali", "Nom": "Sow", "Année de naissance": "1990", "Créer la fiche": "oui"}


def test_every_figure_is_as_before_and_nothing_is_left() -> None:
    make_quartier("Les Tilleuls")
    make_resident("Fatou", family_name="Ba", year_of_birth=1985)
    make_session()
    before, marks = all_figures(*YEARS), audits.kept_marks()
    people = db.session.query(Resident).count()
    fatou = {"Prénom": "Fatou", "Nom": "Ba", "Année de naissance": "1985"}
    done = [
        bring("associations", {}),
        bring("members", ALI, fatou, {"Type": "famille", "Personnes couvertes": "4"}),
        bring(
            "sessions",
            {"Type": "Formation au concept de centre social", "Personnes": "9"},
            {"Action": "Bal", "Hors les murs": "oui", "Quartier": "Les Tilleuls"},
        ),
        bring("attendance", fatou, {**ALI, "Créer la fiche": ""}),
    ]
    assert all_figures(*YEARS) != before

    for one in reversed(done):
        take_back(one)

    assert all_figures(*YEARS) == before
    assert audits.kept_marks() == marks
    assert audits.audit().differences == ()
    assert db.session.query(Session).count() == db.session.query(Action).count() == 1
    assert db.session.query(Association).count() == 0
    # The four directors who took them back are new here.
    left = db.session.query(Resident).filter_by(given_name="Ali").count()
    assert left == 0
    assert people <= db.session.query(Resident).count()
    assert db.session.query(PastAddition).count() == db.session.query(PastLine).count() == 0
    assert db.session.query(SearchDocument).filter_by(kind="associations").count() == 0
    assert db.session.query(ResidentWord).filter_by(word="sow").count() == 0
    assert audited()[-4:] == ["past:undone"] * 4


def test_a_file_taken_back_can_be_brought_in_again() -> None:
    data = table("sessions", {})
    take_back(bring("sessions", {}))

    sent = send("sessions", data)

    assert states(sent) == {2: "good"}


def test_nothing_is_taken_back_twice_or_by_others() -> None:
    done = bring("sessions", {})
    with pytest.raises(Forbidden):
        undoing.undo(make_with_role(Role.DESK), done)
    take_back(done)

    with pytest.raises(Conflict):
        take_back(done)

    assert db.session.query(Entry).count() == 2


def test_sessions_on_which_presences_stand_wait_for_those_to_be_taken_back() -> None:
    sessions = bring("sessions", {})
    presences = bring("attendance", {})

    with pytest.raises(Conflict, match=f"n° {presences.id}"):
        take_back(sessions)
    assert value("1.2.1") == 1

    take_back(presences)
    take_back(sessions)
    assert value("1.2.1") == 0


def test_a_person_who_came_since_keeps_their_file_and_it_is_said() -> None:
    done = bring("members", ALI, {**ALI, "Prénom": "Léa"}, {**ALI, "Prénom": "Zoé"})
    ali, lea = (
        db.session.scalars(select(Resident).where(Resident.given_name == name)).one()
        for name in ("Ali", "Léa")
    )
    session, desk = make_session(), make_with_role(Role.DESK)
    attendance.sign(desk, session, ali)
    people_services.correct_person(desk, lea, phone="0612345678")

    take_back(done)

    assert done.kept == {"residents": 2}
    assert set(db.session.scalars(select(Resident.given_name))) >= {"Ali", "Léa"}
    assert db.session.query(Resident).filter_by(given_name="Zoé").count() == 0
    assert value("1.2.3", 2021) == 0


def test_a_session_reopened_and_closed_since_stays_with_its_new_acts() -> None:
    done = bring("sessions", {"Personnes": "9", "Date": "12/03/2026"}, {"Action": "Bal"})
    desk = make_with_role(Role.DESK)
    session = db.session.scalars(select(Session).order_by(Session.id)).first()
    assert session is not None
    attendance.reopen(desk, session, "Ils étaient dix.")
    attendance.close(desk, session, HeadCount(10, "compteur", "Zohra"))

    take_back(done)

    assert done.kept == {"sessions": 1, "actions": 1}
    live = db.session.scalars(
        select(Entry).where(Entry.act == Act.SESSION_HELD.value).order_by(Entry.id)
    ).all()
    assert [one.head_count for one in live if one.voids_id is None][-1] == 10
    assert value("1.2.1", 2026) == 1
    assert audits.audit().differences == ()
