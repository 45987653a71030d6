"""What people read and send to give a proxy, and to vote with one."""

import re

import pytest
from sqlalchemy import select

from app.accounts.access_models import ActingAs, SignIn
from app.accounts.family_models import Household, HouseholdMember
from app.accounts.models import Resident
from app.core.db import atomic, db
from app.core.rights import Role
from app.desk.assistance_services import start
from app.notifications.models import Notification
from app.voting.models import Poll
from tests.factories import make_resident, make_with_role
from tests.support import Statements, Visitor
from tests.voting.polls import make_poll, make_voters, yes
from tests.voting.rolls import give, given, keep, make_lent, roll_says

pytestmark = pytest.mark.usefixtures("app")


def chosen(page: str) -> str:
    """The signed token of the first person a page offers."""
    found = re.search(r'name="chosen" value="([^"]+)"', page)
    assert found
    return found[1]


def address(poll: Poll) -> str:
    return f"/scrutins/{poll.id}/procuration"


@pytest.mark.parametrize("by", ["card", "mail", "name", "turned name"])
def test_one_names_the_holder_in_whole_and_confirms(client: Visitor, by: str) -> None:
    principal, holder = make_resident(), make_resident("Zoé", family_name="Ben Salah")
    poll = make_lent()
    typed = {
        "card": f"{holder.card_number[:4]} {holder.card_number[4:]}",
        "mail": str(holder.email).upper(),
        "name": "zoe ben salah",
        "turned name": "Ben Salah Zoé",
    }[by]
    client.sign_in(principal)

    page = client.send(address(poll), {"holder": typed})
    before = given(poll)
    client.send(f"{address(poll)}/donner", {"chosen": chosen(page.text)})

    assert "Donner procuration à Zoé B." in page.text
    assert before == set()
    assert given(poll) == {(principal.id, holder.id, False)}
    assert "Zoé B. votera pour vous" in client.get(address(poll)).text


@pytest.mark.parametrize("typed", ["Zo", "Zoé", "Ben", "x@example.org", "12345678", "a" * 300])
def test_a_part_of_a_name_finds_nobody(client: Visitor, typed: str) -> None:
    principal = make_resident()
    make_resident("Zoé", family_name="Ben Salah")
    poll = make_lent()
    client.sign_in(principal)

    answer = client.send(address(poll), {"holder": typed})

    assert answer.status_code == 422
    assert "Ben Salah" not in answer.text.replace(typed, "") and "chosen" not in answer.text


def test_one_s_own_name_is_said_to_be_one_s_own(client: Visitor) -> None:
    principal = make_resident("Zoé", family_name="Ben Salah")
    poll = make_lent()
    client.sign_in(principal)

    page = client.send(address(poll), {"holder": "Zoé Ben Salah"})

    assert page.status_code == 422 and "quelqu’un d’autre que vous" in page.text
    assert given(poll) == set()


def test_two_people_of_one_name_are_told_apart_by_the_card(client: Visitor) -> None:
    principal = make_resident()
    twins = [make_resident("Zoé", family_name="Petit") for _ in range(2)]
    poll = make_lent()
    client.sign_in(principal)

    answer = client.send(address(poll), {"holder": "Zoé Petit"})

    assert answer.status_code == 422
    assert "Plusieurs personnes portent ce nom" in answer.text
    assert all(one.card_number not in answer.text for one in twins)


def test_a_made_up_or_borrowed_choice_gives_nothing(client: Visitor) -> None:
    principal, holder, other = make_voters(3)
    poll, elsewhere = make_lent(), make_lent()
    client.sign_in(other)
    stolen = chosen(client.send(address(poll), {"holder": str(holder.email)}).text)
    client.sign_in(principal)

    answers = [
        client.send(f"{address(poll)}/donner", {"chosen": token})
        for token in ("", "x", str(holder.id), stolen)
    ]
    answers.append(client.send(f"{address(elsewhere)}/choix", {"chosen": stolen}))

    assert {answer.status_code for answer in answers} == {422}
    assert given(poll) == set()


def test_people_at_home_are_offered_by_name_and_nobody_else(client: Visitor) -> None:
    principal, sister, stranger = make_resident(), make_resident("Lina"), make_resident("Omar")
    home = Household(name="Chez nous")
    keep(home)
    for person in (principal, sister):
        keep(HouseholdMember(household_id=home.id, resident_id=person.id))
    poll = make_lent()
    client.sign_in(principal)

    page = client.get(address(poll)).text
    confirm = client.send(f"{address(poll)}/choix", {"chosen": chosen(page)})

    assert "Lina" in page and stranger.given_name not in page
    assert "Donner procuration à Lina" in confirm.text


def test_with_an_agent_one_searches_by_a_few_letters_and_alone_one_does_not(
    client: Visitor,
) -> None:
    agent = make_with_role(Role.DESK, standing="team")
    principal = make_resident(email=None, email_confirmed_at=None, registered_by_id=agent.id)
    holder = make_resident("Zoé", family_name="Ben Salah")
    poll = make_lent()
    client.sign_in(principal)
    alone = client.get(f"{address(poll)}?q=ben").text
    client.sign_in(agent)

    @atomic
    def act() -> None:
        sign_in = db.session.query(SignIn).filter_by(resident_id=agent.id).one()
        start(agent, db.session.get_one(Resident, principal.id), sign_in)
        assert sign_in.acting_as == ActingAs.ASSISTANCE

    act()
    with_agent = client.get(f"{address(poll)}?q=ben").text
    client.send(f"{address(poll)}/donner", {"chosen": chosen(with_agent)})

    assert "Ben Salah" not in alone
    assert "Ben Salah" in with_agent
    assert given(poll) == {(principal.id, holder.id, False)}


