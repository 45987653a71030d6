"""What a centre says of itself: its name, and how to reach it."""

from app.centre.rule_shape import Rule
from app.core.i18n import _l

IDENTITY = (
    Rule(
        "centre_name",
        "identite",
        _l("Nom du centre"),
        _l("Il paraît sur chaque page et sur les documents."),
        "",
        longest=80,
        needed=True,
    ),
    Rule(
        "centre_address",
        "identite",
        _l("Adresse"),
        _l("Sur la page des mentions légales et au pied des documents."),
        "",
    ),
    Rule(
        "centre_phone",
        "identite",
        _l("Téléphone de l’accueil"),
        _l("Pour qui a besoin d’aide."),
        "",
        is_phone=True,
    ),
    Rule(
        "centre_email",
        "identite",
        _l("Adresse e-mail du centre"),
        _l("Celle à laquelle les habitants peuvent écrire. Elle est publique."),
        "",
        is_email=True,
    ),
    Rule(
        "centre_hours",
        "identite",
        _l("Horaires d’ouverture"),
        _l("Comme on les dit : du mardi au samedi, de 9 h à 18 h."),
        "",
    ),
    Rule(
        "legal_representative",
        "identite",
        _l("Responsable du site"),
        _l("Nom et fonction de qui répond de ce site, pour les mentions légales."),
        "",
    ),
    Rule(
        "dpo_contact",
        "identite",
        _l("Contact pour les données personnelles"),
        _l("Adresse ou téléphone de la personne déléguée à la protection des données."),
        "",
    ),
)
