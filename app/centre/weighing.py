"""A rule of what counts said to hold since long ago: what it would change, before it is asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.centre.rule_table import RULES
from app.centre.settings import rule
from app.centre.signals import rules_weighed
from app.centre.wording import in_words
from app.core.clock import today
from app.core.i18n import _


@dataclass(frozen=True)
class Weight:
    """What a change would reach: how many figures of how many years; those given out already.

    `said` are the rules that change, with what each will say.
    """

    since: date
    said: tuple[str, ...]
    figures: int
    years: tuple[int, ...]
    published: tuple[int, ...]
    is_before_agrement: bool


def weight_of(values: dict[str, Any], since: date | None) -> Weight | None:
    """What is to be asked before these rules are changed; None where nothing is to be.

    Only a day of a year gone by is asked about: that of a running year is changed every day.
    """
    if since is None or since.year >= today().year:
        return None
    changed = {
        key: value for key, value in values.items() if RULES[key].recounts and rule(key) != value
    }
    if not changed:
        return None
    answers = rules_weighed.send(changed, since=since)
    reached = {one for _receiver, found in answers for one in found}
    return Weight(
        since,
        tuple(
            _("%(rule)s\u00a0: %(value)s", rule=RULES[key].label, value=in_words(key, value))
            for key, value in changed.items()
        ),
        len(reached),
        tuple(sorted({year for _code, year, _published in reached})),
        tuple(sorted({year for _code, year, published in reached if published})),
        since < date(rule("agrement_year"), 1, 1),
    )
