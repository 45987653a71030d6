"""Changing the centre's rules."""

from datetime import date
from typing import Any

from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre import settings
from app.centre.models import EVER
from app.centre.policies import Person, can_change_settings
from app.centre.rule_table import RULES
from app.centre.signals import rules_changed
from app.core.clock import today
from app.core.db import atomic
from app.core.errors import Forbidden, Invalid
from app.core.i18n import _
from app.core.typography import date_fr


@atomic
def change_rules(person: Person, values: dict[str, Any], since: date | None = None) -> list[str]:
    """Set several rules at once, or none; the keys of those that changed.

    Args:
        since: the first day on which the rules of what counts hold, today if not said: what
            happened before counts as it did. The other rules have no past.

    Raises:
        Forbidden: not the direction.
        Invalid: a value outside of what its rule admits, or a day to come; `field` names it.
    """
    check_direction(person)
    since = since or today()
    if not EVER <= since <= today():
        raise Invalid(_("Choisissez aujourd’hui, ou un jour passé."), field="since")
    changed = {
        key: settings.change(key, value, since if RULES[key].recounts else EVER)
        for key, value in values.items()
        # One that stays as it is today keeps the days on which it changed.
        if not (RULES[key].recounts and settings.rule(key) == value)
    }
    told = {key: pair for key, pair in changed.items() if pair is not None}
    if told:
        note(
            AuditAct.SETTING_CHANGED,
            person,
            before={key: pair[0] for key, pair in told.items()},
            after={key: pair[1] for key, pair in told.items()},
            reason=_("À partir du %(day)s.", day=date_fr(since))
            if any(RULES[key].recounts for key in told)
            else None,
        )
        rules_changed.send(list(told))
    return list(told)


@atomic
def reset_rule(person: Person, key: str) -> bool:
    """Back to the default; whether that changed something.

    Raises:
        Forbidden: not the direction.
    """
    return bool(change_rules(person, {key: settings.default(key)}))


def check_direction(person: Person) -> None:
    """Refuse whoever may not change what the centre sets."""
    if not can_change_settings(person):
        raise Forbidden(_("Seule la direction change les réglages."))
