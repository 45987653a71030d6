"""The rules of a poll, in plain words."""

import config
from app.core.i18n import _l
from app.voting import methods

PARTS = config.ROOT / "templates" / "voting" / "methods"
METHODS = {
    key: method.label for key, method in methods.METHODS.items() if (PARTS / f"{key}.html").exists()
}
"""What may be put to a vote here: the methods whose ballot and result have a part of template."""

HOW = {key: method.how for key, method in methods.METHODS.items()}
BASES = {
    "expressed": _l("Plus de la moitié des « pour » et des « contre » (suffrages exprimés)."),
    "present": _l("Plus de la moitié des votants, abstentions comprises."),
    "registered": _l("Plus de la moitié des personnes inscrites, même absentes."),
}
WHO = {
    "expressed": _l("suffrages exprimés"),
    "present": _l("votants"),
    "registered": _l("inscrits"),
}
ANSWERS = {"yes": _l("Pour"), "no": _l("Contre"), "abstain": _l("Abstention")}
PHASES = {
    "draft": _l("Brouillon"),
    "scheduled": _l("Bientôt"),
    "open": _l("Ouvert"),
    "counting": _l("Dépouillement en cours"),
    "closed": _l("Terminé"),
    "cancelled": _l("Annulé"),
}
CHANNELS = {
    "online": _l("en ligne"),
    "desk": _l("à l’accueil"),
    "paper": _l("sur papier"),
    "kiosk": _l("à la borne"),
}
