"""Changing the centre's rules."""

from typing import Any

from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre import settings
from app.centre.policies import Person, can_change_settings
from app.centre.signals import rules_changed
from app.core.db import atomic
from app.core.errors import Forbidden
from app.core.i18n import _


@atomic
def change_rules(person: Person, values: dict[str, Any]) -> list[str]:
    """Set several rules at once, or none; the keys of those that changed.

    Raises:
        Forbidden: not the direction.
        Invalid: a value outside of what its rule admits; `field` names it.
    """
    check_direction(person)
    changed = {key: settings.change(key, value) for key, value in values.items()}
    told = {key: pair for key, pair in changed.items() if pair is not None}
    if told:
        note(
            AuditAct.SETTING_CHANGED,
            person,
            before={key: pair[0] for key, pair in told.items()},
            after={key: pair[1] for key, pair in told.items()},
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
