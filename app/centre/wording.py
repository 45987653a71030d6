"""What a rule says, in words."""

from typing import Any

from app.centre.age_bands import labels
from app.centre.rule_table import RULES
from app.core.i18n import _


def in_words(key: str, value: Any) -> str:
    """A value as people read it: « 10 jours », « oui », « 0-10, 11-25, 26+ »."""
    definition = RULES.get(key)
    if value in (None, ""):
        return _("rien")
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list | tuple):
        return ", ".join(labels(tuple(value)))
    if definition is None:
        return str(value)
    if definition.choices:
        return str(dict(definition.choices).get(value, value))
    return f"{value}\u00a0{definition.unit}" if str(definition.unit) else str(value)
