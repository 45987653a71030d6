"""When something goes wrong, the page says so in French, with the right status, and keeps all."""

import io

import pytest
from flask import Flask

from tests.factories import make_resident
from tests.support import Visitor

LONG = (
    "Je propose que nous plantions des arbres le long du canal, pour l’ombre et les oiseaux. " * 3
)


def test_an_unknown_address_leads_somewhere(client: Visitor) -> None:
    answer = client.get("/nulle-part")

    assert answer.status_code == 404
    assert "Cette page n’existe pas" in answer.text


def test_a_stale_form_is_sent_again_with_everything_in_it(client: Visitor) -> None:
    client.sign_in(make_resident())

    answer = client.post("/propositions/nouvelle", data={"text": LONG, "csrf_token": "vieux"})

    assert answer.status_code == 400
    assert LONG.strip() in answer.text
    assert 'name="csrf_token"' in answer.text


@pytest.mark.parametrize(
    "said", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.test"}]
)
def test_a_form_that_another_site_sends_is_not_offered_to_be_sent_again(
    client: Visitor, said: dict[str, str]
) -> None:
    """One press on a page of ours would do in someone's name what another site has filled in."""
    client.sign_in(make_resident())

    answer = client.post("/deconnexion/partout", data={"text": LONG}, headers=said)

    assert answer.status_code == 400
    assert 'action="/deconnexion/partout' not in answer.text


def test_a_password_typed_as_a_proof_is_shown_on_no_page(client: Visitor) -> None:
    client.sign_in(make_resident(password="soleil-pont-carotte"))
    typed = {"proof": "soleil-pont-carotte", "email": "une-autre-adresse@example.org"}

    stale = client.post("/moi/compte/adresse", data={**typed, "csrf_token": "vieux"})
    signed_out = Visitor(client.application).send("/moi/compte/adresse", typed)

    for answer in (stale, signed_out):
        assert "une-autre-adresse@example.org" in answer.text
        assert "soleil-pont-carotte" not in answer.text


def test_a_text_written_while_signed_out_survives_the_sign_in(client: Visitor) -> None:
    make_resident(email="amina@example.org", password="soleil-pont-carotte")

    lost = client.send("/propositions/nouvelle", {"text": LONG, "title": "Des arbres"})
    back = client.send(
        "/connexion",
        {
            "identifier": "amina@example.org",
            "secret": "soleil-pont-carotte",
            "next": "/propositions/nouvelle",
            "kept-text": LONG,
        },
    )

    assert lost.status_code == 401
    assert 'name="kept-text"' in lost.text
    assert back.status_code == 200
    assert LONG.strip() in back.text
    assert 'action="/propositions/nouvelle"' in back.text


def test_a_file_too_heavy_is_refused_with_a_sentence(client: Visitor, app: Flask) -> None:
    heavy = (io.BytesIO(b"0" * (app.config["MAX_CONTENT_LENGTH"] + 1)), "photo.jpg")

    answer = client.post("/connexion", data={"photo": heavy})

    assert answer.status_code == 413
    assert "C’est trop lourd" in answer.text


@pytest.mark.parametrize(
    "path", ["/recherche?q=" + "a" * 5000, "/recherche?q=%00", "/recherche?q=%27%22*"]
)
def test_odd_words_in_the_search_box_break_nothing(client: Visitor, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999999999999999999"])
def test_a_page_that_is_no_page_is_not_found(client: Visitor, page: str) -> None:
    assert client.get(f"/recherche?q=banc&page={page}").status_code == 404


def test_every_answer_carries_its_guards(client: Visitor) -> None:
    headers = client.get("/connexion").headers

    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
