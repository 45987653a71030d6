"""A call for candidates: who is told, who stands, and what comes of it."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import at, now
from app.core.db import db
from app.core.errors import Conflict, DomainError, Forbidden, Invalid
from app.core.rights import Role
from app.mandates import call_queries, call_services
from app.mandates.models import Call, Candidacy
from app.moderation.cases import Choice, decide
from app.moderation.models import Case
from tests.factories import make_resident, make_with_role
from tests.mandates.calling import make_call, make_candidates
from tests.mandates.factories import make_seated
from tests.support import Ledger, Statements, Visitor, told


def test_a_call_reaches_those_the_college_sits_for(app: Flask) -> None:
    resident, child = make_resident(), make_resident(year_of_birth=now().year - 9)
    speaker = make_with_role(Role.ASSOCIATION)

    make_call()

    assert "cherche des candidats" in told(resident)[-1]
    assert not told(child)
    call_services.open_call(
        make_with_role(Role.DIRECTOR),
        db.session.get_one(Call, 1).body,
        college="associations",
        seats=1,
        text="",
        closes_at=now() + timedelta(days=3),
    )
    assert "Associations" in told(speaker)[-1]
    assert len(told(resident)) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"college": "elus"}, {"seats": 0}, {"seats": 61}, {"closes_at": now() - timedelta(days=1)}],
)
def test_a_call_that_cannot_be_is_refused(app: Flask, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        make_call(**wrong)

    assert db.session.scalar(select(func.count(Call.id))) == 0


def test_only_the_direction_calls(app: Flask) -> None:
    body, _director = make_seated()

    with pytest.raises(Forbidden):
        call_services.open_call(
            make_with_role(Role.DESK), body, college="habitants", seats=1, text="", closes_at=now()
        )

    assert db.session.scalar(select(func.count(Call.id))) == 0


def test_residents_stand_withdraw_and_come_back(ledger: Ledger) -> None:
    call, _director = make_call()
    amina, _bilal = make_candidates(call, "Amina", "Bilal")

    call_services.stand_down(amina, call)

    assert [one.name for one in call_queries.candidates(call.id)] == ["Bilal Z."]
    with pytest.raises(Conflict):
        call_services.stand_down(amina, call)
    call_services.stand(amina, call, "Me revoilà.", agrees=True)
    assert [one.text for one in call_queries.candidates(call.id)] == [
        "Je suis Bilal.",
        "Me revoilà.",
    ]
    assert ledger.acts() == []


@pytest.mark.parametrize(
    ("text", "agrees", "person"),
    [
        ("", True, {}),
        ("Je veux.", False, {}),
        ("Je veux.", True, {"standing": "partenaire"}),
        ("Je veux.", True, {"year_of_birth": 2020}),
        ("Je veux.", True, {"silenced_until": now() + timedelta(days=2)}),
    ],
)
def test_nobody_stands_without_words_agreement_or_being_of_the_college(
    app: Flask, text: str, agrees: bool, person: dict[str, Any]
) -> None:
    call, _director = make_call()

    with pytest.raises(DomainError):
        call_services.stand(make_resident(**person), call, text, agrees=agrees)

    assert db.session.scalar(select(func.count(Candidacy.id))) == 0


def test_nobody_stands_once_the_call_is_closed(app: Flask) -> None:
    call, _director = make_call()

    with at(now() + timedelta(days=11)), pytest.raises(Conflict):
        make_candidates(call, "Amina")

    assert call_queries.candidates(call.id) == []


def test_the_first_words_of_an_unknown_account_are_read_before_they_show(app: Flask) -> None:
    call, director = make_call()

    (newcomer,) = make_candidates(call, "Nina", admitted_posts=0)

    assert call_queries.candidates(call.id) == []
    case = db.session.scalars(select(Case)).one()
    decide(case, director, case.version, Choice("kept"))
    assert [one.resident_id for one in call_queries.candidates(call.id)] == [newcomer.id]


def test_what_a_moderator_hid_does_not_come_back_by_itself(app: Flask) -> None:
    call, director = make_call()
    (newcomer,) = make_candidates(call, "Nina", admitted_posts=0)
    case = db.session.scalars(select(Case)).one()
    decide(case, director, case.version, Choice("hidden", "respect", "Non."))

    with pytest.raises(Conflict):
        call_services.stand(newcomer, call, "Autre chose.", agrees=True)

    assert call_queries.candidates(call.id) == []


def test_the_whole_way_is_on_the_pages(client: Visitor) -> None:
    _body, director = make_seated(3)
    resident = make_resident("Zoé", family_name="Kaci")
    client.sign_in(director)
    closes = (now() + timedelta(days=4)).strftime("%Y-%m-%dT%H:%M")
    sent = {"college": "habitants", "seats": "1", "text": "Venez", "closes_at": closes}

    assert client.send("/conseil/appels/nouveau", sent | {"closes_at": ""}).status_code == 422
    assert client.send("/conseil/appels/nouveau", sent).status_code == 302
    client.sign_in(resident)
    assert "Je me présente" in client.get("/conseil/appels/1").get_data(as_text=True)
    words = {"text": "Pour les jeunes", "drawn": ""}
    assert client.send("/conseil/appels/1/candidature", words).status_code == 422
    agreed = words | {"agrees": "y"}
    assert client.send("/conseil/appels/1/candidature", agreed).status_code == 302
    public = Visitor(client.application).get("/conseil/appels/1").get_data(as_text=True)
    assert "Zoé K." in public
    assert "Pour les jeunes" in public
    assert client.get("/conseil/appels/1/retrait").status_code == 200
    assert client.send("/conseil/appels/1/retrait").status_code == 302
    assert client.get("/conseil/appels/1/retrait").status_code == 404
    assert client.send("/conseil/appels/1/candidature", agreed).status_code == 302
    assert client.send("/conseil/appels/1/clore").status_code == 403
    call = db.session.get_one(Call, 1)
    make_candidates(call, "Bilal")
    client.sign_in(director)
    assert client.send("/conseil/appels/1/clore").status_code == 302
    drafted = client.send("/conseil/appels/1/vote")
    assert drafted.status_code == 302
    form = client.get(drafted.headers["Location"]).get_data(as_text=True)
    assert "Zoé K." in form
    assert "Bilal Z." in form


def test_the_pages_of_calls_ask_as_little_with_many(
    client: Visitor, statements: Statements
) -> None:
    call, _director = make_call()

    def asked(address: str) -> int:
        statements.reset()
        assert client.get(address).status_code == 200
        return len(statements)

    make_candidates(call, "Amina")
    few = [asked("/conseil/appels"), asked(f"/conseil/appels/{call.id}")]
    make_candidates(call, *"ABCDEFGHIJKL")

    assert [asked("/conseil/appels"), asked(f"/conseil/appels/{call.id}")] == few
