"""Voting for someone who asked for it: once, in their name, and they may always come themselves."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.family_models import Guardianship
from app.accounts.models import Resident
from app.bodies.models import Membership
from app.core.clock import at, today
from app.core.db import db
from app.core.errors import Conflict, DomainError, Forbidden, Invalid
from app.core.mail import OutboxMail
from app.notifications.models import Notification
from app.voting import proxies
from app.voting.casting import AlreadyVoted
from app.voting.closing import close_poll
from app.voting.models import Poll, PublicBallot, SecretBallot
from app.voting.opening import open_poll
from app.voting.proxies import NotHolder
from app.voting.roll_models import Proxy
from tests.at_once import all_at_once
from tests.factories import make_body, make_resident
from tests.support import Ledger
from tests.voting.polls import after, make_poll, make_voters, no, yes
from tests.voting.rolls import give, given, keep, make_announced, make_lent, roll_says, yes_for

pytestmark = pytest.mark.usefixtures("app")


NINE = today().year - 9


def in_the_box() -> int:
    return db.session.scalar(select(func.count()).select_from(SecretBallot)) or 0


def test_the_holder_votes_and_the_roll_names_the_principal_as_represented(ledger: Ledger) -> None:
    principal, holder = make_voters(2)
    poll = make_lent()
    give(poll, principal, holder)

    yes(poll, holder)
    yes_for(poll, holder, principal)

    signed = {holder.id: ("online", False), principal.id: ("online", True)}
    assert roll_says(poll) == signed
    assert in_the_box() == 2
    assert given(poll) == {(principal.id, holder.id, True)}
    assert len(ledger.acts()) == 1


def test_someone_without_an_address_gives_one_and_both_are_told() -> None:
    agent = make_resident()
    principal = make_resident(email=None, email_confirmed_at=None, registered_by_id=agent.id)
    holder = make_resident()
    poll = make_lent()
    before = db.session.query(OutboxMail).count()

    give(poll, principal, holder)

    said = select(Notification.resident_id).where(Notification.text.contains("rocuration"))
    assert set(db.session.scalars(said)) == {principal.id, holder.id}
    assert db.session.query(OutboxMail).count() == before + 1


@pytest.mark.parametrize("most", [1, 2, 3])
def test_twelve_people_at_once_never_fill_a_hand_beyond_the_rule(app: Flask, most: int) -> None:
    people = make_voters(12)
    holder = make_resident()
    poll = make_lent(most)
    poll_id, holder_id, ids = poll.id, holder.id, [one.id for one in people]

    def giving(principal_id: int) -> object:
        proxies.give(
            db.session.get_one(Poll, poll_id),
            db.session.get_one(Resident, principal_id),
            db.session.get_one(Resident, holder_id),
        )
        return "given"

    outcomes = all_at_once(app, [partial(giving, one) for one in ids])

    assert outcomes.count("given") == most
    assert outcomes.count(Conflict) == 12 - most
    assert len(given(poll)) == most


def test_a_ring_of_proxies_given_at_once_leaves_nobody_who_gives_and_holds(app: Flask) -> None:
    people = make_voters(6)
    poll = make_lent()
    poll_id, ids = poll.id, [one.id for one in people]

    def giving(place: int) -> object:
        proxies.give(
            db.session.get_one(Poll, poll_id),
            db.session.get_one(Resident, ids[place]),
            db.session.get_one(Resident, ids[(place + 1) % 6]),
        )
        return "given"

    all_at_once(app, [partial(giving, place) for place in range(6)])

    rows = given(poll)
    assert rows
    assert {row[0] for row in rows} & {row[1] for row in rows} == set()


def test_a_proxy_that_served_still_fills_its_holders_hands() -> None:
    principal, other, holder = make_voters(3)
    poll = make_lent()
    give(poll, principal, holder)
    yes_for(poll, holder, principal)

    with pytest.raises(Conflict):
        give(poll, other, holder)

    assert len(given(poll)) == 1


@pytest.mark.parametrize("is_secret", [True, False])
def test_holder_and_principal_voting_at_once_make_one_ballot(app: Flask, is_secret: bool) -> None:
    principal, holder = make_voters(2)
    poll = make_lent(is_secret=is_secret)
    give(poll, principal, holder)
    poll_id, principal_id, holder_id = poll.id, principal.id, holder.id

    def in_person() -> object:
        no(db.session.get_one(Poll, poll_id), db.session.get_one(Resident, principal_id))
        return "in person"

    def by_proxy() -> object:
        one, two = (db.session.get_one(Resident, who) for who in (holder_id, principal_id))
        yes_for(db.session.get_one(Poll, poll_id), one, two)
        return "by proxy"

    outcomes = all_at_once(app, [in_person, by_proxy] * 6)

    held = PublicBallot if not is_secret else SecretBallot
    assert db.session.scalar(select(func.count()).select_from(held)) == 1
    represented = roll_says(poll)[principal_id][1]
    if is_secret:
        assert outcomes.count("in person") + outcomes.count("by proxy") == 1
        assert represented == ("by proxy" in outcomes)
    else:
        # Whoever came first, the person's own choice is the one that stands.
        assert (represented, given(poll)) == (False, set())
        assert db.session.scalar(select(PublicBallot.choice)) == '{"choice":"no"}'


def test_voting_in_person_voids_the_proxy_in_the_same_act() -> None:
    principal, holder = make_voters(2)
    poll = make_lent()
    give(poll, principal, holder)

    no(poll, principal)

    assert given(poll) == set()
    assert roll_says(poll) == {principal.id: ("online", False)}
    with pytest.raises(NotHolder):
        yes_for(poll, holder, principal)
    assert in_the_box() == 1


def test_a_vote_refused_leaves_the_proxy_that_served() -> None:
    principal, holder = make_voters(2)
    poll = make_lent()
    give(poll, principal, holder)
    yes_for(poll, holder, principal)

    with pytest.raises(AlreadyVoted):
        no(poll, principal)
    with pytest.raises(Conflict):
        proxies.take_back(poll, principal)
    with pytest.raises(Conflict):
        proxies.give_up(poll, holder, principal.id)

    assert given(poll) == {(principal.id, holder.id, True)}
    assert roll_says(poll) == {principal.id: ("online", True)}


def test_in_a_public_poll_coming_oneself_replaces_what_was_voted_in_ones_name() -> None:
    principal, holder = make_voters(2)
    poll = make_lent(is_secret=False)
    give(poll, principal, holder)
    yes_for(poll, holder, principal)

    no(poll, principal)

    assert db.session.scalars(select(PublicBallot.choice)).all() == ['{"choice":"no"}']
    assert (roll_says(poll), given(poll)) == ({principal.id: ("online", False)}, set())


def test_nobody_votes_for_whoever_did_not_ask() -> None:
    principal, holder, stranger = make_voters(3)
    poll = make_lent()
    give(poll, principal, holder)

    with pytest.raises(NotHolder):
        yes_for(poll, stranger, principal)

    assert (roll_says(poll), in_the_box()) == ({}, 0)


def test_the_principal_takes_it_back_and_the_holder_gives_it_up() -> None:
    principal, holder = make_voters(2)
    poll = make_lent()
    give(poll, principal, holder)
    proxies.take_back(poll, principal)
    taken_back = given(poll)
    give(poll, principal, holder)

    with pytest.raises(NotHolder):
        proxies.give_up(poll, principal, principal.id)
    proxies.give_up(poll, holder, principal.id)

    assert (taken_back, given(poll)) == (set(), set())
    with pytest.raises(Conflict):
        proxies.take_back(poll, principal)


def test_no_chain_no_second_and_none_to_oneself_or_to_a_stranger() -> None:
    one, two, three = make_voters(3)
    poll = make_lent(2)
    outsider = make_resident()
    give(poll, one, two)

    for principal, holder in ((one, three), (two, three), (three, one), (three, three)):
        with pytest.raises(DomainError):
            give(poll, principal, holder)
    with pytest.raises(Invalid):
        give(poll, three, outsider)
    with pytest.raises(Forbidden):
        give(poll, outsider, three)

    assert given(poll) == {(one.id, two.id, False)}


def test_nobody_gives_a_proxy_where_the_rules_have_none_or_once_it_is_over() -> None:
    principal, holder = make_voters(2)
    plain, lent = make_poll(), make_lent()

    with pytest.raises(Forbidden):
        give(plain, principal, holder)
    with after(lent), pytest.raises(Forbidden):
        give(lent, principal, holder)
    yes(lent, principal)
    with pytest.raises(Conflict):
        give(lent, principal, holder)

    assert db.session.query(Proxy).count() == 0


def test_a_proxy_given_before_the_opening_serves_if_both_are_on_the_roll() -> None:
    principal, holder, leaving, other = make_voters(4)
    poll = make_announced(proxies_most=1)
    give(poll, principal, holder)
    give(poll, leaving, other)
    leaving.standing = "outside"
    db.session.commit()

    with at(poll.opens_at):
        open_poll(poll)
        yes_for(poll, holder, principal)

    assert given(poll) == {(principal.id, holder.id, True)}


def test_a_child_does_not_vote_for_an_adult_in_the_comite_of_children() -> None:
    body = make_body(theme="enfant")
    parent, child, sister = make_resident(), *(make_resident(year_of_birth=NINE) for _ in range(2))
    keep(Guardianship(guardian_id=parent.id, child_id=child.id))
    keep(Guardianship(guardian_id=parent.id, child_id=sister.id))
    for person in (parent, child, sister):
        keep(Membership(body_id=body.id, resident_id=person.id))
    poll = make_lent(body_id=body.id)

    with pytest.raises(Invalid):
        give(poll, parent, child)
    give(poll, child, sister)

    assert given(poll) == {(child.id, sister.id, False)}


def test_closing_counts_them_and_forgets_who_held_for_whom() -> None:
    principal, holder, other = make_voters(3)
    poll = make_lent()
    give(poll, principal, holder)
    yes(poll, holder, other)
    yes_for(poll, holder, principal)

    with after(poll):
        close_poll(poll)

    assert poll.result is not None
    assert (poll.turnout, poll.result["represented"]) == (3, 1)
    assert (roll_says(poll)[principal.id], given(poll)) == (("online", True), set())
