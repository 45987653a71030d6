"""Someone votes on the pages, up to their receipt, or is told why not."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.clock import now
from app.ledger.acts import Act
from tests.factories import make_resident
from tests.support import Ledger, Visitor
from tests.voting.polls import (
    IDEAS,
    after,
    close,
    make_judgment,
    make_poll,
    make_voters,
    signed,
    yes,
)

pytestmark = pytest.mark.usefixtures("app")


def test_someone_votes_reads_again_corrects_and_sends(client: Visitor, ledger: Ledger) -> None:
    voter = make_resident("Leïla")
    poll = make_judgment()
    one, two, _three = (f"mention-{option.id}" for option in poll.options)
    client.sign_in(voter)

    paper = client.get(f"/scrutins/{poll.id}/voter")
    review = client.send(f"/scrutins/{poll.id}/voter", {one: "0", two: "4"})
    edited = client.send(f"/scrutins/{poll.id}/voter", {one: "0", two: "4", "edit": "1"})
    before = signed()
    sent = client.send(f"/scrutins/{poll.id}/bulletin", {one: "0", two: "3"})
    receipt = client.get(sent.location)

    assert all(idea in paper.text for idea in IDEAS)
    assert "Envoyer mon vote" in review.text and "Aucune mention" in review.text
    assert f'name="{one}" value="0"' in review.text
    assert 'value="4" checked' in edited.text
    assert before == 0
    assert (sent.status_code, receipt.status_code, signed()) == (302, 200, 1)
    assert "Leïla" in receipt.text and "Passable" not in receipt.text
    assert "Vous avez voté" in client.get(f"/scrutins/{poll.id}").text
    assert Act.POLL_PARTICIPATED not in ledger.acts()


def test_a_blank_ballot_is_a_ballot(client: Visitor) -> None:
    voter = make_resident()
    poll = make_judgment()
    client.sign_in(voter)

    review = client.send(f"/scrutins/{poll.id}/voter", {"blank": "1"})
    client.send(f"/scrutins/{poll.id}/bulletin", {"blank": "1"})
    close(poll)

    assert "Vote blanc" in review.text
    assert "Personne ne s’est prononcé" in client.get(f"/scrutins/{poll.id}").text


@pytest.mark.parametrize(
    "fields", [{}, {"choice": "peut-être"}, {"mention-1": "0"}, {"mention-999": "0"}]
)
def test_a_missing_or_invented_answer_is_said_in_the_page(
    client: Visitor, fields: dict[str, str]
) -> None:
    voter = make_resident()
    poll = make_poll()
    client.sign_in(voter)

    answer = client.send(f"/scrutins/{poll.id}/voter", fields)
    forced = client.send(f"/scrutins/{poll.id}/bulletin", fields)

    assert (answer.status_code, forced.status_code) == (422, 422)
    assert "Choisissez pour, contre ou abstention" in answer.text
    assert signed() == 0


def test_an_invented_grade_or_option_is_refused(client: Visitor) -> None:
    poll_voter = make_resident()
    poll = make_judgment()
    client.sign_in(poll_voter)

    for fields in ({f"mention-{poll.options[0].id}": "9"}, {"mention-abc": "0"}, {}):
        assert client.send(f"/scrutins/{poll.id}/bulletin", fields).status_code == 422

    assert signed() == 0


def test_a_second_vote_is_refused_with_a_clear_page(client: Visitor) -> None:
    voter = make_resident()
    poll = make_poll()
    yes(poll, voter)
    client.sign_in(voter)

    answers = [
        client.send(f"/scrutins/{poll.id}/voter", {"choice": "no"}),
        client.send(f"/scrutins/{poll.id}/bulletin", {"choice": "no"}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("Vous avez déjà voté" in answer.text for answer in answers)
    assert all(f'href="/scrutins/{poll.id}"' in answer.text for answer in answers)
    assert not any("Rechargez la page" in answer.text for answer in answers)
    assert signed() == 1


def test_going_back_after_voting_leads_to_the_receipt(client: Visitor) -> None:
    voter = make_resident()
    poll = make_poll()
    yes(poll, voter)
    client.sign_in(voter)

    answer = client.get(f"/scrutins/{poll.id}/voter")

    assert answer.headers["Location"] == f"/scrutins/{poll.id}/recu"


def test_after_closing_the_vote_is_refused_with_a_clear_page(client: Visitor) -> None:
    voter = make_resident()
    poll = make_poll()
    client.sign_in(voter)

    with after(poll):
        answer = client.send(f"/scrutins/{poll.id}/bulletin", {"choice": "no"})
        page = client.get(f"/scrutins/{poll.id}")

    assert answer.status_code == 409
    assert "terminé" in answer.text
    assert "Dépouillement en cours" in page.text
    assert signed() == 0


@pytest.mark.parametrize(
    ("came", "said"), [(-1, "pas sur la liste"), (1, "Vous vous êtes inscrit après")]
)
def test_someone_who_is_not_on_the_roll_cannot_vote_and_reads_why(
    client: Visitor, came: int, said: str
) -> None:
    make_resident()
    poll = make_poll()
    client.sign_in(make_resident(registered_at=poll.opens_at + timedelta(hours=came)))

    answers = [
        client.get(f"/scrutins/{poll.id}/voter"),
        client.send(f"/scrutins/{poll.id}/bulletin", {"choice": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert said in client.get(f"/scrutins/{poll.id}").text
    assert signed() == 0


def test_signed_out_one_is_asked_to_sign_in_first(client: Visitor) -> None:
    make_resident()
    poll = make_poll()

    assert client.get(f"/scrutins/{poll.id}/voter").status_code == 302
    assert client.get(f"/scrutins/{poll.id}/recu").status_code == 302
    assert client.get("/scrutins/nouveau").status_code == 302


def test_only_who_voted_has_a_receipt(client: Visitor) -> None:
    voter, other = make_voters(2)
    poll = make_poll()
    yes(poll, voter)

    assert client.sign_in(other).get(f"/scrutins/{poll.id}/recu").status_code == 404
    assert client.get("/scrutins/999/recu").status_code == 404


def test_a_poll_to_come_cannot_be_answered_yet(client: Visitor) -> None:
    opens_at = now() + timedelta(days=1)
    voter = make_resident()
    poll = make_poll(opens_at=opens_at, closes_at=opens_at + timedelta(days=1))
    client.sign_in(voter)

    early = client.get(f"/scrutins/{poll.id}/voter")
    with clock.at(opens_at):
        unopened = client.send(f"/scrutins/{poll.id}/bulletin", {"choice": "yes"})

    assert (early.status_code, unopened.status_code) == (409, 409)
    assert "pas encore ouvert" in early.text


def test_whoever_registered_after_the_opening_is_told_why_they_do_not_vote(
    client: Visitor,
) -> None:
    make_voters(1)
    poll = make_poll()
    with clock.at(now() + timedelta(minutes=5)):
        client.sign_in(make_resident())
        newcomer = client.get(f"/scrutins/{poll.id}").text

    assert "Vous vous êtes inscrit après" in newcomer
    assert "Si c’est une erreur" not in newcomer
