"""Who came, how many in all, and what the ledger keeps of it."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.programme import attendance, sheet_queries
from app.programme.attendance import HeadCount
from app.programme.models import Session
from tests.at_once import refused_at_once
from tests.factories import make_quartier, make_resident, make_with_role
from tests.programme.factories import HOUR, make_session, sign
from tests.support import Ledger


def test_closing_records_the_session_and_each_named_person(ledger: Ledger) -> None:
    quartier, team = make_quartier(), make_with_role(Role.DESK)
    session = make_session(kind="fete_quartier", is_offsite=True, quartier_id=quartier.id, hours=3)
    public, volunteer = sign(session), sign(session, "volunteer")

    attendance.close(team, session, HeadCount(80, "passages", "Karim"))

    held, *attended = ledger.entries()
    assert held.act == Act.SESSION_HELD
    assert (held.kind, held.offsite, held.head_count, held.estimated, held.minutes) == (
        "fete_quartier",
        True,
        80,
        True,
        180,
    )
    assert (held.quartier_id, held.happened_at, held.participation_key) == (
        quartier.id,
        session.starts_at,
        None,
    )
    assert {(entry.act, entry.participation_key, entry.role) for entry in attended} == {
        (Act.SESSION_ATTENDED, public.participation_key, "public"),
        (Act.SESSION_ATTENDED, volunteer.participation_key, "volunteer"),
    }
    assert {entry.entered_by_key for entry in attended} == {team.participation_key}
    assert {(entry.happened_at, entry.subject_id) for entry in attended} == {
        (session.starts_at, session.id)
    }


def test_without_an_estimate_only_the_names_count(ledger: Ledger) -> None:
    session = make_session()
    sign(session)

    attendance.close(make_with_role(Role.DESK), session)

    held = ledger.entries(Act.SESSION_HELD)[0]
    assert (held.head_count, held.estimated) == (1, False)


@pytest.mark.parametrize(
    ("field", "count"),
    [
        ("people", HeadCount(-1, "photo", "Karim")),
        ("people", HeadCount(5001, "photo", "Karim")),
        ("people", HeadCount(1, "photo", "Karim")),
        ("method", HeadCount(9, "", "Karim")),
        ("method", HeadCount(9, "magie", "Karim")),
        ("counted_by", HeadCount(9, "photo", " ")),
    ],
)
def test_an_impossible_count_is_refused(ledger: Ledger, field: str, count: HeadCount) -> None:
    session = make_session()
    sign(session)
    sign(session)

    with pytest.raises(Invalid) as refusal:
        attendance.close(make_with_role(Role.DESK), session, count)

    assert refusal.value.field == field
    assert session.status == "planned"
    assert ledger.acts() == []


def test_a_session_is_not_closed_before_it_starts(ledger: Ledger) -> None:
    session = make_session(starts_at=now() + HOUR)

    with pytest.raises(Invalid):
        attendance.close(make_with_role(Role.DESK), session)

    assert ledger.acts() == []


def test_two_of_the_team_closing_at_once_record_once(app: Flask, ledger: Ledger) -> None:
    session = make_session()
    sign(session)
    session_id, teams = session.id, [make_with_role(Role.DESK).id for _ in "12"]

    def close(team_id: int) -> None:
        team = db.session.get_one(Resident, team_id)
        attendance.close(team, db.session.get_one(Session, session_id))

    wrong = refused_at_once(app, [partial(close, teams[0]), partial(close, teams[1])])

    assert wrong == [Conflict]
    assert ledger.acts() == [Act.SESSION_HELD, Act.SESSION_ATTENDED]


def test_a_name_signed_twice_at_once_is_there_once(app: Flask) -> None:
    session_id, resident_id = make_session().id, make_resident().id
    team_id = make_with_role(Role.DESK).id

    def add() -> None:
        session, resident = (
            db.session.get_one(Session, session_id),
            db.session.get_one(Resident, resident_id),
        )
        attendance.sign(db.session.get_one(Resident, team_id), session, resident, "public")

    wrong = refused_at_once(app, [add, add])

    assert wrong == [Conflict]
    assert len(sheet_queries.signed(session_id)) == 1


def test_reopening_voids_all_and_closing_again_records_afresh(ledger: Ledger) -> None:
    team, session = make_with_role(Role.DESK), make_session()
    gone, stays = sign(session), sign(session)
    attendance.close(team, session)

    attendance.reopen(team, session, "Une personne n’était pas là.")
    attendance.unsign(team, session, gone.id)
    attendance.close(team, session)
    attendance.reopen(team, session, "Encore une erreur.")

    entries = ledger.entries()
    voided = {entry.voids_id for entry in entries if entry.voids_id}
    live = [entry for entry in entries if not entry.voids_id and entry.id not in voided]
    assert live == []
    assert [entry.act for entry in entries if not entry.voids_id] == [
        Act.SESSION_HELD,
        Act.SESSION_ATTENDED,
        Act.SESSION_ATTENDED,
        Act.SESSION_HELD,
        Act.SESSION_ATTENDED,
    ]
    assert len(voided) == 5
    assert (session.status, session.closed_at) == ("planned", None)
    assert [row.resident_id for row in sheet_queries.signed(session.id)] == [stays.id]


def test_reopening_needs_a_reason_and_a_closed_session(ledger: Ledger) -> None:
    team, session = make_with_role(Role.DESK), make_session()

    with pytest.raises(Conflict):
        attendance.reopen(team, session, "Pour voir")
    attendance.close(team, session)
    with pytest.raises(Invalid):
        attendance.reopen(team, session, "  ")

    assert session.status == "held"
    assert ledger.acts() == [Act.SESSION_HELD]


def test_two_of_the_team_reopening_at_once_void_once(app: Flask, ledger: Ledger) -> None:
    team, session = make_with_role(Role.DESK), make_session()
    attendance.close(team, session)
    team_id, session_id = team.id, session.id

    def reopen() -> None:
        person = db.session.get_one(Resident, team_id)
        attendance.reopen(person, db.session.get_one(Session, session_id), "Erreur")

    wrong = refused_at_once(app, [reopen, reopen])

    assert wrong == [Conflict]
    assert len(ledger.entries()) == 2


def test_a_closed_sheet_is_not_changed(ledger: Ledger) -> None:
    team, session = make_with_role(Role.DESK), make_session()
    named = sign(session)
    attendance.close(team, session)

    with pytest.raises(Conflict):
        attendance.sign(team, session, make_resident(), "public")
    with pytest.raises(Conflict):
        attendance.unsign(team, session, named.id)

    assert [row.resident_id for row in sheet_queries.signed(session.id)] == [named.id]


def test_residents_do_not_hold_the_sheet(ledger: Ledger) -> None:
    session, resident = make_session(), make_resident()

    refused: list[Callable[[], object]] = [
        lambda: attendance.sign(resident, session, resident, "public"),
        lambda: attendance.unsign(resident, session, resident.id),
        lambda: attendance.close(resident, session),
        lambda: attendance.reopen(resident, session, "Moi"),
    ]
    for act in refused:
        with pytest.raises(Forbidden):
            act()

    assert sheet_queries.signed(session.id) == []
    assert ledger.acts() == []


def test_an_unknown_role_is_refused(ledger: Ledger) -> None:
    session = make_session()

    with pytest.raises(Invalid):
        sign(session, "chef")

    assert sheet_queries.signed(session.id) == []


def test_people_are_found_by_the_start_of_a_name_or_their_card(app: Flask) -> None:
    session = make_session()
    eloise = make_resident("Éloïse", family_name="N’Diaye")
    make_resident("Marc", family_name="Andie")

    def found(typed: str) -> list[int]:
        return [row.resident_id for row in sheet_queries.residents_to_sign(session.id, typed)]

    assert found("n'di") == found("ELOÏ") == found("N’Diaye Élo") == [eloise.id]
    assert found(eloise.card_number) == [eloise.id]
    assert found(f"{eloise.card_number[:4]} {eloise.card_number[4:]}") == [eloise.id]
    assert found("e") == found("%%") == found("__") == found("' OR 1=1") == []
    sign(session, resident=eloise)
    assert found("eloise") == []
