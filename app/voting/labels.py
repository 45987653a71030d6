"""The rules of a poll, in plain words."""

from app.core.i18n import _l

METHODS = {
    "yesno": _l("Pour, contre ou abstention"),
    "majority_judgment": _l("Une mention à chaque choix (jugement majoritaire)"),
}
HOW = {
    "yesno": _l("Chacun répond pour, contre ou abstention à une seule question."),
    "majority_judgment": _l(
        "Chacun donne une mention à chaque choix. La mention majoritaire d’un choix est celle"
        " qu’au moins la moitié des votants lui donne, ou mieux. La meilleure l’emporte."
    ),
}
TIES = {
    "yesno": _l("À égalité entre pour et contre, la question n’est pas adoptée."),
    "majority_judgment": _l(
        "Entre deux choix de même mention, on retire une à une les mentions du milieu, jusqu’à ce"
        " qu’elles diffèrent. Si toutes sont pareilles, les choix sont à égalité."
    ),
}
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
