"""The list of votes: by state, by words, a page at a time, always for the same price."""

from datetime import timedelta

import pytest

from app.core.clock import now
from app.core.rights import Role
from app.voting import archiving, services
from app.voting.jobs import tend
from app.voting.models import Poll
from tests.factories import make_resident, make_with_role
from tests.support import Statements, Visitor
from tests.voting.polls import after, make_poll

pytestmark = pytest.mark.usefixtures("app")

DAY = timedelta(days=1)


def one_of_each() -> dict[str, Poll]:
    make_resident()
    by = make_with_role(Role.DIRECTOR, standing="team")
    polls = {
        "open": make_poll(by, title="Question ouverte", closes_at=now() + 3 * DAY),
        "soon": make_poll(
            by, title="Question annoncée", opens_at=now() + DAY, closes_at=now() + 2 * DAY
        ),
        "cancelled": make_poll(by, title="Question annulée"),
        "closed": make_poll(by, title="Question close"),
        "archived": make_poll(by, title="Question rangée"),
    }
    services.cancel_poll(polls["cancelled"], by, "Une erreur.")
    with after(polls["archived"]):
        tend()
    archiving.archive(polls["archived"], by)
    return polls


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("", {"ouverte", "annoncée", "close", "annulée"}),
        ("en-cours", {"ouverte"}),
        ("a-venir", {"annoncée"}),
        ("termines", {"close", "annulée"}),
        ("archives", {"rangée"}),
        ("brouillons", set()),
        ("autre-chose", {"ouverte", "annoncée", "close", "annulée"}),
    ],
)
def test_each_state_shows_its_polls_and_no_other(
    client: Visitor, state: str, expected: set[str]
) -> None:
    one_of_each()

    page = client.get(f"/scrutins?etat={state}").text

    every = {"ouverte", "annoncée", "close", "annulée", "rangée"}
    assert {word for word in every if f"Question {word}" in page} == expected


def test_a_vote_is_found_by_a_word_of_its_title_its_text_or_its_choices(client: Visitor) -> None:
    make_resident()
    make_poll(title="Des bancs à l’ombre ?", text="Devant l’école Pasteur.")
    names = ["Les Tilleuls", "Foyer"]
    make_poll(title="Quel nom ?", method="majority_judgment", free_options=names)

    assert "Des bancs" in client.get("/scrutins?q=BANC").text
    assert "Des bancs" in client.get("/scrutins?q=pasteur").text
    tilleuls = client.get("/scrutins?q=tilleul").text
    assert "Quel nom" in tilleuls and "Des bancs" not in tilleuls
    nothing = client.get("/scrutins?q=piscine").text
    assert "Aucun vote ne correspond" in nothing and 'value="piscine"' in nothing
    assert "Aucun vote ne correspond" in client.get("/scrutins?q=%2B%2B").text


def test_an_archived_vote_keeps_its_address_and_is_found_in_the_archives(client: Visitor) -> None:
    poll = one_of_each()["archived"]

    assert client.get(f"/scrutins/{poll.id}").status_code == 200
    assert "Question rangée" in client.get("/scrutins?etat=archives&q=rangee").text
    assert "Question rangée" not in client.get("/scrutins?q=rangee").text


@pytest.mark.parametrize("state", ["en-cours", "a-venir", "termines", "archives"])
def test_an_empty_list_says_so(client: Visitor, state: str) -> None:
    page = client.get(f"/scrutins?etat={state}")

    assert page.status_code == 200 and 'class="empty"' in page.text


def test_a_page_of_a_filtered_list_costs_the_same_however_long_it_is(
    client: Visitor, statements: Statements
) -> None:
    make_resident()
    by = make_with_role(Role.DIRECTOR, standing="team")
    make_poll(by, title="Banc numéro un", closes_at=now() + DAY)
    client.get("/scrutins?etat=en-cours&q=banc")
    statements.reset()
    client.get("/scrutins?etat=en-cours&q=banc")
    with_one = len(statements)
    for place in range(24):
        make_poll(by, title=f"Banc {place}", closes_at=now() + DAY)
    statements.reset()

    page = client.get("/scrutins?etat=en-cours&q=banc")

    assert len(statements) == with_one <= 6
    assert "etat=en-cours" in page.text and "page=2" in page.text
    assert client.get("/scrutins?etat=en-cours&q=banc&page=2").status_code == 200
    assert client.get("/scrutins?etat=en-cours&q=banc&page=9").status_code == 404
