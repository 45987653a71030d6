"""What the annual report says whatever the year."""

from app.core.clock import today
from app.core.i18n import _
from app.core.typography import date_fr
from app.indicators.nightly import last_check
from app.indicators.queries import threshold


def method() -> list[str]:
    """How the figures are made, a sentence or two each."""
    check = last_check()
    said = [
        _(
            "Chaque chiffre vient du registre du centre : une ligne y est écrite à chaque acte, "
            "et n’est jamais effacée. Une correction s’ajoute, avec sa raison."
        ),
        _(
            "Un nombre de personnes plus petit que %(n)d n’est pas montré, pour que personne ne "
            "soit reconnu. Les chiffres qui permettraient de le retrouver non plus.",
            n=threshold(),
        ),
        _(
            "Les personnes sont comptées une seule fois sur la période. Les participations sont "
            "additionnées : qui vient deux fois compte deux fois."
        ),
        _(
            "Les indicateurs ne s’additionnent pas entre eux : "
            "un même acte peut en nourrir plusieurs."
        ),
        _(
            "« Avant » : la même période un an plus tôt, ou jusqu’à la même date si elle "
            "n’est pas finie."
        ),
    ]
    if check is not None and not check.differences:
        said.append(
            _("Tous les totaux ont été recomptés le %(day)s : aucun écart.", day=date_fr(check.day))
        )
    said.append(_("Rapport établi le %(day)s.", day=date_fr(today())))
    return said


def words() -> dict[str, str]:
    """The headings."""
    return {
        "project": _("Projet social"),
        "contents": _("Dans ce rapport"),
        "brief": _("L’année en bref"),
        "glance": _("Les 27 indicateurs d’un coup d’œil"),
        "axis": _("Axe"),
        "aims": _("Ce que nous voulons"),
        "target": _("Cible"),
        "reached": _("atteinte"),
        "before": _("Avant"),
        "beside": _("À côté"),
        "counts": _("Comment on compte."),
        "excludes": _("Ce qui ne compte pas."),
        "sure": _("Fiabilité"),
        "indicator": _("Indicateur"),
        "shares": _("Qui sont les personnes comptées"),
        "shares_lead": _(
            "L’âge, le sexe et la façon de venir sont ceux du jour de l’acte. Qui vient en ligne "
            "puis à l’accueil compte dans les deux lignes. «\u00a0Caché\u00a0»\u00a0: un nombre "
            "trop petit, ou qui permettrait de retrouver quelqu’un."
        ),
        "people": _("Personnes"),
        "published": _("Les chiffres publiés"),
        "published_lead": _(
            "Un chiffre donné à la CAF et à la Ville ne change plus. Une correction faite depuis "
            "se lit à côté."
        ),
        "given": _("Publié"),
        "now": _("Aujourd’hui"),
        "conseil": _("Le conseil de maison"),
        "conseil_lead": _("Ses réunions, ce qu’il a décidé, et ce que c’est devenu."),
        "meetings": _("Ses réunions"),
        "decisions": _("Ses décisions, et leurs suites"),
        "no_meeting": _("Aucune réunion tenue n’est notée sur cette période."),
        "no_decision": _("Aucune décision n’est notée sur cette période."),
        "day": _("Jour"),
        "meeting": _("Réunion"),
        "present": _("Présents"),
        "quorum": _("Quorum"),
        "minutes": _("Compte rendu"),
        "number": _("N°"),
        "decision": _("Décision"),
        "outcome": _("Suite"),
        "method": _("Comment lire ce rapport"),
        "none": _("Rien n’est noté sur cette période."),
    }
