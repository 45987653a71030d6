"""What a line of the journal changed, in words."""

from dataclasses import dataclass
from typing import Any

from app.accounts.roles import ROLE_WORDS
from app.centre.rule_table import RULES
from app.centre.wording import in_words
from app.core.i18n import _, _l
from app.core.rights import Role
from app.pastlife.kinds import KINDS as PAST_KINDS
from app.proposals.labels import LABELS

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
    "acts": _l("Choses faites ensemble"),
    "until": _l("Jusqu’au"),
    "visibility": _l("Visibilité"),
    "length": _l("Longueur du texte, en signes"),
    "guardian": _l("Responsable légal, fiche n°"),
    "merged": _l("Réunie à la fiche n°"),
    "other": _l("Distinguée de la fiche n°"),
    "joined": _l("Arrivée, fiche n°"),
    "left": _l("Départ, fiche n°"),
    "size": _l("Nombre de bulletins"),
    "papers": _l("Bulletins comptés"),
    "outcome": _l("Réponse"),
    "archived": _l("Aux archives"),
    "extended_from": _l("Fermeture prévue d’abord"),
    "closes_at": _l("Fermeture"),
    "given_name": _l("Prénom"),
    "family_name": _l("Nom de famille"),
    "nickname": _l("Nom d’usage"),
    "year_of_birth": _l("Année de naissance"),
    "sex": _l("Femme ou homme"),
    "email": _l("E-mail"),
    "phone": _l("Téléphone"),
    "languages": _l("Langues"),
    "quartier_id": _l("Quartier"),
    "lines": _l("Lignes reprises"),
}


VALUES: dict[str, dict[str, Any]] = {
    "visibility": {
        "shown": _l("visible"),
        "hidden": _l("masqué"),
        "waiting": _l("en attente de lecture"),
    },
    "outcome": {"accepted": _l("acceptée"), "refused": _l("refusée")},
    "kind": {
        "comite": _l("comité"),
        "conseil": _l("conseil de maison"),
        **{code: kind.title for code, kind in PAST_KINDS.items()},
    },
    "status": {
        **{status.value: label.label for status, label in LABELS.items()},
        "open": _l("ouvert"),
        "announced": _l("annoncé"),
    },
}
"""What the codes of a field mean."""


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
    if isinstance(value, str) and value in VALUES.get(key, {}):
        return str(VALUES[key][value])
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return ", ".join(str(FIELDS.get(str(one), one)) for one in value)
    return str(value)
