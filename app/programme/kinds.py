"""What an action may be: codes kept in the ledger, and their words.

A code is never renamed: indicators read it in entries written long ago.
"""

from typing import Any

from app.core.i18n import _l

KINDS: dict[str, Any] = {
    "animation_quartier": _l("Animation de quartier"),
    "action_municipale": _l("Action de la Ville"),
    "activite": _l("Activité"),
    "service": _l("Permanence ou service"),
    "reunion_partenariale": _l("Réunion de partenaires"),
    "rencontre_communication": _l("Rencontre avec la communication"),
    "journee_reseau": _l("Journée réseau"),
    "formation_equipe": _l("Formation de l’équipe"),
    "presentation_concept": _l("Présentation du centre social"),
    "fete_quartier": _l("Fête de quartier"),
    "appui_projet": _l("Appui à un projet d’habitants"),
    "rencontre_associations": _l("Rencontre d’associations"),
}

LEAD_WORDS: dict[str, Any] = {
    "centre": _l("Le centre social"),
    "ville": _l("La Ville"),
    "partenaire": _l("Un partenaire"),
    "association": _l("Une association"),
    "habitants": _l("Des habitants"),
}

COUNT_METHODS: dict[str, Any] = {
    "compteur": _l("Compté un par un"),
    "passages": _l("Compté par passages réguliers"),
    "photo": _l("Compté sur photo"),
    "estimation": _l("Estimé à l’œil"),
}
