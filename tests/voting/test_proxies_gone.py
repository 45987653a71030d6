"""Proxies of people who leave: erased, or found to be the same as someone else."""

import pytest
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core import clock
from app.core.db import atomic, db
from app.core.errors import Conflict
from app.core.rights import Role
from app.desk.merging import join_files
from app.notifications.models import Notification
from app.privacy.erasing import erase
from app.voting import drafts, services
from app.voting.closing import close_poll
from app.voting.drafting import PollDraft
from app.voting.models import SecretBallot
from app.voting.opening import open_poll
from app.voting.reconciling import obstacle
from tests.factories import make_resident, make_with_role
from tests.voting.polls import after, make_voters, no, yes
from tests.voting.rolls import give, given, make_announced, make_lent, roll_says, yes_for

pytestmark = pytest.mark.usefixtures("app")

WHY = "même date de naissance, elle est devant moi"


def erased(person: Resident) -> None:
    atomic(erase)(person, keeps_writings=True)


def told(person: Resident) -> bool:
    texts = select(Notification.text).where(Notification.resident_id == person.id)
    return any("ne tient plus" in text for text in db.session.scalars(texts))


def in_the_box() -> int:
    return db.session.scalar(select(func.count()).select_from(SecretBallot)) or 0


def test_erasing_a_principal_or_a_holder_drops_the_proxy_and_tells_the_other() -> None:
    one, two, three, four = make_voters(4)
    poll = make_lent()
    give(poll, one, two)
    give(poll, three, four)

    erased(one)
    erased(four)

    assert given(poll) == set()
    assert told(two) and told(three)


def test_whoever_is_erased_once_represented_keeps_box_and_signatures_equal() -> None:
    principal, holder, other = make_voters(3)
    poll = make_lent()
    give(poll, principal, holder)
    yes_for(poll, holder, principal)
    no(poll, other)

    erased(principal)
    erased(holder)

    assert (given(poll), in_the_box(), len(roll_says(poll))) == (set(), 2, 2)
    assert obstacle(poll) is None
    with after(poll):
        close_poll(poll)
    assert (poll.turnout, (poll.result or {})["represented"]) == (2, 1)


def test_joining_two_files_drops_the_proxies_of_the_one_that_goes() -> None:
    desk = make_with_role(Role.DESK, standing="team")
    kept, merged, holder, other = make_voters(4)
    poll = make_lent(2)
    give(poll, merged, holder)
    give(poll, other, kept)

    join_files(desk, kept, merged, WHY)

    assert given(poll) == {(other.id, kept.id, False)}
    assert told(holder) and not told(other)
    yes_for(poll, kept, other)
    yes(poll, kept)


def test_a_file_that_gave_a_proxy_and_turns_out_to_have_voted_leaves_none() -> None:
    desk = make_with_role(Role.DESK, standing="team")
    kept, merged, holder = make_voters(3)
    poll = make_lent()
    give(poll, kept, holder)
    yes(poll, merged)

    join_files(desk, kept, merged, WHY)

    assert (given(poll), roll_says(poll)) == (set(), {kept.id: ("online", False)})


@pytest.mark.parametrize("side", ["principal", "holder"])
def test_a_proxy_that_served_makes_the_join_wait(side: str) -> None:
    desk = make_with_role(Role.DESK, standing="team")
    principal, holder = make_voters(2)
    twin = make_resident()
    poll = make_lent()
    give(poll, principal, holder)
    yes_for(poll, holder, principal)

    with pytest.raises(Conflict):
        join_files(desk, twin, principal if side == "principal" else holder, WHY)

    assert given(poll) == {(principal.id, holder.id, True)}


@atomic
def leave_the_roll(person: Resident) -> None:
    person.standing = "partner"


@pytest.mark.parametrize("change", ["taken back", "other rules", "one left"])
def test_both_know_when_a_proxy_falls_before_the_vote_opens(change: str) -> None:
    principal, holder = make_voters(2)
    poll = make_announced(proxies_most=1)
    director = db.session.get_one(Resident, poll.created_by_id)
    give(poll, principal, holder)

    if change == "taken back":
        drafts.save_draft(director, {}, poll.title, None, None, poll)
    elif change == "other rules":
        draft = PollDraft(poll.title, "yesno", poll.closes_at, proxies_most=2)
        services.publish(poll, director, draft)
    else:
        leave_the_roll(holder)
        with clock.at(poll.opens_at):
            assert open_poll(poll)

    fell = select(Notification.resident_id).where(Notification.text.contains("ne tient plus"))
    assert sorted(db.session.scalars(fell)) == [principal.id, holder.id]
    assert given(poll) == set()
