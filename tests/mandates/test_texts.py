"""An instance's règlement and charter: proposed, amended, adopted, and then unchanged."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from app.accounts.models import Resident
from app.bodies.models import Body
from app.core.clock import today
from app.core.db import db
from app.core.errors import Conflict, DomainError, Forbidden, Invalid
from app.mandates import text_queries, text_services
from app.mandates.comparing import Change, differences
from app.mandates.text_models import TextAmendment, TextVersion
from tests.at_once import refused_at_once
from tests.bodies.factories import make_director, make_held, make_member, make_referent
from tests.factories import make_body, make_resident
from tests.mandates.factories import HANDS
from tests.support import Statements, Visitor, audited, told

FIRST = "Article 1\n\nOn s’écoute.\n\nArticle 2\n\nOn finit à 20 h."
SECOND = "Article 1\n\nOn s’écoute.\n\nArticle 2\n\nOn finit à 21 h."


def make_text(content: str = FIRST, **fields: Any) -> tuple[TextVersion, Resident]:
    """A first version of a comité's règlement, and the référent who wrote it."""
    body = fields.pop("body", None) or make_body()
    referent = make_referent(body)
    return text_services.propose_version(referent, body, "reglement", content), referent


def test_members_are_told_of_a_version_and_of_its_adoption(app: Flask) -> None:
    body = make_body()
    member, referent = make_member(body), make_referent(body)
    meeting = make_held(body, referent)

    version = text_services.propose_version(referent, body, "reglement", FIRST)
    text_services.adopt(referent, version, today(), meeting)

    heard = [words.split("\u00a0")[0] for words in told(member) if "Règlement" in words]
    assert heard == ["Une nouvelle version est proposée", "Le texte est adopté"]
    assert text_queries.in_force(body.id, "reglement") is version
    assert "text:adopted" in audited()


@pytest.mark.parametrize(
    ("kind", "content"), [("loi", FIRST), ("reglement", " "), ("reglement", "x" * 30_001)]
)
def test_a_version_that_cannot_be_is_refused(app: Flask, kind: str, content: str) -> None:
    body = make_body()

    with pytest.raises(Invalid):
        text_services.propose_version(make_referent(body), body, kind, content)

    assert db.session.scalar(select(func.count(TextVersion.id))) == 0


def test_only_who_manages_proposes_answers_and_adopts(app: Flask) -> None:
    version, referent = make_text()
    member = make_member(version.body)
    said = text_services.amend(member, version, "21 h", "On finit à 20 h.")

    with pytest.raises(Forbidden):
        text_services.propose_version(member, version.body, "reglement", SECOND)
    with pytest.raises(Forbidden):
        text_services.adopt(member, version, today())
    with pytest.raises(Forbidden):
        text_services.answer_amendment(member, said, taken=True)
    text_services.answer_amendment(referent, said, taken=True)

    assert version.adopted_on is None
    assert said.answer == "taken"


@pytest.mark.parametrize(
    ("words", "passage"), [("", ""), ("21 h", "On finit à 22 h."), ("  ", "On s’écoute.")]
)
def test_an_amendment_says_something_of_what_is_written(
    app: Flask, words: str, passage: str
) -> None:
    version, _referent = make_text()

    with pytest.raises(Invalid):
        text_services.amend(make_member(version.body), version, words, passage)
    with pytest.raises(Forbidden):
        text_services.amend(make_resident(), version, "21 h")

    assert db.session.scalar(select(func.count(TextAmendment.id))) == 0


def test_what_is_adopted_or_replaced_is_no_longer_amended_nor_adopted(app: Flask) -> None:
    version, referent = make_text()
    member = make_member(version.body)
    second = text_services.propose_version(referent, version.body, "reglement", SECOND)
    with pytest.raises(Conflict):
        text_services.adopt(referent, version, today())
    with pytest.raises(Conflict):
        text_services.amend(member, version, "21 h")
    text_services.adopt(referent, second, today())

    for act in (
        lambda: text_services.adopt(referent, second, today()),
        lambda: text_services.amend(member, second, "22 h"),
    ):
        with pytest.raises(Conflict):
            act()
    with pytest.raises(Invalid):
        text_services.propose_version(referent, version.body, "reglement", SECOND)


