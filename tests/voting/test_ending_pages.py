"""The page from which whoever conducts a meeting ends its secret vote."""

from app.core.clock import at
from app.voting import services
from app.voting.ending import running_vote
from tests.support import Visitor
from tests.voting.endings import SOON, Vote


def test_the_table_follows_how_many_have_voted_and_closes_with_one_button(client: Visitor) -> None:
    vote = Vote()
    client.sign_in(vote.room.director)
    url = f"/scrutins/deliberation/{vote.made.id}"
    with at(SOON):
        question = client.get(f"/reunions/deliberations/{vote.made.id}").text
        waiting = client.get(url).text
        early = client.send(f"{url}/cloture")
        vote.cast(*vote.room.people)
        ready = client.get(url).text
        done = client.send(f"{url}/cloture")
        late = client.send(f"{url}/cloture")

    assert f'href="{url}"' in question
    assert "Il reste 4 personnes à voter" in waiting and f"{url}/cloture" not in waiting
    assert early.status_code == 409 and "Il reste 4 personnes à voter" in early.text
    assert all(person.given_name not in waiting + early.text for person in vote.room.people)
    assert f'action="{url}/cloture"' in ready
    assert done.location == f"/reunions/deliberations/{vote.made.id}"
    assert late.status_code == 409 and "déjà clos" in late.text


def test_a_member_who_votes_does_not_close(client: Visitor) -> None:
    vote = Vote()
    vote.cast(*vote.room.people)
    client.sign_in(vote.room.people[0])

    with at(SOON):
        seen = client.get(f"/reunions/deliberations/{vote.made.id}").text
        answer = client.send(f"/scrutins/deliberation/{vote.made.id}/cloture")

    assert "Conduire le vote" not in seen
    assert answer.status_code == 403
    assert vote.poll.status == "open"


def test_after_a_cancelled_vote_the_same_page_opens_another(client: Visitor) -> None:
    vote = Vote()
    with at(SOON):
        services.cancel_poll(vote.poll, vote.room.director, "Trompé de question")
    client.sign_in(vote.room.director)

    with at(SOON):
        seen = client.get(f"/reunions/deliberations/{vote.made.id}").text
        page = client.get(f"/scrutins/deliberation/{vote.made.id}").text

    assert f'href="/scrutins/deliberation/{vote.made.id}"' in seen
    assert 'name="minutes"' in page
    assert running_vote(vote.made.poll_id) is None
