import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods import METHODS
from app.voting.methods.base import InvalidBallot, InvalidCount, InvalidRules
from app.voting.methods.yesno import YesNo, YesNoBallot, YesNoResult, YesNoRules

METHOD = YesNo()
YES, NO, ABSTAIN, BLANK = (YesNoBallot(choice) for choice in ("yes", "no", "abstain", None))
HEADS = st.integers(0, 10**10)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def count(yes: int = 0, no: int = 0, abstain: int = 0, blank: int = 0, **rules: Any) -> YesNoResult:
    ballots = {YES: yes, NO: no, ABSTAIN: abstain, BLANK: blank}
    return METHOD.count([7], ballots, YesNoRules(**rules))


def test_more_yes_than_no_adopts_whatever_the_abstentions() -> None:
    result = count(yes=3, no=2, abstain=40, blank=5)

    assert result.adopted
    assert result.winners == (7,)
    assert (result.base_size, result.needed, result.ballots, result.blank) == (5, 3, 50, 5)


def test_a_tie_does_not_adopt() -> None:
    result = count(yes=4, no=4)

    assert result.is_tie
    assert not result.adopted
    assert result.winners == ()


def test_a_vote_without_any_voice_does_not_adopt() -> None:
    assert not count().adopted
    assert not count(abstain=12).adopted


def test_among_those_present_an_abstention_weighs_like_a_no() -> None:
    assert not count(yes=5, no=2, abstain=3, base="present").adopted
    assert count(yes=6, no=2, abstain=2, base="present").adopted


def test_someone_present_who_did_not_vote_counts_among_those_present() -> None:
    assert count(yes=6, no=4, base="present").adopted
    assert not count(yes=6, no=4, base="present", present=12).adopted


def test_a_majority_of_the_registered_needs_more_than_half_of_the_roll() -> None:
    assert not count(yes=50, base="registered", registered=100).adopted
    assert count(yes=51, base="registered", registered=100).adopted


def test_a_qualified_majority_is_reached_at_exactly_two_thirds() -> None:
    two_thirds = Fraction(2, 3)

    assert count(yes=6, no=3, threshold=two_thirds).adopted
    assert not count(yes=5, no=3, threshold=two_thirds).adopted


def test_more_ballots_than_people_is_refused_with_a_sentence() -> None:
    with pytest.raises(InvalidCount, match=r"plus de bulletins \(11\).*présentes \(10\)"):
        count(yes=11, present=10)

    with pytest.raises(InvalidCount, match="inscrites"):
        count(yes=11, registered=10)


def test_the_number_of_registered_people_is_required_by_its_base() -> None:
    with pytest.raises(InvalidCount, match="inscrites manque"):
        count(yes=1, base="registered")


def test_two_texts_in_one_vote_are_refused() -> None:
    with pytest.raises(InvalidCount, match="un seul texte"):
        METHOD.count([1, 2], {}, YesNoRules())


@pytest.mark.parametrize("ballot", [YES, NO, ABSTAIN, BLANK])
def test_a_ballot_reads_back_as_it_was_written(ballot: YesNoBallot) -> None:
    assert METHOD.loads([7], ballot.dumps(), YesNoRules()) == ballot


def test_identical_ballots_are_grouped_by_their_one_writing() -> None:
    texts = [('{"choice": "yes"}', 2), ('{"choice":"yes"}', 3), ('{"blank":true}', 1)]

    assert METHOD.group([7], texts, YesNoRules()) == {YES: 5, BLANK: 1}


@given(JSON)
def test_whatever_is_sent_is_a_ballot_or_a_refusal(raw: object) -> None:
    try:
        ballot = METHOD.parse([7], raw, YesNoRules())
    except InvalidBallot as refusal:
        assert str(refusal).endswith(".")
    else:
        assert ballot in (YES, NO, ABSTAIN, BLANK)


@given(st.text())
def test_whatever_is_stored_is_a_ballot_or_a_refusal(text: str) -> None:
    with pytest.raises(InvalidBallot):
        METHOD.loads([7], "?" + text, YesNoRules())


def test_a_ballot_cannot_be_blank_and_something_else() -> None:
    with pytest.raises(InvalidBallot, match="blanc"):
        METHOD.parse([7], {"blank": True, "choice": "yes"}, YesNoRules())


@pytest.mark.parametrize(
    "raw",
    [
        {"base": "personne"},
        {"treshold": "2/3"},
        {"threshold": 0.66},
        {"threshold": "1/3"},
        {"threshold": "1/0"},
        {"threshold": "4/3"},
        {"present": -1},
        {"registered": "beaucoup"},
        {"present": True},
    ],
)
def test_rules_that_make_no_sense_are_refused(raw: dict[str, object]) -> None:
    with pytest.raises(InvalidRules):
        METHOD.rules(raw)


def test_rules_read_back_as_they_were_written() -> None:
    rules = YesNoRules("registered", Fraction(2, 3), present=10, registered=20)

    assert METHOD.rules(json.loads(json.dumps(rules.to_json()))) == rules
    assert METHOD.rules({}) == YesNoRules()


@given(HEADS, HEADS, HEADS, HEADS)
def test_one_more_yes_never_undoes_an_adoption(yes: int, no: int, abstain: int, blank: int) -> None:
    for base in ("expressed", "present"):
        if count(yes, no, abstain, blank, base=base).adopted:
            assert count(yes + 1, no, abstain, blank, base=base).adopted


@given(HEADS, HEADS)
def test_exchanging_yes_and_no_exchanges_the_outcome(yes: int, no: int) -> None:
    adopted, refused = count(yes, no), count(no, yes)

    assert adopted.adopted + refused.adopted == (yes != no)


def test_the_result_can_be_published_as_json() -> None:
    result = count(yes=3, no=1, abstain=2, blank=1)

    assert json.loads(json.dumps(result.to_json())) == {
        "method": "yesno",
        "options": [7],
        "ballots": 7,
        "blank": 1,
        "ranking": [[7]],
        "winners": [7],
        "counts": {"yes": 3, "no": 1, "abstain": 2},
        "base_size": 4,
        "needed": 3,
        "tie": False,
        "adopted": True,
        "rules": {"base": "expressed", "threshold": "1/2", "present": None, "registered": None},
    }


def test_every_method_is_registered_under_its_own_key() -> None:
    assert all(method.key == key for key, method in METHODS.items())
