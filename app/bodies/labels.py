"""The French words for what the database keeps in one."""

from datetime import date
from typing import Any

from app.core.i18n import _l

COLLEGES: dict[str, Any] = {
    "habitants": _l("Habitants"),
    "associations": _l("Associations"),
    "partenaires": _l("Partenaires"),
    "elus": _l("Élus"),
    "equipe": _l("Équipe du centre"),
}

COLLEGES_EXPLAINED: dict[str, Any] = {
    "habitants": _l("Celles et ceux qui vivent ici."),
    "associations": _l("Les associations du quartier."),
    "partenaires": _l("L’école, la CAF, les bailleurs et les autres."),
    "elus": _l("La Ville."),
    "equipe": _l("Les professionnels du centre."),
}

ORIGINS: dict[str, Any] = {
    "elected": _l("Élection"),
    "drawn": _l("Tirage au sort"),
    "consent": _l("Élection sans candidat"),
    "appointed": _l("Désignation"),
    "ex_officio": _l("De droit"),
}
"""How someone came to a seat."""

END_CAUSES: dict[str, Any] = {
    "term": _l("Fin du mandat"),
    "resigned": _l("Démission"),
    "ended": _l("Fin décidée par la direction"),
    "stepped_up": _l("Devenu titulaire"),
    "closed": _l("Fermeture du conseil"),
    "erased": _l("Compte effacé"),
}

OUTCOMES: dict[str, Any] = {
    "avis": _l("Avis"),
    "valide": _l("Validé par le centre"),
    "transmis": _l("Transmis à la Ville"),
    "adopte": _l("Adopté"),
    "refuse": _l("Refusé"),
    "realise": _l("Réalisé"),
}

OUTCOMES_EXPLAINED: dict[str, Any] = {
    "avis": _l("Le conseil a donné son avis. Il ne décide pas seul."),
    "valide": _l("Le centre a dit oui et peut agir lui-même."),
    "transmis": _l("La Ville a reçu la demande. C’est à elle de répondre."),
    "adopte": _l("C’est décidé. Il reste à le faire."),
    "refuse": _l("La réponse est non, et la raison est donnée."),
    "realise": _l("C’est fait."),
}

OUTCOME_TONES = {
    "avis": "plum",
    "valide": "leaf",
    "transmis": "teal",
    "adopte": "leaf",
    "refuse": "brick",
    "realise": "leaf",
}

FINISHED = ("refuse", "realise")
"""Outcomes after which nothing more is expected."""

THEMES: dict[str, Any] = {
    "enfant": _l("Enfants"),
    "famille": _l("Familles"),
    "senior": _l("Seniors"),
    "autre": _l("Autre sujet"),
}

THEME_TONES = {"enfant": "sun", "famille": "teal", "senior": "plum", "autre": "leaf"}

MEETING_STATUSES: dict[str, Any] = {
    "planned": _l("À venir"),
    "held": _l("Tenue"),
    "cancelled": _l("Annulée"),
}

WAYS: dict[str, Any] = {
    "hands": _l("À main levée"),
    "consent": _l("Par consentement"),
    "poll": _l("Vote secret sur téléphone"),
}
"""How the members of an instance decide of a question."""

VOICES: dict[str, Any] = {
    "consent": _l("Je consens"),
    "reserve": _l("Je consens avec une réserve"),
    "objection": _l("J’ai une objection"),
    "abstain": _l("Je m’abstiens"),
}

VOICE_WORDS: dict[str, Any] = {
    "consent": _l("Consent"),
    "reserve": _l("Consent avec réserve"),
    "objection": _l("Objection"),
    "abstain": _l("S’abstient"),
}

VOICE_TONES = {"consent": "leaf", "reserve": "sun", "objection": "brick", "abstain": "grey"}

PRESENCE_STATES: dict[str, Any] = {
    "present": _l("Présent"),
    "left": _l("Parti"),
    "excused": _l("Excusé"),
    "absent": _l("Pas là"),
}

SENDINGS: dict[str, Any] = {
    "convened": _l("Convocation"),
    "moved": _l("Changement"),
    "agenda": _l("Nouvel ordre du jour"),
    "cancelled": _l("Annulation"),
}


def is_late(outcome: str, due_on: date | None, on: date) -> bool:
    """Whether the deadline has passed while something is still expected."""
    return due_on is not None and due_on < on and outcome not in FINISHED
