"""Elections written in the formats of other tools, and read back the same."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.formats import FORMATS
from app.voting.formats.base import Election, FormatError
from tests.voting.elections import approval_sets, unhurried, weak_orders
from tests.voting.files import read


def test_what_a_spreadsheet_would_compute_is_written_as_text_and_read_back() -> None:
    election = Election("approval", ("=1+1", "@Bo"), {(1,): 2})

    written = FORMATS["csv"].write(election)

    assert "'=1+1" in written
    assert read("csv", written, "approval").names == election.names


@pytest.mark.parametrize("key", ["csv", "json", "abif", "preflib", "blt"])
@unhurried
@given(ballots=st.lists(weak_orders(4), max_size=6))
def test_rankings_written_in_a_format_are_read_back(key: str, ballots: list[Any]) -> None:
    grouped = Counter(ballot.tiers for ballot in ballots if ballot.tiers)
    election = Election("ranking", ("A", "Bo-Bo", "C d", "É"), grouped, title="Fête")

    again = read(key, FORMATS[key].write(election), "ranking")

    assert (again.names, again.ballots) == (election.names, election.ballots)


@pytest.mark.parametrize("key", ["csv", "json", "pb"])
@unhurried
@given(ballots=st.lists(approval_sets(3), max_size=6))
def test_budgets_written_in_a_format_are_read_back(key: str, ballots: list[Any]) -> None:
    grouped = Counter(ballot.approved for ballot in ballots)
    blank = grouped.pop((), 0)
    if not grouped:
        return
    election = Election(
        "approval", ("A", "B", "C"), grouped, blank=blank, costs=(5, 6, 7), budget=12
    )

    again = read(key, FORMATS[key].write(election), "approval")

    assert (again.names, again.ballots, again.blank) == (election.names, grouped, blank)
    assert (again.costs, again.budget) == ((5, 6, 7), 12)


def test_a_budget_is_written_with_its_obligatory_keys_and_new_voters() -> None:
    election = Election(
        "approval", ("A", "B"), {(1,): 500, (2,): 500}, costs=(1, 2), budget=3, title="Fonds"
    )

    written = FORMATS["pb"].write(election).splitlines()

    meta = dict(line.split(";", 1) for line in written[2 : written.index("PROJECTS")])
    assert {
        "description", "country", "unit", "instance", "num_projects", "num_votes", "budget",
        "vote_type", "rule", "date_begin", "date_end",
    } <= set(meta)  # fmt: skip
    votes = [line.split(";") for line in written[written.index("VOTES") + 2 :]]
    assert [voter for voter, _ in votes] == [str(number) for number in range(1, 1001)]
    # A thousand shuffled votes do not come out grouped: it would take one chance in 10 ** 298.
    assert [vote for _, vote in votes] != sorted(vote for _, vote in votes)


@pytest.mark.parametrize(
    ("key", "election"),
    [
        ("preflib", Election("approval", ("A",), {(1,): 1})),
        ("blt", Election("grades", ("A",), {})),
        ("abif", Election("choice", ("A",), {"yes": 1})),
        ("abif", Election("ranking", ("A]",), {})),
        ("pb", Election("ranking", ("A",), {})),
    ],
)
def test_a_format_that_cannot_hold_ballots_says_so(key: str, election: Election) -> None:
    with pytest.raises(FormatError):
        FORMATS[key].write(election)
