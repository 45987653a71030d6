"""Codes of mutual help and their words."""

from typing import Any

from app.core.i18n import _l
from app.entraide.models import EXPIRED, OFFER, OPEN, REQUEST, THANKED, WITHDRAWN

SIDES: dict[str, Any] = {OFFER: _l("J’offre"), REQUEST: _l("Je cherche")}
BY_SLUG = {"offre": OFFER, "demande": REQUEST}
SLUGS = {side: slug for slug, side in BY_SLUG.items()}
"""In addresses."""

KINDS: dict[str, Any] = {
    "courses": _l("Des courses"),
    "trajet": _l("Un trajet"),
    "outils": _l("Un prêt d’outil"),
    "compagnie": _l("De la compagnie"),
    "bricolage": _l("Une petite réparation"),
    "autre": _l("Autre chose"),
}
KIND_ICONS = {
    "courses": "heart",
    "trajet": "pin",
    "outils": "tag",
    "compagnie": "chat",
    "bricolage": "edit",
    "autre": "hand",
}

STATUS_WORDS: dict[str, Any] = {
    OPEN: _l("En ligne"),
    WITHDRAWN: _l("Retirée"),
    THANKED: _l("C’est fait"),
    EXPIRED: _l("Terminée"),
}
