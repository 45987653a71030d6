"""No part of a result is told when it is that of a few; what stops a count is told to few."""

from typing import Any

import pytest
from sqlalchemy import delete

from app.core import clock
from app.core.clock import now
from app.core.db import atomic, db
from app.core.rights import Role
from app.voting import queries, results
from app.voting.jobs import tend
from app.voting.models import Poll, SecretBallot
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Visitor
from tests.voting.polls import after, make_poll, make_voters, yes
from tests.voting.telling import ABC, counted
from tests.voting.test_opening import join

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("channels", "told"),
    [
        ({"online": 97, "paper": 24}, "97 en ligne, 24 sur papier"),
        ({"online": 1234, "paper": 24}, "1\u202f234 en ligne, 24 sur papier"),
        ({"online": 5, "desk": 5}, "5 en ligne, 5 à l’accueil"),
        ({"online": 97, "paper": 4}, ""),
        ({"online": 97, "paper": 24, "kiosk": 1}, ""),
        ({"online": 97}, ""),
        ({}, ""),
    ],
)
def test_channels_are_told_when_none_is_that_of_a_few(channels: dict[str, int], told: str) -> None:
    assert results.channels({"channels": channels}, 5) == told


@pytest.mark.parametrize(
    ("represented", "signed", "told"),
    [(12, 40, True), (5, 10, True), (4, 40, False), (38, 40, False), (0, 40, False)],
)
def test_proxies_are_told_when_neither_they_nor_the_others_are_a_few(
    represented: int, signed: int, told: bool
) -> None:
    result: dict[str, Any] = {"represented": represented, "signed": signed}

    assert bool(results.by_proxy(result, 5)) is told


def public_poll(theme: str) -> Poll:
    body = make_body(theme=theme)
    by = make_with_role(Role.REFERENT, body=body)
    voters = make_voters(6)
    for voter in voters:
        join(body, voter)
    poll = make_poll(by, body_id=body.id, is_secret=False)
    yes(poll, *queries_of(poll, voters))
    with after(poll):
        tend()
    return poll


def queries_of(poll: Poll, voters: list[Any]) -> list[Any]:
    """Those of them whom the roll names."""
    return [one for one in voters if queries.my_part(poll.id, one.id).on_roll]


def test_a_public_vote_names_people_but_never_those_of_the_children_s_comite(
    client: Visitor,
) -> None:
    named, hidden = public_poll("famille"), public_poll("enfant")

    assert "Qui a voté quoi" in client.get(f"/scrutins/{named.id}").text
    for path in ("", "/journal", "/verifier", "/resultat.zip", "/bulletins.csv"):
        answer = client.get(f"/scrutins/{hidden.id}{path}")
        assert b"Amina" not in answer.data
    assert "Qui a voté quoi" not in client.get(f"/scrutins/{hidden.id}").text


@atomic
def lose_a_ballot() -> None:
    key = db.session.query(SecretBallot.key).limit(1).scalar()
    db.session.execute(delete(SecretBallot).where(SecretBallot.key == key))


def test_what_stops_a_count_is_told_to_those_who_run_it_and_others_read_a_calm_sentence(
    client: Visitor,
) -> None:
    voters = make_voters(3)
    director = make_with_role(Role.DIRECTOR, standing="team")
    poll = make_poll(director)
    yes(poll, *voters)
    lose_a_ballot()
    path = f"/scrutins/{poll.id}"

    with clock.at(poll.closes_at + queries.COUNTED_SOON * 2):
        assert tend() == (0, 0)
        visitor = client.get(path).text
        voter = client.sign_in(voters[0]).get(path).text
        runner = client.sign_in(director).get(path).text

    for page in (visitor, voter):
        assert "l’équipe vérifie avant de publier" in page and "signatures" not in page
    assert "2 bulletins pour 3 signatures" in runner and "Ne touchez à rien" in runner
    assert db.session.get_one(Poll, poll.id).status == "open"


def test_the_page_says_what_is_claimed_and_what_is_not(client: Visitor) -> None:
    make_resident()
    alone = make_poll(closes_at=now() + queries.COUNTED_SOON * 9)

    page = client.get(f"/scrutins/{alone.id}").text

    assert "niveau 1 de la CNIL" in page and "n’est pas chiffré dans votre appareil" in page
    assert "la clé de l’urne est gardée par le serveur" in page
    assert "papier" in page


def test_large_numbers_are_written_as_people_read_them() -> None:
    result = counted("approval", {"A": 1500, "": 1001}) | {"null": 2000, "signed": 4504}
    empty = result | {"quorum_met": False, "quorum_needed": 9000, "quorum_there": 4504}
    expected = (
        "Bulletins blancs\u00a0: 1\u202f001.",
        "Bulletins nuls\u00a0: 2\u202f000.",
        "La liste compte 4\u202f504 signatures pour 2\u202f501 bulletins",
    )

    said = " ".join(results.sentences(result, ABC))

    assert [words for words in expected if words not in said] == []
    assert (
        "au moins 9\u202f000 votants, il y en a eu 4\u202f504." in results.sentences(empty, ABC)[0]
    )
