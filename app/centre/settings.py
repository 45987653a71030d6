"""The rules a centre may set: each with its default and its explanation."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, has_request_context
from sqlalchemy import select

from app.centre.models import Setting
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import _, _l


@dataclass(frozen=True)
class Rule:
    """A setting: a whole number between `low` and `high`, or a text."""

    key: str
    label: Any
    help: Any
    default: int | str
    low: int = 0
    high: int = 10_000


RULES = {
    rule.key: rule
    for rule in (
        Rule("centre_name", _l("Nom du centre"), _l("Il paraît sur chaque page."), ""),
        Rule("centre_address", _l("Adresse"), _l("Au pied des documents."), ""),
        Rule("centre_phone", _l("Téléphone de l’accueil"), _l("Pour qui a besoin d’aide."), ""),
        Rule(
            "supports_needed",
            _l("Soutiens nécessaires"),
            _l(
                "Combien de soutiens une proposition cherche avant le vote. Le référent ou la "
                "direction peut la mettre au vote plus tôt."
            ),
            20,
            1,
            5000,
        ),
        Rule(
            "notice_days",
            _l("Délai de convocation, en jours"),
            _l("Une réunion convoquée plus tard le signale."),
            10,
            0,
            60,
        ),
        Rule(
            "quorum_percent",
            _l("Quorum du conseil, en % des membres"),
            _l("Part des membres votants qui doivent être présents."),
            33,
            0,
            100,
        ),
        Rule(
            "mandate_years",
            _l("Durée d’un mandat, en années"),
            _l("Proposée quand une personne entre au conseil."),
            3,
            1,
            10,
        ),
        Rule(
            "collectif_members",
            _l("Habitants pour former un collectif"),
            _l("Combien doivent accepter avant que le collectif existe."),
            3,
            2,
            50,
        ),
        Rule(
            "public_threshold",
            _l("Seuil d’affichage public"),
            _l("Un nombre de personnes plus petit n’est pas montré au public."),
            5,
            1,
            50,
        ),
    )
}


_kept: dict[str, tuple[int, dict[str, Any]]] = {}
"""By centre: the stamp under which its settings were read, and what they were."""


def rules() -> dict[str, Any]:
    """Every setting in force; at most one SQL statement a request.

    Where the request has read the database's change stamp, what was read under it still holds.
    """
    found: dict[str, Any] | None = g.get("rules") if has_request_context() else None
    if found is not None:
        return found
    stamp = g.get("page_stamp") if has_request_context() else None
    kept = _kept.get(current_app.config["CENTRE_NAME"])
    if stamp is not None and kept is not None and kept[0] == stamp:
        values = kept[1]
    else:
        values = {key: rule.default for key, rule in RULES.items()}
        values["centre_name"] = current_app.config["CENTRE_NAME"]
        stored = db.session.execute(select(Setting.key, Setting.value))
        values.update({row.key: row.value for row in stored})
        if stamp is not None:
            _kept[current_app.config["CENTRE_NAME"]] = (stamp, values)
    if has_request_context():
        g.rules = values
    return values


def rule(key: str) -> Any:
    """One setting in force."""
    return rules()[key]


def change(key: str, value: Any) -> None:
    """Set a rule, inside the caller's act.

    Raises:
        Invalid: outside of what the rule admits.
    """
    definition = RULES[key]
    if isinstance(definition.default, int) and not definition.low <= value <= definition.high:
        raise Invalid(
            _("Entre %(low)d et %(high)d.", low=definition.low, high=definition.high), field=key
        )
    db.session.merge(Setting(key=key, value=value))
    if has_request_context():
        g.pop("rules", None)
