"""What a rule says, in words."""

from typing import Any

from app.centre.age_bands import labels
from app.centre.rule_shape import CONTRIBUTIONS, DAYS, EUROS, PEOPLE, YEARS
from app.centre.rule_table import RULES
from app.core.i18n import _, _l

OF_ONE = (
    (DAYS, _l("jour")),
    (YEARS, _l("année")),
    (PEOPLE, _l("personne")),
    (EUROS, _l("euro")),
    (CONTRIBUTIONS, _l("contribution")),
)
"""A unit, and how it is said of 0 or 1: the other units do not change."""


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
    unit = definition.unit
    if isinstance(value, int) and value < 2:
        unit = next((one for several, one in OF_ONE if several is unit), unit)
    return f"{value}\u00a0{unit}" if str(unit) else str(value)