def test_a_text_is_adopted_at_a_meeting_of_its_own_instance_already_held(app: Flask) -> None:
    version, referent = make_text()

    for on, meeting in (
        (today() + timedelta(days=1), None),
        (today(), make_held(make_body())),
    ):
        with pytest.raises(DomainError):
            text_services.adopt(referent, version, on, meeting)

    assert version.adopted_on is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE text_versions SET content = 'Autre'",
        "UPDATE text_versions SET adopted_on = NULL",
        "UPDATE text_versions SET adopted_on = '2020-01-01'",
        "UPDATE text_versions SET number = 7",
        "DELETE FROM text_versions",
    ],
)
def test_an_adopted_version_cannot_be_changed_even_by_sql(app: Flask, change: str) -> None:
    version, referent = make_text()
    text_services.adopt(referent, version, date(2026, 1, 9))
    number = version.id

    with pytest.raises(DatabaseError, match="a version of a text is frozen"):
        db.session.execute(text(change))

    db.session.rollback()
    kept = db.session.get_one(TextVersion, number)
    assert (kept.content, kept.adopted_on, kept.number) == (FIRST, date(2026, 1, 9), 1)


def test_versions_proposed_together_get_different_numbers(app: Flask) -> None:
    version, referent = make_text()
    body_id, referent_id = version.body_id, referent.id

    def propose(hand: int) -> None:
        by = db.session.get_one(Resident, referent_id)
        body = db.session.get_one(Body, body_id)
        text_services.propose_version(by, body, "reglement", f"Texte {hand}")

    assert refused_at_once(app, [partial(propose, number) for number in range(HANDS)]) == []
    numbers = db.session.scalars(select(TextVersion.number).order_by(TextVersion.number)).all()
    assert numbers == list(range(1, HANDS + 2))


def test_what_changed_is_said_piece_by_piece() -> None:
    said = [(piece.change, piece.text) for piece in differences(FIRST, SECOND)]

    assert said == [
        (Change.SAME, "Article 1\n\nOn s’écoute.\n\nArticle 2"),
        (Change.REMOVED, "On finit à 20 h."),
        (Change.ADDED, "On finit à 21 h."),
    ]
    assert differences("", "a") == differences("\n", "a\n\n")


def test_a_text_lives_on_its_pages(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    referent, member = make_referent(body), make_member(body)
    path = f"/textes/{body.slug}/reglement"
    assert "Aucune version" in client.get(path).get_data(as_text=True)
    client.sign_in(referent)
    assert client.send(f"{path}/nouvelle", {"content": ""}).status_code == 422
    assert client.send(f"{path}/nouvelle", {"content": FIRST}).status_code == 302
    client.sign_in(member)
    assert client.get(f"{path}/nouvelle").status_code == 403
    wrong = {"passage": "Rien", "words": "21 h"}
    assert client.send(f"{path}/versions/1", wrong).status_code == 422
    assert client.send(f"{path}/versions/1", wrong | {"passage": ""}).status_code == 302
    stranger = Visitor(client.application)
    assert "21 h" not in stranger.get(f"{path}/versions/1").get_data(as_text=True)
    assert stranger.send(f"{path}/versions/1", {"words": "22 h"}).status_code in (302, 403)
    assert client.get(f"{path}/versions/1/adopter").status_code == 403
    client.sign_in(referent)
    assert "21 h" in client.get(f"{path}/versions/1").get_data(as_text=True)
    assert client.send("/textes/amendements/1/repris").status_code == 302
    adopted = {"on": today().isoformat(), "meeting": "0"}
    assert client.send(f"{path}/versions/1/adopter", adopted).status_code == 302
    assert client.send(f"{path}/nouvelle", {"content": SECOND, "why": "L’heure"}).status_code == 302
    second = stranger.get(f"{path}/versions/2").get_data(as_text=True)
    assert "Retiré" in second
    assert "On finit à 21 h." in second
    assert "On finit à 20 h." in stranger.get(path).get_data(as_text=True)
    assert stranger.get("/textes/nulle-part/reglement").status_code == 404
    assert stranger.get(f"/textes/{body.slug}/loi").status_code == 404
    assert stranger.get(f"{path}/versions/9").status_code == 404


def test_in_the_comite_of_children_nobody_reads_another_s_words_before_a_referent(
    client: Visitor,
) -> None:
    body = make_body(theme="enfant")
    version, _referent = make_text(body=body)
    one, other = make_member(body), make_member(body)
    text_services.amend(one, version, "Goûter d’abord")
    path = f"/textes/{body.slug}/reglement/versions/1"

    assert "Goûter" in client.sign_in(one).get(path).get_data(as_text=True)
    assert "Goûter" not in client.sign_in(other).get(path).get_data(as_text=True)
    assert "Goûter" in client.sign_in(make_director()).get(path).get_data(as_text=True)


def test_a_version_asks_as_little_with_many_amendments(
    client: Visitor, statements: Statements
) -> None:
    version, referent = make_text()
    path = f"/textes/{version.body.slug}/reglement/versions/1"
    client.sign_in(referent)

    def asked() -> int:
        statements.reset()
        assert client.get(path).status_code == 200
        return len(statements)

    text_services.amend(make_member(version.body), version, "Un")
    few = asked()
    for number in range(12):
        text_services.amend(make_member(version.body), version, f"Et {number}")

    assert asked() == few
