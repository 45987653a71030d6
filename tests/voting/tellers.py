"""Polls whose box several people keep, for the tests of this feature."""

from app.accounts.models import Resident
from app.voting import bench_services
from app.voting.models import Poll
from tests.factories import make_resident
from tests.voting.polls import make_poll, make_voters, no, yes


def named(count: int = 3, needed: int = 2) -> tuple[Poll, list[Resident]]:
    """A poll whose tellers have not taken their words."""
    people = [make_resident() for _ in range(count)]
    poll = make_poll(teller_ids=[one.id for one in people], tellers_needed=needed)
    return poll, people


def ready(count: int = 3, needed: int = 2) -> tuple[Poll, dict[Resident, str]]:
    """A poll that opened by itself once each teller had their words."""
    voters = make_voters(4)
    poll, people = named(count, needed)
    words = {}
    for person in people:
        words[person] = " ".join(bench_services.take_words(poll, person))
        bench_services.prove_words(poll, person, words[person])
    yes(poll, *voters[:3])
    no(poll, voters[3])
    return poll, words
