"""Polls with paper ballots, and the piles that two people read."""

from collections.abc import Sequence
from typing import Any

from app.accounts.models import Resident
from app.core.rights import Role
from app.voting import paper_roll, paper_services
from app.voting.models import Poll
from app.voting.paper_models import PaperBatch
from tests.factories import make_with_role
from tests.voting.polls import make_poll

YES, NO, BLANK = {"choice": "yes"}, {"choice": "no"}, {"blank": True}
NULL = None


def make_on_paper(**fields: Any) -> Poll:
    """An open poll that also takes paper ballots."""
    return make_poll(has_paper=True, **fields)


def make_agents(number: int = 2) -> list[Resident]:
    """So many people of the desk."""
    return [make_with_role(Role.DESK, standing="team") for _ in range(number)]


def came(poll: Poll, agent: Resident, *people: Resident) -> None:
    """They voted on paper, and the desk noted it."""
    for person in people:
        paper_roll.sign_on_paper(agent, poll, person)


def read(poll: Poll, agent: Resident, pile: PaperBatch, sheets: Sequence[Any]) -> None:
    """What someone reads in a pile, ballot after ballot; None for a null one."""
    paper_services.begin_reading(agent, poll, pile)
    for place, raw in enumerate(sheets):
        paper_services.write_sheet(agent, poll, pile, place, raw, is_null=raw is None)


def read_twice(poll: Poll, agents: Sequence[Resident], sheets: Sequence[Any]) -> PaperBatch:
    """A pile that two people read alike."""
    pile = paper_services.add_pile(agents[0], poll, len(sheets))
    for agent in agents[:2]:
        read(poll, agent, pile, sheets)
    return pile
