"""Axis 1: the centre as a resource for the town. What each indicator counts."""

from app.core.i18n import _l
from app.indicators.counting import PRESENT, Definition, Feed
from app.indicators.measures import ACTIONS, DAYS, HEADS, HOURS, PEOPLE, QUARTIERS, TIMES
from app.ledger.acts import Act, Standing

OFFSITE = {"offsite": True}
TEAM = {"standing": Standing.TEAM.value}
NAMED = {"participation_key": PRESENT}
NOT_TEAM = (Standing.HABITANT.value, Standing.OUTSIDE.value, Standing.PARTNER.value)
ON_SITE = {
    "offsite": False,
    "kind": ("activite", "service", "animation_quartier", "fete_quartier"),
}
OF_THE_TOWN = {"lead": "ville"}
NETWORK_DAY = {"kind": "journee_reseau", **TEAM}
CONCEPT = {"kind": "formation_concept", **NAMED}
EXCHANGE = {"kind": "reunion_partenariale", "nature": "echange", "lead": "centre"}
PROGRAMME = _l("Le programme : l’équipe clôt chaque séance après l’avoir tenue.")
SESSIONS = (_l("séance"), _l("séances"))
ACTION = (_l("action"), _l("actions"))
HOURS_BESIDE = (_l("heure"), _l("heures"))
PERSON = (_l("personne"), _l("personnes"))

