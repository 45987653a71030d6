"""The pages of moderation, without a script, and who may not open them."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.moderation.models import Case, Ruling
from app.proposals.models import Comment
from tests.factories import make_body, make_proposal, make_resident
from tests.moderation.support import (
    WORDS,
    case_about,
    hidden,
    moderator,
    new_account,
    referent,
    reported,
    said,
)
from tests.support import Statements, Visitor

ACTS = ("publication", "masquage", "correction", "annulation")


def rulings() -> list[Ruling]:
    db.session.rollback()
    return list(db.session.scalars(select(Ruling).order_by(Ruling.id)))


def test_a_moderator_reads_the_queue_and_decides(client: Visitor) -> None:
    one = said(author=new_account())
    case = case_about(one)
    client.sign_in(moderator())

    queue = client.get("/moderation").get_data(as_text=True)
    page = client.get(f"/moderation/{case.id}").get_data(as_text=True)
    answer = client.send(f"/moderation/{case.id}/publication", {"version": str(case.version)})

    assert WORDS in queue and "Premier message" in queue
    assert WORDS in page and "Pas encore paru" in page and "compte nouveau" in page
    assert answer.status_code == 302
    db.session.rollback()
    assert one.is_shown


def test_hiding_from_the_page_needs_a_rule(client: Visitor) -> None:
    case = reported()
    client.sign_in(moderator())
    path = f"/moderation/{case.id}/masquage"
    typed = {"masquer-version": str(case.version), "masquer-words": "Relu à deux."}

    refused = client.send(path, typed)
    accepted = client.send(path, {**typed, "masquer-rule": "respect"})

    assert refused.status_code == 422 and "Relu à deux." in refused.get_data(as_text=True)
    assert accepted.status_code == 302
    assert [one.outcome for one in rulings()] == ["hidden"]


def test_changing_a_passage_from_the_page(client: Visitor) -> None:
    one = said()
    case = reported(one)
    client.sign_in(moderator())
    path = f"/moderation/{case.id}/correction"
    typed = {
        "modifier-version": str(case.version),
        "modifier-text_text": "Un passage adouci.",
        "modifier-rule": "respect",
    }

    refused = client.send(path, typed)
    client.send(path, {**typed, "modifier-words": "Un mot retiré."})

    assert refused.status_code == 422 and "Un passage adouci." in refused.get_data(as_text=True)
    page = Visitor(client.application).get(f"/propositions/{one.proposal_id}")
    shown = page.get_data(as_text=True)
    assert "Un passage adouci." in shown and "Un mot retiré." in shown and WORDS not in shown


def test_a_page_read_too_early_is_shown_again_with_what_changed(client: Visitor) -> None:
    case = reported()
    read = case.version
    hidden_case = hidden(db.session.get_one(Comment, case.subject_id))
    client.sign_in(moderator())

    answer = client.send(
        f"/moderation/{hidden_case.id}/masquage",
        {"masquer-version": str(read), "masquer-rule": "haine", "masquer-words": "Mon mot."},
    )

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "a déjà décidé pendant votre lecture" in page
    assert len(rulings()) == 1


def test_a_ruling_is_undone_from_the_page(client: Visitor) -> None:
    someone, one = moderator(), said()
    case = hidden(one, someone)
    client.sign_in(someone)

    assert "Annuler ma décision" in client.get(f"/moderation/{case.id}").get_data(as_text=True)
    client.send(f"/moderation/{case.id}/annulation", {"version": str(case.version)})

    db.session.rollback()
    assert one.is_shown


def test_a_flood_is_checked_and_hidden_without_a_script(client: Visitor) -> None:
    flood = [case_about(said(author=new_account())) for _number in range(3)]
    client.sign_in(moderator())

    answer = client.send(
        "/moderation/publicite", {"cases": [str(case.id) for case in flood], "silence": "1"}
    )

    assert answer.status_code == 302
    assert [one.rule for one in rulings()] == ["publicite"] * 3


def test_nothing_ticked_shows_the_queue_again_and_says_so(client: Visitor) -> None:
    case_about(said(author=new_account()))
    client.sign_in(moderator())

    answer = client.send("/moderation/publicite?filtre=en-attente", {})

    assert answer.status_code == 422
    assert "Cochez au moins un contenu." in answer.text
    assert 'name="cases"' in answer.text and "Masquer comme publicité" in answer.text
    assert rulings() == []


def test_an_author_answers_once_from_their_page(client: Visitor) -> None:
    author = make_resident()
    case = hidden(said(author=author))
    client.sign_in(author)
    path = f"/moderation/{case.id}/contester"

    page = client.get(path).get_data(as_text=True)
    empty = client.send(path, {"words": ""})
    sent = client.send(path, {"words": "C’était de l’humour."})
    after = client.get(path).get_data(as_text=True)

    assert "Respecter chacun" in page and WORDS in page and "Demander une relecture" in page
    assert (empty.status_code, sent.status_code) == (422, 302)
    assert "Une autre personne relit" in after and "Demander une relecture" not in after
    follow = client.get(f"/moderation/contenu/commentaire/{case.subject_id}")
    assert follow.location.endswith(path)


def test_every_filter_has_a_page(client: Visitor) -> None:
    hidden(said())
    reported()
    client.sign_in(moderator())

    for wanted in ("a-lire", "signales", "en-attente", "contestes", "traites", "n-importe-quoi"):
        assert client.get(f"/moderation?filtre={wanted}").status_code == 200
    assert client.get("/moderation?page=9").status_code == 404


def test_a_resident_reaches_nothing_of_moderation(client: Visitor) -> None:
    case = reported()
    client.sign_in(make_resident())

    assert client.get("/moderation").status_code == 403
    assert client.get(f"/moderation/{case.id}").status_code == 403
    for act in ACTS:
        answer = client.send(f"/moderation/{case.id}/{act}", {"version": str(case.version)})
        assert answer.status_code == 403, act
    assert client.send("/moderation/publicite", {"cases": str(case.id)}).status_code == 403
    assert rulings() == []


@pytest.mark.parametrize("act", ["", *(f"/{act}" for act in ACTS)])
def test_a_referent_s_queue_is_their_comite_s(client: Visitor, act: str) -> None:
    here, elsewhere = make_body(), make_body()
    theirs = reported(said(make_proposal(body_id=here.id)))
    other = reported(said(make_proposal(body_id=elsewhere.id)))
    anywhere = reported(said())
    client.sign_in(referent(here))

    def reach(case: Case) -> int:
        path, typed = f"/moderation/{case.id}{act}", {"version": "0"}
        return (client.send(path, typed) if act else client.get(path)).status_code

    assert reach(theirs) != 404
    assert (reach(other), reach(anywhere)) == (404, 404)
    listed = client.get("/moderation").get_data(as_text=True)
    assert f"/moderation/{theirs.id}" in listed
    assert f"/moderation/{other.id}" not in listed


def test_nobody_reads_the_decision_on_another_s_words(client: Visitor) -> None:
    case = hidden(said(author=make_resident()))
    client.sign_in(make_resident())

    assert client.get(f"/moderation/{case.id}/contester").status_code == 404
    assert client.send(f"/moderation/{case.id}/contester", {"words": "Moi."}).status_code == 404
    assert client.get(f"/moderation/contenu/commentaire/{case.subject_id}").status_code == 404


def test_numbers_that_no_row_has_are_not_found(client: Visitor) -> None:
    client.sign_in(moderator())

    for path in ("/moderation/999", "/moderation/contenu/commentaire/999", "/signaler/debat/999"):
        assert client.get(path).status_code == 404


def test_moderators_find_the_queue_in_their_space(client: Visitor, app: Flask) -> None:
    reported()
    client.sign_in(moderator())

    assert "contenu à lire" in client.get("/moi").get_data(as_text=True)
    resident = Visitor(app).sign_in(make_resident())
    assert 'href="/moderation"' not in resident.get("/moi").get_data(as_text=True)


def test_the_queue_costs_the_same_however_long(client: Visitor, statements: Statements) -> None:
    client.sign_in(moderator())

    def cost() -> int:
        client.get("/moderation")
        statements.reset()
        client.get("/moderation")
        return len(statements)

    for _number in range(2):
        reported()
    few = cost()
    for _number in range(12):
        reported()

    assert cost() == few
