"""What an action may be: codes kept in the ledger, and their words.

A code is never renamed: indicators read it in entries written long ago. The centre adds kinds
of its own in a table; each counts as one of these, and that code is what the ledger keeps.
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
    "formation_concept": _l("Formation au concept de centre social"),
    "presentation_concept": _l("Présentation du centre social"),
    "fete_quartier": _l("Fête de quartier"),
    "appui_projet": _l("Appui à un projet d’habitants"),
    "seance_projet": _l("Séance de travail d’un projet"),
    "rencontre_associations": _l("Rencontre d’associations"),
    "autre": _l("Autre"),
}
"""The kinds of the house, as the migration writes them in the table: code and first label."""

_ON_SITE = _l("Actions au centre (1.2.1), ou dans le quartier si c’est hors les murs (1.1)")
FEEDS: dict[str, Any] = {
    "animation_quartier": _l("Actions et rencontres dans les quartiers (1.1.1, 1.1.3, 3.2.1)"),
    "action_municipale": _l("Actions de la Ville où le centre tient un rôle (1.1.2)"),
    "activite": _ON_SITE,
    "service": _ON_SITE,
    "reunion_partenariale": _l(
        "Réunions de partenaires (2.1.1, 2.1.2), échanges (1.3.2) et coordinations (2.2.1)"
    ),
    "rencontre_communication": _l("Rencontres avec la communication (1.3.1)"),
    "journee_reseau": _l("Journées d’information du réseau (1.2.2)"),
    "formation_equipe": _l("Formations proposées à l’équipe (2.3.2)"),
    "formation_concept": _l("Personnes formées au concept (1.3.3) et formations (2.3.2)"),
    "presentation_concept": _l("Présentations du concept (3.1.2)"),
    "fete_quartier": _l("Fêtes et actions dans les quartiers (1.1.1, 1.1.3, 3.2.1)"),
    "appui_projet": _l("Appuis aux projets d’habitants, et leurs heures (2.3.1)"),
    "seance_projet": _l("Habitants dans des projets collectifs (2.2.3)"),
    "rencontre_associations": _l("Rencontres entre associations (3.3.2)"),
    "autre": _l("Aucun chiffre par lui-même, sauf hors les murs (1.1)"),
}
"""Which figures each code feeds, in words; the codes in brackets are those of the projet social."""

TRAININGS = ("formation_equipe", "formation_concept")

LEAD_WORDS: dict[str, Any] = {
    "centre": _l("Le centre social"),
    "ville": _l("La Ville"),
    "partenaire": _l("Un partenaire"),
    "association": _l("Une association"),
    "habitants": _l("Des habitants"),
}

PUBLIC_WORDS: dict[str, Any] = {
    "tous": _l("Tout le monde"),
    "enfants": _l("Enfants"),
    "jeunes": _l("Jeunes"),
    "familles": _l("Familles"),
    "seniors": _l("Seniors"),
}

PURPOSES: dict[str, Any] = {
    "echange": _l("Échange : on s’informe"),
    "coordination": _l("Coordination d’un projet commun"),
    "autre": _l("Autre"),
}
"""What a meeting of partners is for."""
AUDIENCES: dict[str, Any] = {
    "habitants": _l("Devant des habitants"),
    "partenaires": _l("Devant des partenaires"),
    "elus": _l("Devant des élus"),
    "equipe": _l("Devant l’équipe ou des bénévoles"),
}
"""Before whom the centre is presented."""
NATURES_OF: dict[str, dict[str, Any]] = {
    "reunion_partenariale": PURPOSES,
    "presentation_concept": AUDIENCES,
}
"""The kinds that say more, and what they may say; the others say nothing."""
NATURE_WORDS = PURPOSES | AUDIENCES

COUNT_METHODS: dict[str, Any] = {
    "compteur": _l("Compté un par un"),
    "passages": _l("Compté par passages réguliers"),
    "photo": _l("Compté sur photo"),
    "estimation": _l("Estimé à l’œil"),
}
