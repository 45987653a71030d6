"""The French words for an election without candidates."""

from typing import Any

from app.core.i18n import _l

STATUSES: dict[str, Any] = {
    "naming": _l("Chacun nomme"),
    "changing": _l("On peut changer"),
    "consent": _l("Tour de consentement"),
    "given": _l("Rôle donné"),
    "dropped": _l("Arrêtée"),
}

VOICES: dict[str, Any] = {
    "consent": _l("Je consens"),
    "reserve": _l("Je consens, avec une réserve"),
    "objection": _l("J’ai une objection"),
    "abstain": _l("Je m’abstiens"),
}