AXIS_1: tuple[Definition, ...] = (
    Definition(
        "1.1.1",
        *SESSIONS,
        _l("On compte chaque séance tenue hors du centre, dans les quartiers."),
        (Feed(Act.SESSION_HELD, OFFSITE),),
        TIMES,
        _l("Une séance prévue ou annulée. Une fête avec six stands compte pour une seule."),
        PROGRAMME,
    ),
    Definition(
        "1.1.1.quartiers",
        _l("quartier touché"),
        _l("quartiers touchés"),
        feeds=(Feed(Act.SESSION_HELD, {**OFFSITE, "quartier_id": PRESENT}),),
        measure=QUARTIERS,
    ),
    Definition(
        "1.1.2",
        *ACTION,
        _l("On compte chaque action portée par la Ville où le centre a tenu une séance."),
        (Feed(Act.SESSION_HELD, {**OF_THE_TOWN, "action_id": PRESENT}),),
        ACTIONS,
        _l("Une action de la Ville où le centre était seulement invité, ou qui n’a pas eu lieu."),
        PROGRAMME,
    ),
    Definition(
        "1.1.2.seances", *SESSIONS, feeds=(Feed(Act.SESSION_HELD, OF_THE_TOWN),), measure=TIMES
    ),
    Definition(
        "1.1.3",
        _l("participation"),
        _l("participations"),
        _l(
            "On additionne les personnes venues à chaque séance hors les murs : qui vient à deux "
            "fêtes compte deux fois."
        ),
        (Feed(Act.SESSION_HELD, OFFSITE),),
        HEADS,
        _l("Les personnes passées sans s’arrêter. Ce total n’est jamais un nombre d’habitants."),
        _l("Le programme : les présences notées, ou le comptage fait sur place."),
        is_estimate=True,
    ),
    Definition(
        "1.1.3.estimees",
        _l("vient d’un comptage sur place"),
        _l("viennent d’un comptage sur place"),
        feeds=(Feed(Act.SESSION_HELD, {**OFFSITE, "estimated": True}),),
        measure=HEADS,
        is_estimate=True,
    ),
    Definition(
        "1.2.1",
        *ACTION,
        _l(
            "On compte chaque action ou service qui a eu lieu au moins une fois au centre. "
            "Une activité de chaque semaine compte pour une."
        ),
        (Feed(Act.SESSION_HELD, {**ON_SITE, "action_id": PRESENT}),),
        ACTIONS,
        _l("Les réunions, les formations, et ce qui se tient hors du centre."),
        PROGRAMME,
    ),
    Definition("1.2.1.seances", *SESSIONS, feeds=(Feed(Act.SESSION_HELD, ON_SITE),), measure=TIMES),
    Definition(
        "1.2.2",
        _l("journée"),
        _l("journées"),
        _l(
            "On compte chaque journée d’information du réseau où l’équipe était présente. "
            "Trois agents le même jour : une journée."
        ),
        (Feed(Act.SESSION_ATTENDED, NETWORK_DAY),),
        DAYS,
        _l("Une journée où personne de l’équipe n’est allé."),
        _l("Le programme : les agents présents à une journée réseau."),
    ),
    Definition(
        "1.2.2.agents",
        _l("journée d’agent"),
        _l("journées d’agents"),
        feeds=(Feed(Act.SESSION_ATTENDED, NETWORK_DAY),),
        measure=TIMES,
    ),
    Definition(
        "1.2.3",
        _l("adhésion"),
        _l("adhésions"),
        _l(
            "On compte les adhésions valables au moins un jour dans la période. Une adhésion "
            "de famille compte pour une."
        ),
        (Feed(Act.ADHESION_TAKEN),),
        TIMES,
        _l("Une adhésion annulée, ou finie avant la période."),
        _l("L’accueil : chaque adhésion enregistrée, jusqu’au dernier jour de sa saison."),
        spans=True,
    ),
    Definition(
        "1.2.3.individus",
        _l("adhésion individuelle"),
        _l("adhésions individuelles"),
        feeds=(Feed(Act.ADHESION_TAKEN, {"kind": "individual"}),),
        measure=TIMES,
        spans=True,
    ),
    Definition(
        "1.2.3.familles",
        _l("adhésion familiale"),
        _l("adhésions familiales"),
        feeds=(Feed(Act.ADHESION_TAKEN, {"kind": "family"}),),
        measure=TIMES,
        spans=True,
    ),
    Definition(
        "1.2.3.personnes",
        _l("personne couverte"),
        _l("personnes couvertes"),
        feeds=(Feed(Act.ADHESION_TAKEN),),
        measure=HEADS,
        spans=True,
    ),
    Definition(
        "1.3.1",
        _l("rencontre"),
        _l("rencontres"),
        _l("On compte chaque rencontre tenue avec le service communication."),
        (Feed(Act.SESSION_HELD, {"kind": "rencontre_communication"}),),
        TIMES,
        _l("Un message ou un appel ne sont pas une rencontre."),
        PROGRAMME,
    ),
    Definition(
        "1.3.2",
        _l("temps d’échange"),
        _l("temps d’échange"),
        _l("On compte les temps d’échange avec les partenaires que le centre a organisés."),
        (Feed(Act.SESSION_HELD, EXCHANGE),),
        TIMES,
        _l("Ceux qu’un partenaire a organisés, et les réunions de coordination d’un projet."),
        PROGRAMME,
    ),
    Definition(
        "1.3.2.heures", *HOURS_BESIDE, feeds=(Feed(Act.SESSION_HELD, EXCHANGE),), measure=HOURS
    ),
    Definition(
        "1.3.3",
        *PERSON,
        _l(
            "On compte chaque personne formée à ce qu’est un centre social. "
            "Deux formations : une personne."
        ),
        (Feed(Act.SESSION_ATTENDED, CONCEPT),),
        PEOPLE,
        _l("Une inscription sans présence, et les autres formations de l’équipe."),
        _l("Le programme : la feuille de présence des formations au concept."),
        is_people=True,
    ),
    Definition(
        "1.3.3.equipe",
        _l("personne de l’équipe"),
        _l("personnes de l’équipe"),
        feeds=(Feed(Act.SESSION_ATTENDED, {**CONCEPT, **TEAM}),),
        measure=PEOPLE,
        is_people=True,
        parts_total=True,
    ),
    Definition(
        "1.3.3.benevoles",
        _l("bénévole, habitant ou partenaire"),
        _l("bénévoles, habitants ou partenaires"),
        feeds=(Feed(Act.SESSION_ATTENDED, {**CONCEPT, "standing": NOT_TEAM}),),
        measure=PEOPLE,
        is_people=True,
        parts_total=True,
    ),
)
