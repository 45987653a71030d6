"""Which state may follow which."""

import pytest

from app.proposals.labels import BY_SLUG, LABELS, journey
from app.proposals.models import Status
from app.proposals.workflow import TRANSITIONS, may_follow


def test_every_state_says_what_may_follow_and_how_it_reads() -> None:
    assert set(TRANSITIONS) == set(LABELS) == set(Status)
    assert len(BY_SLUG) == len(Status)


@pytest.mark.parametrize("present", Status)
@pytest.mark.parametrize("wanted", Status)
def test_only_the_table_opens_a_way(present: Status, wanted: Status) -> None:
    ways = {
        ("draft", "submitted"), ("draft", "withdrawn"),
        ("submitted", "gathering"), ("submitted", "refused"), ("submitted", "merged"),
        ("submitted", "withdrawn"),
        ("gathering", "voting"), ("gathering", "merged"), ("gathering", "withdrawn"),
        ("voting", "gathering"), ("voting", "adopted"), ("voting", "not_adopted"),
        ("adopted", "under_way"), ("under_way", "realised"),
    }  # fmt: skip

    assert may_follow(present.value, wanted) == ((present.value, wanted.value) in ways)


def test_a_refused_proposal_has_no_road_ahead() -> None:
    assert journey(Status.REFUSED) == []
    assert [step["state"] for step in journey(Status.GATHERING)] == [
        "done", "now", None, None, None,
    ]  # fmt: skip
