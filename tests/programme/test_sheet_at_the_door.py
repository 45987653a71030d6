"""The sheet at the door: the queue a phone sends, a card read or typed, someone new."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from app.core.clock import at, now
from app.core.errors import Invalid
from app.core.rights import Role
from app.programme.tap_reading import read_taps
from tests.factories import make_resident, make_with_role
from tests.programme.factories import make_session, there
from tests.support import Visitor


def line(**fields: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "ago": 5, "adds": True, "person": 1} | fields


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"taps": "non"},
        {"taps": [3]},
        {"taps": [line(id="x")]},
        {"taps": [line(id=7)]},
        {"taps": [line(ago="hier")]},
        {"taps": [line(ago=True)]},
        {"taps": [line(ago=None)]},
        {"taps": [line(adds="oui")]},
        {"taps": [line(person=2**40)]},
        {"taps": [line(person="1")]},
        {"taps": [line(card="12345678")]},
        {"taps": [line(person=None, card="1' OR 1=1")]},
        {"taps": [line(role="chef")]},
        {"taps": [line(role=[])]},
        {"taps": [line()] * 501},
    ],
)
def test_a_broken_queue_is_refused_whole(app: Flask, sent: Any) -> None:
    with pytest.raises(Invalid):
        read_taps(sent)


def test_a_phone_says_how_long_ago_so_that_its_clock_does_not_matter(app: Flask) -> None:
    with at(now()):
        read = read_taps({"taps": [line(ago=90_000), line(ago=-5), line(ago=10**18)]})

        assert [now() - one.tapped_at for one in read][:2] == [
            90 * timedelta(seconds=1),
            timedelta(),
        ]
        assert now() - read[2].tapped_at == timedelta(days=30)


def test_the_page_sends_its_queue_with_its_key_and_nobody_without(client: Visitor) -> None:
    session, resident = make_session(), make_resident()
    path = f"/seances/{session.id}/presences"
    team = make_with_role(Role.DESK)
    client.sign_in(team)
    body = json.dumps({"taps": [line(person=resident.id)]})
    kind = {"Content-Type": "application/json"}

    without = client.post(f"{path}/envoi", data=body, headers=kind)
    assert (without.status_code, there(session)) == (400, [])

    key = client.get(path).text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post(f"{path}/envoi", data=body, headers={**kind, "X-CSRFToken": key})
    broken = client.post(f"{path}/envoi", data="{", headers={**kind, "X-CSRFToken": key})

    assert answer.get_json()["refused"] == {}
    assert there(session) == [resident.id]
    assert (broken.status_code, "abîmé" in broken.get_json()["message"]) == (422, True)


def test_the_camera_opens_on_the_sheet_alone(client: Visitor) -> None:
    session = make_session()
    client.sign_in(make_with_role(Role.DESK))

    sheet = client.get(f"/seances/{session.id}/presences")
    elsewhere = client.get("/programme")

    assert "camera=(self)" in sheet.headers["Permissions-Policy"]
    assert "camera=()" in elsewhere.headers["Permissions-Policy"]


def test_the_worker_is_a_script_that_names_nobody(client: Visitor) -> None:
    answer = client.get("/seances/sans-reseau.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_typed_card_signs_without_javascript(client: Visitor) -> None:
    session, resident = make_session(), make_resident()
    client.sign_in(make_with_role(Role.DESK))
    path = f"/seances/{session.id}/presences/carte"

    good = client.send(path, {"number": f"https://ici/connexion?carte={resident.card_number}"})
    again = client.send(path, {"number": resident.card_number})
    unknown = client.send(path, {"number": "0000 0000"})
    short = client.send(path, {"number": "12"})

    assert [one.status_code for one in (good, again, unknown, short)] == [302, 409, 422, 422]
    assert "0000 0000" in unknown.text
    assert there(session) == [resident.id]


def test_someone_new_is_registered_at_the_desk_and_found_at_once_on_the_sheet(
    client: Visitor,
) -> None:
    session = make_session()
    client.sign_in(make_with_role(Role.DESK))
    path = f"/seances/{session.id}/presences"
    assert f"/accueil/inscrire?next={path}" in client.get(path).text

    typed = {
        "given_name": "Awa",
        "family_name": "Diop",
        "year_of_birth": "1980",
        "quartier_id": "0",
    }
    made = client.send(f"/accueil/inscrire?next={path}", typed)

    assert made.status_code == 302, made.text
    assert made.location.startswith(f"{path}?q=")
    back = client.get(made.location)
    assert "Diop Awa" in back.text
    elsewhere = client.send(
        "/accueil/inscrire?next=//mechant.example", typed | {"given_name": "Zoé"}
    )
    assert "mechant" not in (elsewhere.location or "")
