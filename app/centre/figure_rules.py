"""The rules of what counts, and of what the figures show."""

from app.centre.rule_shape import PEOPLE, Rule
from app.core.i18n import _l
from app.core.typography import MONTHS

FIGURES = (
    Rule(
        "public_threshold",
        "chiffres",
        _l("Seuil d’affichage public"),
        _l("Un nombre de personnes plus petit n’est pas montré au public."),
        5,
        1,
        50,
        PEOPLE,
    ),
    Rule(
        "age_bands",
        "chiffres",
        _l("Tranches d’âge"),
        _l(
            "L’âge où commence chaque tranche, après la première qui part de 0. Un changement "
            "vaut pour les actes à venir : ceux d’avant gardent la tranche d’alors."
        ),
        (11, 26, 60),
        1,
        110,
        _l("ans"),
    ),
    Rule(
        "season_month",
        "chiffres",
        _l("Début de la saison"),
        _l("Le premier jour de ce mois ouvre une nouvelle saison."),
        9,
        1,
        12,
        choices=tuple(enumerate(MONTHS, start=1)),
    ),
    Rule(
        "counts_proposal",
        "chiffres",
        _l("Une proposition compte comme participation à un comité"),
        _l("Son auteur est alors « impliqué » dans le comité où elle est publiée."),
        True,
        recounts=True,
    ),
    Rule(
        "counts_comment",
        "chiffres",
        _l("Un commentaire compte comme participation à un comité"),
        _l("Qui écrit dans l’espace d’un comité y est alors « impliqué »."),
        True,
        recounts=True,
    ),
    Rule(
        "counts_vote",
        "chiffres",
        _l("Un vote compte comme participation à un comité"),
        _l("Qui vote à un scrutin du comité y est alors « impliqué »."),
        True,
        recounts=True,
    ),
    Rule(
        "counts_project_role",
        "chiffres",
        _l("Un rôle compte comme participation à un projet"),
        _l("Qui tient un rôle dans un projet collectif y est alors « impliqué »."),
        True,
        recounts=True,
    ),
    Rule(
        "counts_project_session",
        "chiffres",
        _l("Venir à une séance de travail compte comme participation à un projet"),
        _l("Qui vient une fois travailler à un projet collectif y est alors « impliqué »."),
        True,
        recounts=True,
    ),
    Rule(
        "partner_hours",
        "chiffres",
        _l("Heures de réunion avec les partenaires"),
        _l("Trois agents pendant deux heures : deux heures d’horloge, ou six heures d’agents."),
        1,
        1,
        2,
        choices=((1, _l("Heures d’horloge")), (2, _l("Heures d’agents"))),
        recounts=True,
    ),
    Rule(
        "figures_year",
        "chiffres",
        _l("Année des chiffres"),
        _l("La période montrée d’abord. On peut toujours en choisir une autre."),
        1,
        1,
        2,
        choices=((1, _l("De janvier à décembre")), (2, _l("La saison"))),
    ),
)