def test_the_holder_reads_at_each_step_for_whom_the_ballot_is(client: Visitor) -> None:
    principal = make_resident("Fatou", family_name="Diallo")
    holder = make_resident()
    poll = make_lent()
    give(poll, principal, holder)
    client.sign_in(holder)
    query = f"?pour={principal.id}"

    steps = [
        client.get(f"/scrutins/{poll.id}/voter{query}").text,
        client.send(f"/scrutins/{poll.id}/voter{query}", {"choice": "yes"}).text,
    ]
    sent = client.send(f"/scrutins/{poll.id}/bulletin{query}", {"choice": "yes"})
    steps.append(client.get(sent.location).text)
    mine = client.get(f"/scrutins/{poll.id}/voter")

    assert all("Fatou Diallo" in step for step in steps)
    assert f"pour={principal.id}" in steps[0] and f"pour={principal.id}" in steps[1]
    assert "Vous votez pour" not in mine.text
    assert roll_says(poll) == {principal.id: ("online", True)}
    assert "a voté à votre place" in client.sign_in(principal).get(f"/scrutins/{poll.id}").text


def test_nobody_else_opens_that_ballot(client: Visitor) -> None:
    principal, holder, stranger = make_voters(3)
    poll = make_lent()
    give(poll, principal, holder)
    client.sign_in(stranger)
    query = f"?pour={principal.id}"

    answers = [
        client.get(f"/scrutins/{poll.id}/voter{query}"),
        client.get(f"/scrutins/{poll.id}/recu{query}"),
        client.get(f"/scrutins/{poll.id}/voter?pour=99999999"),
    ]
    sent = client.send(f"/scrutins/{poll.id}/bulletin{query}", {"choice": "yes"})

    # The same for each: numbers tried in turn tell no name.
    assert {answer.location for answer in answers} == {f"/scrutins/{poll.id}"}
    assert sent.status_code == 403
    assert roll_says(poll) == {}


def test_whoever_was_represented_reads_by_whom(client: Visitor) -> None:
    principal, holder = make_resident("Fatou"), make_resident("Omar", family_name="Sy")
    poll = make_lent()
    give(poll, principal, holder)
    client.sign_in(holder)
    client.send(f"/scrutins/{poll.id}/bulletin?pour={principal.id}", {"choice": "yes"})
    theirs = client.get(f"/scrutins/{poll.id}/recu?pour={principal.id}").text
    client.sign_in(principal)

    receipt, page = (client.get(f"/scrutins/{poll.id}{end}").text for end in ("/recu", ""))

    assert "Omar S. a voté à votre place" in receipt
    assert "Votre procuration a servi" in receipt and "Votre procuration a servi" in page
    assert "Vous avez voté" not in receipt and "Vous avez voté" not in page
    assert "Vous avez voté pour Fatou" in theirs


@pytest.mark.parametrize("is_secret", [True, False])
def test_the_holder_of_a_fallen_proxy_is_led_to_the_vote_and_told_unless_it_dates_a_secret(
    client: Visitor, is_secret: bool
) -> None:
    principal, holder = make_voters(2)
    poll = make_lent(is_secret=is_secret)
    give(poll, principal, holder)

    yes(poll, principal)
    client.sign_in(holder)
    answer = client.get(f"/scrutins/{poll.id}/voter?pour={principal.id}")

    assert answer.location == f"/scrutins/{poll.id}"
    assert "a voté elle-même" in client.get(answer.location).text
    texts = db.session.scalars(select(Notification.text).filter_by(resident_id=holder.id)).all()
    assert any("a voté" in text for text in texts) is not is_secret


def test_one_takes_it_back_and_the_other_gives_it_up_on_the_page(client: Visitor) -> None:
    principal, holder = make_voters(2)
    poll = make_lent()
    give(poll, principal, holder)
    client.sign_in(principal)
    client.send(f"{address(poll)}/reprendre")
    taken_back = given(poll)
    give(poll, principal, holder)
    client.sign_in(holder)

    client.send(f"{address(poll)}/{principal.id}/rendre")

    assert (taken_back, given(poll)) == (set(), set())


def test_whoever_may_not_reads_why(client: Visitor) -> None:
    voter = make_resident()
    plain, lent = make_poll(), make_lent()
    yes(lent, voter)
    client.sign_in(voter)

    assert "n’accepte pas de procuration" in client.get(address(plain)).text
    assert "Vous avez déjà voté" in client.get(address(lent)).text


def test_the_page_costs_the_same_with_one_proxy_or_three(
    client: Visitor, statements: Statements
) -> None:
    people, holder = make_voters(3), make_resident()
    poll = make_lent(3)
    give(poll, people[0], holder)
    client.sign_in(holder)
    client.get(address(poll))
    statements.reset()
    client.get(address(poll))
    with_one = len(statements)
    for one in people[1:]:
        give(poll, one, holder)
    statements.reset()

    client.get(address(poll))

    assert len(statements) == with_one
