"""The French words for an instance's texts."""

from typing import Any

from app.core.i18n import _l

KINDS: dict[str, Any] = {"reglement": _l("Règlement intérieur"), "charte": _l("Charte")}

ANSWERS: dict[str, Any] = {"taken": _l("Repris"), "refused": _l("Pas repris")}
