"""Ballots of grades: typed, sent, written down and read back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.methods.base import InvalidBallot, InvalidRules
from app.voting.methods.majority_judgment import GradesBallot, MajorityJudgmentRules
from tests.voting.grades import BALLOTS, BLANK, METHOD, OPTIONS, RULES, SEVEN_GRADES

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(BALLOTS)
def test_a_ballot_reads_back_as_it_was_written(given_ballot: GradesBallot) -> None:
    assert METHOD.loads(OPTIONS, given_ballot.dumps(), RULES) == given_ballot


def test_the_same_judgement_typed_in_a_form_or_sent_in_json_is_the_same_ballot() -> None:
    form = METHOD.parse(OPTIONS, {"grades": {"2": "4", "1": "0", "3": ""}}, RULES)
    sent = METHOD.parse(OPTIONS, {"grades": {1: 0, 2: 4}}, RULES)

    assert form == sent
    assert form.dumps() == '{"grades":{"1":0,"2":4}}'


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"grades": {}},
        {"grades": {"1": ""}},
        {"grades": {"99": 0}},
        {"grades": {"1": 5}},
        {"grades": {"1": -1}},
        {"grades": {"1": True}},
        {"grades": {"1": 1.0}},
        {"grades": {"1": "٣"}},
        {"grades": {"1": "9" * 5000}},
        {"grades": {"1": 0, "01": 1}},
        {"grades": {"1": 0}, "blank": True},
        {"grades": {"1": 0}, "name": "Zoé"},
    ],
)
def test_what_is_not_a_ballot_is_refused_with_a_sentence(raw: object) -> None:
    with pytest.raises(InvalidBallot, match=r"\.$"):
        METHOD.parse(OPTIONS, raw, RULES)


@given(JSON)
def test_whatever_is_sent_is_a_ballot_or_a_refusal(raw: object) -> None:
    for sent in (raw, {"grades": raw}, {"grades": {"1": raw}}, {"blank": raw}):
        try:
            parsed = METHOD.parse(OPTIONS, sent, RULES)
        except InvalidBallot:
            continue
        assert METHOD.loads(OPTIONS, parsed.dumps(), RULES) == parsed


def test_text_nested_without_end_is_refused() -> None:
    with pytest.raises(InvalidBallot):
        METHOD.loads(OPTIONS, "[" * 100_000, RULES)


def test_a_poll_may_ask_that_every_option_be_judged() -> None:
    strict = MajorityJudgmentRules(missing="refused")

    with pytest.raises(InvalidBallot, match="chaque option"):
        METHOD.parse([1, 2], {"grades": {"1": 0}}, strict)

    assert METHOD.parse([1, 2], {"blank": True}, strict) == BLANK


@pytest.mark.parametrize(
    "raw",
    [
        {"grades": ["Oui", "Non"]},
        {"grades": ["a", "b", "c", "d", "a"]},
        {"grades": ["a", "b", "c", "d", " "]},
        {"grades": "abcde"},
        {"grades": [1, 2, 3, 4, 5]},
        {"missing": "best"},
        {"grade": []},
    ],
)
def test_rules_that_make_no_sense_are_refused(raw: dict[str, object]) -> None:
    with pytest.raises(InvalidRules):
        METHOD.rules(raw)


def test_rules_read_back_as_they_were_written() -> None:
    assert METHOD.rules(json.loads(json.dumps(SEVEN_GRADES.to_json()))) == SEVEN_GRADES
    assert METHOD.rules({}) == RULES
