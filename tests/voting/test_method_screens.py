"""Each method from the form that opens a poll to the page of its result."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from app.core.clock import now
from app.core.db import db
from app.core.rights import Role
from app.voting import labels
from app.voting.formats import FORMATS
from app.voting.jobs import tend
from app.voting.methods import METHODS
from app.voting.models import Poll
from app.voting.papers import PAPERS
from app.voting.stories import STORIES
from app.voting.tally import tally
from tests.factories import make_resident, make_with_role
from tests.support import Visitor
from tests.voting.polls import after, make_voters, paris

pytestmark = pytest.mark.usefixtures("app")

NAMES = "Ciné\nRepas\nBourse"
PEOPLE = "Awa ; habitants\nMarc ; habitants\nInès ; associations"
COLLEGE = '<li>Inès, <span class="soft">associations</span></li>'
PROJECTS = "Banc ; 400\nFresque ; 700\nSerre ; 900"

CASES: dict[str, tuple[dict[str, str], Sequence[tuple[str, ...]], str, list[str]]] = {
    "yesno": (
        {"free_options": "", "base": "expressed"},
        [("choice=yes",)] * 3 + [("choice=no",)],
        "Adopté",
        ["3 pour, 1 contre"],
    ),
    "majority_judgment": (
        {"free_options": NAMES},
        [("mention-1=0", "mention-2=3", "mention-3=4")] * 3,
        "Ciné l’emporte",
        ["Très bien"],
    ),
    "approval": (
        {"free_options": NAMES, "seats": "2", "most": "2"},
        [("choix-1=1", "choix-2=1")] * 2 + [("choix-2=1",), ("choix-3=1",)],
        "Repas et Ciné l’emportent",
        ["Repas (3 bulletins)", "4 bulletins cochent au moins un choix", "3 · 75 %"],
    ),
    "schulze": (
        {"free_options": NAMES},
        [("rang-1=1", "rang-2=2", "rang-3=3")] * 2
        + [("rang-2=1", "rang-1=2"), ("rang-3=1", "rang-1=2", "rang-2=2")],
        "Ciné l’emporte",
        ["gagne tous ses duels", "face à Repas"],
    ),
    "stv": (
        {"free_options": PEOPLE, "seats": "2", "reserved": "associations ; 1"},
        [("rang-1=1", "rang-2=2")] * 4 + [("rang-2=1", "rang-1=2")] * 2 + [("rang-3=1",)],
        "Awa et Inès sont élus",
        ["Il fallait 3 voix", "réservé au collège « associations »", "Étape 2", COLLEGE],
    ),
    "equal_shares": (
        {"free_options": PROJECTS, "budget": "1 200 €"},
        [("choix-1=1", "choix-2=1")] * 3 + [("choix-3=1",)] * 2,
        "Le budget finance Banc et Fresque",
        ["1 100 € sont dépensés", "Les 3 personnes qui l’ont coché le paient", "Pas financé"],
    ),
    "greedy": (
        {"free_options": PROJECTS, "budget": "1200"},
        [("choix-3=1",)] * 3 + [("choix-2=1",)] * 2,
        "Le budget finance Serre",
        ["À son tour, il ne restait que 300 €", "Personne ne l’a coché"],
    ),
    "dots": (
        {"free_options": NAMES, "dots": "3", "most_on_one": "2", "seats": "1"},
        [("gommettes-1=2", "gommettes-2=1")] * 2 + [("gommettes-3=2", "gommettes-1=0")],
        "Ciné l’emporte",
        ["4 gommettes", "1 gommette n’a pas été collée", "4 · 2 personnes"],
    ),
}
"""By method: what the form is given, the ballots, then words of the headline and of the page."""

WRONG: dict[str, Sequence[tuple[tuple[str, ...], str]]] = {
    "yesno": [((), "Choisissez pour, contre ou abstention")],
    "majority_judgment": [((), "Donnez au moins une mention"), (("mention-1=9",), "mention")],
    "approval": [
        ((), "Cochez au moins une option"),
        (("choix-1=1", "choix-2=1", "choix-3=1"), "Cochez 2 choix au plus"),
        (("choix-999=1",), "n’est pas proposée"),
    ],
    "schulze": [((), "Classez au moins une option"), (("rang-1=x",), "en chiffres")],
    "stv": [((), "Classez"), (("rang-1=1", "rang-2=1"), "un seul 1er choix")],
    "equal_shares": [((), "Cochez au moins une option")],
    "greedy": [((), "Cochez au moins une option")],
    "dots": [
        ((), "Collez au moins une gommette"),
        (("gommettes-1=2", "gommettes-2=2"), "3 gommettes au plus"),
        (("gommettes-1=3",), "2 gommettes au plus sur un même choix"),
    ],
}


def opened(client: Visitor, method: str, **more: str) -> Poll:
    """A poll of this method, opened by the direction through the form."""
    client.sign_in(make_with_role(Role.DIRECTOR, standing="team"))
    answer = client.send(
        "/scrutins/nouveau",
        {
            "title": "Que choisir ?",
            "method": method,
            "electorate": "all",
            "secrecy": "secret",
            "closes_at": paris(now() + timedelta(days=1)),
            "quorum_percent": "0",
            "base": "expressed",
            "lots": "lots",
            **CASES[method][0],
            **more,
        },
    )
    assert answer.status_code == 302, answer.text
    return db.session.get_one(Poll, int(answer.location.rsplit("/", 1)[1]))


def fields(poll: Poll, given: tuple[str, ...]) -> dict[str, str]:
    """« choix-2=1 »: the second option, by its number in the database."""
    numbers = {str(option.position): str(option.id) for option in poll.options}
    sent = {}
    for pair in given:
        name, value = pair.split("=")
        prefix, dash, place = name.partition("-")
        sent[prefix + dash + numbers.get(place, place)] = value
    return sent


def vote(client: Visitor, poll: Poll, given: tuple[str, ...]) -> None:
    """Answer, read again, send what the page that reads it back holds."""
    sent = fields(poll, given)
    review = client.send(f"/scrutins/{poll.id}/voter", sent)
    assert review.status_code == 200 and "Envoyer mon vote" in review.text, review.text
    assert client.send(f"/scrutins/{poll.id}/bulletin", sent).status_code == 302


def result_of(client: Visitor, poll: Poll) -> str:
    """Its page, once closed; spaces that do not break made plain."""
    with after(poll):
        tend()
    page = client.get(f"/scrutins/{poll.id}").text
    return page.replace("\u00a0", " ").replace("\u202f", " ")


def test_every_method_has_its_part_of_template_its_story_and_its_paper() -> None:
    assert set(labels.METHODS) == set(METHODS) == set(STORIES) == set(CASES) == set(WRONG)
    assert {method.holds for method in METHODS.values()} == set(PAPERS)


@pytest.mark.parametrize("method", CASES)
def test_a_poll_is_opened_voted_closed_and_told(client: Visitor, method: str) -> None:
    _given, ballots, headline, words = CASES[method]
    voters = make_voters(len(ballots))
    poll = opened(client, method, secrecy="public")

    for voter, ballot in zip(voters, ballots, strict=True):
        vote(client.sign_in(voter), poll, ballot)
    page = result_of(client, poll)

    assert headline in page
    assert [told for told in words if told not in page] == []
    assert "Les règles" in page


@pytest.mark.parametrize(
    ("method", "given", "said"),
    [(method, given, said) for method, found in WRONG.items() for given, said in found],
)
def test_a_wrong_ballot_is_given_back_as_it_was_with_a_sentence(
    client: Visitor, method: str, given: tuple[str, ...], said: str
) -> None:
    voter = make_resident()
    poll = opened(client, method)
    sent = fields(poll, given)
    client.sign_in(voter)

    answer = client.send(f"/scrutins/{poll.id}/voter", sent)
    forced = client.send(f"/scrutins/{poll.id}/bulletin", sent)

    assert (answer.status_code, forced.status_code) == (422, 422)
    assert said in answer.text
    for name, value in sent.items():
        kept = rf'name="{name}"[^>]* value="{value}" checked'
        kept += rf'|name="{name}">(?:<option[^>]*>[^<]*</option>)*<option value="{value}" selected'
        assert re.search(kept, answer.text) or (name, value) in beyond(poll)


def beyond(poll: Poll) -> set[tuple[str, str]]:
    """Answers that no box of the page can hold: invented ones."""
    first = poll.options[0].id
    return {
        (f"mention-{first}", "9"),
        ("choix-999", "1"),
        (f"rang-{first}", "x"),
        (f"gommettes-{first}", "3"),
    }


@pytest.mark.parametrize("method", [key for key in CASES if key != "yesno"])
def test_a_blank_ballot_is_counted_apart_and_decides_nothing(client: Visitor, method: str) -> None:
    voters: list[Any] = make_voters(2)
    poll = opened(client, method, secrecy="public")

    for voter in voters:
        client.sign_in(voter)
        assert "Vote blanc" in client.send(f"/scrutins/{poll.id}/voter", {"blank": "1"}).text
        client.send(f"/scrutins/{poll.id}/bulletin", {"blank": "1"})
    page = result_of(client, poll)

    assert "Bulletins blancs : 2." in page
    assert "Personne ne s’est prononcé" in page or "Aucun projet n’est financé" in page


@pytest.mark.parametrize("method", CASES)
def test_without_its_quorum_a_poll_names_no_winner(client: Visitor, method: str) -> None:
    voters = make_voters(4)
    poll = opened(client, method, quorum_percent="50")
    vote(client.sign_in(voters[0]), poll, CASES[method][1][0])

    page = result_of(client, poll)

    assert "Le quorum n’est pas atteint" in page
    assert "votants, il y en a eu 1. Le vote ne décide donc de rien" in page
    assert CASES[method][2] not in page


def test_in_a_public_poll_someone_finds_what_they_had_answered(client: Visitor) -> None:
    voter = make_resident()
    for method in ("approval", "schulze", "dots"):
        poll = opened(client, method, secrecy="public")
        given = CASES[method][1][0]
        vote(client.sign_in(voter), poll, given)

        again = client.get(f"/scrutins/{poll.id}/voter").text

        for name, value in fields(poll, given).items():
            box = rf'name="{name}"[^>]* value="{value}" checked'
            box += rf'|name="{name}">(?:<option[^>]*>[^<]*</option>)*<option value="{value}" sel'
            assert re.search(box, again)


def test_lots_drawn_at_the_count_are_those_of_the_published_file(client: Visitor) -> None:
    voters = make_voters(6)
    for _one in range(4):
        poll = opened(client, "approval", seats="1")
        for place, voter in enumerate(voters):
            vote(client.sign_in(voter), poll, (f"choix-{place % 3 + 1}=1",))
        result_of(client, poll)
        names = {option.id: option.label for option in poll.options}
        file = client.get(f"/scrutins/{poll.id}/bulletins.csv").data.decode("utf-8-sig")

        again = tally(FORMATS["csv"].read(file, "approval"), "approval", {})

        result = db.session.get_one(Poll, poll.id).result or {}
        assert len(result["drawn"]) == 3
        assert again["winners"] == [names[option] for option in result["winners"]]
