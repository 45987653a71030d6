"""Codes of partners and their words. A code is never renamed: the ledger keeps some of them."""

from typing import Any

from app.core.i18n import _l

PARTNER_KINDS: dict[str, Any] = {
    "ville": _l("Service de la Ville"),
    "institution": _l("Institution"),
    "association": _l("Association partenaire"),
    "bailleur": _l("Bailleur"),
    "ecole": _l("École, collège ou lycée"),
    "sante": _l("Santé"),
    "emploi": _l("Emploi et formation"),
    "entreprise": _l("Entreprise"),
    "autre": _l("Autre"),
}

EVERYBODY = "tous"
PUBLICS: dict[str, Any] = {
    "enfants": _l("Enfants"),
    "jeunes": _l("Jeunes"),
    "adultes": _l("Adultes"),
    "familles": _l("Familles"),
    "seniors": _l("Seniors"),
    EVERYBODY: _l("Tout le monde"),
}

PART_WORDS: dict[str, Any] = {
    "co-organises": _l("Organise avec nous"),
    "present": _l("Présent"),
}

OTHER = "autre"
REASONS: dict[str, Any] = {
    "droits": _l("Accès aux droits"),
    "logement": _l("Logement"),
    "emploi": _l("Emploi et formation"),
    "sante": _l("Santé"),
    "budget": _l("Budget et dettes"),
    "famille": _l("Parents et enfants"),
    "scolarite": _l("École"),
    "langue": _l("Apprendre le français"),
    "numerique": _l("Démarches en ligne"),
    "alimentation": _l("Aide alimentaire"),
    "violences": _l("Violences, protection"),
    "loisirs": _l("Sport, culture, vacances"),
    OTHER: _l("Autre"),
}
"""Why someone was sent to a partner; nothing more is kept of them."""
