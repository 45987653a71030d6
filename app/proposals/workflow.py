"""Which state may follow which: the whole life of a proposal, as data."""

from app.proposals.models import Status

TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.SUBMITTED, Status.WITHDRAWN}),
    Status.SUBMITTED: frozenset(
        {Status.GATHERING, Status.REFUSED, Status.MERGED, Status.WITHDRAWN}
    ),
    Status.GATHERING: frozenset({Status.VOTING, Status.MERGED, Status.WITHDRAWN}),
    Status.VOTING: frozenset({Status.GATHERING, Status.ADOPTED, Status.NOT_ADOPTED}),
    Status.ADOPTED: frozenset({Status.UNDER_WAY}),
    Status.UNDER_WAY: frozenset({Status.REALISED}),
    Status.NOT_ADOPTED: frozenset(),
    Status.REFUSED: frozenset(),
    Status.REALISED: frozenset(),
    Status.MERGED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}

CLOSED_TO_COMMENTS = frozenset({Status.DRAFT, Status.REFUSED, Status.MERGED, Status.WITHDRAWN})
"""Nobody waits for a word there any more, or not yet."""


def may_follow(present: str, wanted: Status) -> bool:
    """Whether a proposal may go from one state straight to another."""
    return wanted in TRANSITIONS[Status(present)]
