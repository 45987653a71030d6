"""Every act of the house is measured, or there is a reason why it is not."""

from app.indicators.definitions import BY_ACT, BY_CODE, DEFINITIONS, UNMEASURED
from app.indicators.matrix import AXES, INDICATORS
from app.indicators.wording import WORDS
from app.ledger.acts import Act


def test_every_act_feeds_an_indicator_or_says_why_not() -> None:
    fed = {Act(act) for act in BY_ACT}

    assert fed | set(UNMEASURED) == set(Act)
    assert not fed & set(UNMEASURED)
    assert all(UNMEASURED.values())


def test_the_27_indicators_are_those_of_the_projet_social() -> None:
    defined = [code for code in BY_CODE if code.count(".") == 2]

    assert sorted(defined) == list(INDICATORS)
    assert (len(AXES), len(INDICATORS)) == (3, 27)
    assert len(BY_CODE) == len(DEFINITIONS)


def test_every_indicator_is_fed_and_says_how() -> None:
    for code in INDICATORS:
        definition = BY_CODE[code]
        assert definition.feeds
        assert definition.explanation
        assert definition.excludes
        assert definition.source


def test_a_figure_beside_an_indicator_begins_with_its_code() -> None:
    assert all(code[:5] in INDICATORS for code in BY_CODE)


def test_every_act_behind_a_figure_can_be_said_in_words() -> None:
    shown = {Act(act) for act, feeds in BY_ACT.items() if any(it.shown for it, _feed in feeds)}

    assert shown - set(WORDS) <= {Act.BODY_CREATED, Act.MEETING_HELD_WITHOUT_QUORUM}
