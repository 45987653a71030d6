"""What a line of the journal changed, in words."""

from dataclasses import dataclass
from typing import Any

from app.accounts.roles import ROLE_WORDS
from app.centre.rule_table import RULES
from app.centre.wording import in_words
from app.core.i18n import _, _l
from app.core.rights import Role

FIELDS: dict[str, Any] = {
    "role": _l("Rôle"),
    "body_id": _l("Instance n°"),
    "association_id": _l("Association n°"),
    "ends_on": _l("Dernier jour"),
    "name": _l("Nom"),
    "is_qpv": _l("Quartier prioritaire"),
    "retired": _l("Retiré"),
    "place": _l("Place dans la liste"),
    "status": _l("État"),
    "college": _l("Collège"),
    "kind": _l("Sorte"),
    "theme": _l("Thème"),
    "fields": _l("Ce qui a changé"),
}


@dataclass(frozen=True)
class Changed:
    """One thing, before and after; empty where it was not."""

    what: str
    before: str
    after: str


def changes(details: dict[str, Any]) -> list[Changed]:
    """What a line says changed, thing by thing."""
    before, after = details.get("before"), details.get("after")
    if before is None and after is None:
        return []
    if not isinstance(before, dict | None) or not isinstance(after, dict | None):
        return [Changed(_("Valeur"), _said("", before), _said("", after))]
    before, after = before or {}, after or {}
    return [
        Changed(_what(key), _said(key, before.get(key)), _said(key, after.get(key)))
        for key in dict.fromkeys([*before, *after])
    ]


def rules_in_words(details: dict[str, Any] | None) -> str:
    """The settings a line is about, « Quorum, Prix »; empty when it is about none."""
    after = (details or {}).get("after")
    if not isinstance(after, dict):
        return ""
    return ", ".join(str(RULES[key].label) for key in after if key in RULES)


def _what(key: str) -> str:
    return str(RULES[key].label if key in RULES else FIELDS.get(key, key))


def _said(key: str, value: Any) -> str:
    if value is None:
        return ""
    if key in RULES:
        return in_words(key, value)
    if key == "role" and value in set(Role):
        return str(ROLE_WORDS[Role(value)])
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return ", ".join(str(FIELDS.get(str(one), one)) for one in value)
    return str(value)
