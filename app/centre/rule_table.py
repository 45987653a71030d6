"""The rules a centre may set, as a table: section, words, default and bounds of each."""

from app.centre.figure_rules import FIGURES
from app.centre.identity_rules import IDENTITY
from app.centre.rule_shape import (
    CONTRIBUTIONS,
    DAYS,
    EUROS,
    MONTHS_LONG,
    PEOPLE,
    PROCURATIONS,
    ROUNDS,
    YEARS,
    Rule,
)
from app.core.i18n import _l

INSTANCES = (
    Rule(
        "notice_days",
        "instances",
        _l("Délai de convocation"),
        _l("Une réunion convoquée plus tard le signale sur sa page."),
        10,
        0,
        60,
        DAYS,
    ),
    Rule(
        "quorum_percent",
        "instances",
        _l("Quorum du conseil"),
        _l("Part des membres votants qui doivent être présents, arrondie au-dessus."),
        33,
        0,
        100,
        _l("% des membres votants"),
    ),
    Rule(
        "quorum_residents",
        "instances",
        _l("Le quorum demande aussi un habitant présent"),
        _l("Il faut alors qu’un membre votant du collège des habitants soit là."),
        True,
    ),
    Rule(
        "quorum_represented",
        "instances",
        _l("Un membre représenté compte pour le quorum d’une réunion"),
        _l("Qui a donné procuration à quelqu’un de présent compte alors comme présent."),
        False,
    ),
    Rule(
        "procurations_most",
        "instances",
        _l("Procurations par personne, dans une réunion"),
        _l("Combien de membres absents une même personne peut représenter. 0 : aucune."),
        1,
        0,
        3,
        PROCURATIONS,
    ),
    Rule(
        "reconvened_any_number",
        "instances",
        _l("Sans quorum, la réunion suivante décide quel que soit le nombre"),
        _l("Elle a le même ordre du jour, et sa convocation le dit."),
        True,
    ),
    Rule(
        "consent_rounds",
        "instances",
        _l("Tours d’une décision par consentement"),
        _l("Passé ce nombre de versions du texte, on peut voter à main levée."),
        3,
        1,
        10,
        ROUNDS,
    ),
    Rule(
        "poll_quorum_represented",
        "instances",
        _l("Une personne représentée compte pour le quorum d’un vote"),
        _l("Qui vote par procuration compte alors comme présent. Fixé à l’ouverture du vote."),
        True,
    ),
    Rule(
        "poll_reminder_hours",
        "instances",
        _l("Rappel avant la fermeture d’un vote"),
        _l("Envoyé une fois à qui n’a pas voté, si le vote dure plus longtemps. 0 : jamais."),
        24,
        0,
        168,
        _l("heures"),
    ),
    Rule(
        "minutes_days",
        "instances",
        _l("Délai du compte rendu"),
        _l("La page d’une réunion tenue dit pour quel jour il est attendu."),
        15,
        1,
        90,
        DAYS,
    ),
    Rule(
        "mandate_years",
        "instances",
        _l("Durée d’un mandat"),
        _l("Proposée quand une personne entre au conseil."),
        3,
        1,
        10,
        YEARS,
    ),
    Rule(
        "collectif_members",
        "instances",
        _l("Habitants pour former un collectif"),
        _l("Combien doivent accepter avant que le collectif existe."),
        3,
        2,
        50,
        PEOPLE,
    ),
)
PROPOSALS = (
    Rule(
        "supports_needed",
        "propositions",
        _l("Soutiens nécessaires"),
        _l(
            "Combien de soutiens une proposition cherche avant le vote. Le référent ou la "
            "direction peut la mettre au vote plus tôt."
        ),
        20,
        1,
        5000,
        PEOPLE,
    ),
)
HELP = (
    Rule(
        "help_days",
        "entraide",
        _l("Durée d’une annonce d’entraide"),
        _l("Si l’auteur ne choisit pas de date. Il est prévenu trois jours avant la fin."),
        30,
        7,
        90,
        DAYS,
    ),
    Rule(
        "help_kept_days",
        "entraide",
        _l("Garde d’une annonce finie"),
        _l("Passé ce temps, l’annonce et ses messages privés sont effacés."),
        60,
        15,
        365,
        DAYS,
    ),
)
ADHESIONS = (
    Rule(
        "adhesion_individual",
        "adhesions",
        _l("Adhésion d’une personne"),
        _l("Le montant proposé pour une saison. L’accueil peut le changer à chaque adhésion."),
        7,
        0,
        500,
        EUROS,
    ),
    Rule(
        "adhesion_family",
        "adhesions",
        _l("Adhésion d’une famille"),
        _l("Le montant proposé pour tout un foyer, et pour une saison."),
        15,
        0,
        500,
        EUROS,
    ),
)
PEOPLE_RULES = (
    Rule(
        "first_posts",
        "donnees",
        _l("Premières contributions relues"),
        _l("Celles d’un nouveau compte attendent d’être relues avant de paraître. 0 : aucune."),
        1,
        0,
        20,
        CONTRIBUTIONS,
    ),
    Rule(
        "inactivity_months",
        "donnees",
        _l("Compte inactif"),
        _l("Passé ce temps sans venir, la personne est prévenue, puis son compte est effacé."),
        24,
        12,
        60,
        MONTHS_LONG,
    ),
    Rule(
        "attendance_months",
        "donnees",
        _l("Garde des feuilles de présence"),
        _l("Passé ce temps, les noms sont effacés ; les nombres restent."),
        24,
        6,
        120,
        MONTHS_LONG,
    ),
)

RULES = {
    rule.key: rule
    for rule in (*IDENTITY, *INSTANCES, *PROPOSALS, *HELP, *FIGURES, *ADHESIONS, *PEOPLE_RULES)
}
