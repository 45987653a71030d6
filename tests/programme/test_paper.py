"""The sheet on paper, and a closing with impossible or corrected figures."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from app.core.clock import at, now
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.programme import attendance, changes, paper, registration_services, sheet_queries
from app.programme.attendance import HeadCount
from app.programme.models import Session
from tests.factories import make_quartier, make_resident, make_with_role
from tests.programme.factories import HOUR, make_action, make_session, sign
from tests.support import Ledger, Visitor


def there(session: Session) -> list[int]:
    return sorted(row.resident_id for row in sheet_queries.signed(session.id))


def test_a_signed_sheet_is_copied_with_cards_and_says_paper_in_the_ledger(ledger: Ledger) -> None:
    team, session = make_with_role(Role.DESK), make_session()
    online, ticked, by_card = sign(session), make_resident(), make_resident()

    added = paper.copy_paper(team, session, [ticked.id, online.id], [by_card.card_number])
    again = paper.copy_paper(team, session, [ticked.id], [by_card.card_number])
    attendance.close(team, session)

    assert (added, again) == (2, 0)
    assert there(session) == [online.id, ticked.id, by_card.id]
    channels = [entry.channel for entry in ledger.entries(Act.SESSION_ATTENDED)]
    assert channels == ["online", "paper", "paper"]


def test_a_card_that_nobody_has_leaves_the_whole_sheet_unwritten(client: Visitor) -> None:
    action = make_action(takes_registrations=True)
    session, awaited = make_session(action, starts_at=now() + HOUR), make_resident()
    registration_services.register(make_with_role(Role.DESK), session, awaited)
    client.sign_in(make_with_role(Role.DESK))

    answer = client.send(
        f"/seances/{session.id}/presences/papier",
        {"present": [str(awaited.id)], "cards": "0000 0000\n"},
    )

    assert answer.status_code == 422
    assert "0000 0000" in answer.text
    assert f'value="{awaited.id}" checked' in answer.text
    assert there(session) == []


def test_a_closed_session_and_a_resident_copy_nothing(ledger: Ledger) -> None:
    team, session, resident = make_with_role(Role.DESK), make_session(), make_resident()

    with pytest.raises(Forbidden):
        paper.copy_paper(resident, session, [resident.id])
    attendance.close(team, session)
    with pytest.raises(Conflict):
        paper.copy_paper(team, session, [resident.id])

    assert there(session) == []
    assert ledger.acts() == [Act.SESSION_HELD]


def test_the_sheet_to_sign_names_those_awaited_and_leaves_blank_lines(client: Visitor) -> None:
    action = make_action(title="Atelier couture", takes_registrations=True)
    session = make_session(action, starts_at=now() + HOUR)
    awaited, signed = make_resident("Fatou"), sign(session)
    registration_services.register(make_with_role(Role.DESK), session, awaited)
    client.sign_in(make_with_role(Role.DESK))

    answer = client.get(f"/seances/{session.id}/feuille-de-presence.pdf")

    said = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Atelier couture" in said
    assert awaited.full_name in said
    assert signed.full_name.split()[0] in said


@pytest.mark.parametrize("minutes", [0, -30, 1441])
def test_a_duration_that_cannot_be_is_refused(ledger: Ledger, minutes: int) -> None:
    session = make_session()

    with pytest.raises(Invalid) as refusal:
        attendance.close(make_with_role(Role.DESK), session, None, minutes)

    assert refusal.value.field == "minutes"
    assert ledger.acts() == []


def test_how_long_it_really_lasted_goes_to_the_ledger(ledger: Ledger) -> None:
    team, session = make_with_role(Role.DESK), make_session(hours=2)
    sign(session)

    attendance.close(team, session, None, 150)

    assert {entry.minutes for entry in ledger.entries()} == {150}
    attendance.reopen(team, session, "C’était deux heures.")
    attendance.close(team, session, None, 120)
    assert session.lasted_minutes is None
    assert [entry.minutes for entry in ledger.entries(Act.SESSION_HELD)][-1] == 120


@pytest.mark.parametrize(
    ("people", "said"),
    [("2", "dont 2 bénévoles"), ("-4", "entre 0 et 5000"), ("10000", "entre 0 et 5000")],
)
def test_impossible_figures_are_refused_and_stay_typed(
    client: Visitor, ledger: Ledger, people: str, said: str
) -> None:
    session = make_session(is_offsite=True, quartier_id=make_quartier().id)
    for role in ("volunteer", "volunteer", "public"):
        sign(session, role)
    client.sign_in(make_with_role(Role.DESK))

    typed = {"people": people, "method": "photo", "counted_by": "Léa Martin", "minutes": "95"}
    answer = client.send(f"/seances/{session.id}/clore", typed)

    assert answer.status_code == 422
    assert said in answer.text
    for value in (people, "Léa Martin", "95"):
        assert f'value="{value}"' in answer.text
    assert ledger.acts() == []
    assert db.session.get_one(Session, session.id).status == "planned"


def test_a_session_reopened_a_month_later_is_told_again_at_its_own_date(
    app: Flask, ledger: Ledger
) -> None:
    team, session, forgotten = make_with_role(Role.DESK), make_session(), make_resident()
    sign(session)
    attendance.close(team, session, HeadCount(40, "photo", "Léa"))

    with at(now() + timedelta(days=31)):
        attendance.reopen(team, session, "Une personne oubliée.")
        attendance.sign(team, session, forgotten)
        attendance.close(team, session, HeadCount(41, "photo", "Léa"))

    entries = ledger.entries()
    voided = {entry.voids_id for entry in entries}
    live = [entry for entry in entries if entry.id not in voided and not entry.voids_id]
    assert [entry.act for entry in live] == [
        Act.SESSION_HELD,
        Act.SESSION_ATTENDED,
        Act.SESSION_ATTENDED,
    ]
    assert live[0].head_count == 41
    assert {entry.happened_at for entry in live} == {session.starts_at}


def test_every_card_that_nobody_has_is_said_at_once(client: Visitor) -> None:
    session, someone = make_session(), make_resident()
    client.sign_in(make_with_role(Role.DESK))
    typed = {"cards": f"{someone.card_number}\n12345678, 00000000;abc"}

    answer = client.send(f"/seances/{session.id}/presences/papier", typed)

    assert answer.status_code == 422
    assert "12345678, 00000000, abc." in answer.text
    assert there(session) == []


def test_a_card_is_also_the_address_that_a_reader_of_codes_gives(client: Visitor) -> None:
    session, one, other = make_session(), make_resident(), make_resident()
    client.sign_in(make_with_role(Role.DESK))
    typed = {"cards": f"https://centre.example/c/{one.card_number}, {other.card_number}"}

    client.send(f"/seances/{session.id}/presences/papier", typed)

    assert there(session) == [one.id, other.id]


def test_an_empty_sheet_is_not_taken_for_a_copied_one(client: Visitor) -> None:
    session = make_session()
    client.sign_in(make_with_role(Role.DESK))

    answer = client.send(f"/seances/{session.id}/presences/papier", {"cards": " "})

    assert answer.status_code == 422
    assert "Cochez au moins un nom" in answer.text


def test_a_closed_or_cancelled_session_offers_no_box_to_fill_in(client: Visitor) -> None:
    team, closed = make_with_role(Role.DESK), make_session()
    gone = make_session(starts_at=now() + HOUR)
    attendance.close(team, closed)
    changes.cancel_session(team, gone, "Pluie")
    client.sign_in(team)

    for session, words in ((closed, "est close"), (gone, "a été annulée")):
        page = client.get(f"/seances/{session.id}/presences/papier").text

        assert words in page
        assert 'name="cards"' not in page
