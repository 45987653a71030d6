"""The national register's families of social object, as people read them.

Source: nomenclature « objet social » of the Répertoire national des associations (rna_waldec).
"""

from typing import Any

from app.core.i18n import _l

FAMILIES: dict[str, Any] = {
    "001": _l("Vie politique"),
    "002": _l("Clubs de réflexion"),
    "003": _l("Droits et vie civique"),
    "004": _l("Justice"),
    "005": _l("Information et communication"),
    "006": _l("Culture et arts"),
    "007": _l("Loisirs"),
    "009": _l("Vie sociale et culturelle"),
    "010": _l("Patrimoine"),
    "011": _l("Sports"),
    "013": _l("Chasse et pêche"),
    "014": _l("Amicales et entraide"),
    "015": _l("Éducation et formation"),
    "016": _l("Recherche"),
    "017": _l("Santé"),
    "018": _l("Accueil médico-social"),
    "019": _l("Interventions sociales"),
    "020": _l("Solidarité et aide humanitaire"),
    "021": _l("Familles et aînés"),
    "022": _l("Activités économiques"),
    "023": _l("Intérêts économiques"),
    "024": _l("Environnement"),
    "030": _l("Emploi et vie locale"),
    "032": _l("Logement"),
    "034": _l("Tourisme"),
    "036": _l("Sécurité"),
    "038": _l("Armée et anciens combattants"),
    "040": _l("Cultes et spiritualité"),
    "050": _l("Autres domaines"),
}

SENSITIVE = frozenset({"001", "038", "040"})
"""Families that reveal an opinion or a faith: nobody is ever tied to them in public or in the
ledger (RGPD, article 9)."""
