"""How the queue speaks: why a content is there, what was decided, each with its tone."""

from typing import Any

from app.core.i18n import _l
from app.moderation.models import CHILD, CONTEST, EDITED, FIRST, HIDDEN, KEPT, REPORT

CAUSES: dict[str, tuple[Any, str]] = {
    REPORT: (_l("Signalé"), "brick"),
    FIRST: (_l("Premier message"), "sun"),
    CHILD: (_l("Au comité enfant"), "plum"),
    CONTEST: (_l("Contesté"), "brick"),
}

OUTCOMES: dict[str | None, tuple[Any, str]] = {
    KEPT: (_l("En ligne"), "leaf"),
    HIDDEN: (_l("Masqué"), "grey"),
    EDITED: (_l("Modifié"), "teal"),
    None: (_l("Retiré par son auteur"), "grey"),
}

FILTERS: dict[str, Any] = {
    "a-lire": _l("À lire d’abord"),
    "signales": _l("Signalés"),
    "en-attente": _l("En attente de parution"),
    "contestes": _l("Contestés"),
    "traites": _l("Décidés"),
}
