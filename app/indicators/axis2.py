"""Axis 2: partners, shared projects, support. What each indicator counts."""

from app.core.i18n import _l
from app.indicators.axis1 import ACTION, HOURS_BESIDE, NAMED, PROGRAMME, SESSIONS, TEAM
from app.indicators.counting import PRESENT, Definition, Feed
from app.indicators.measures import HOURS, PARTNERS, PEOPLE, SUBJECTS, TIMES
from app.ledger.acts import Act, Standing

MEETING = {"kind": "reunion_partenariale"}
COORDINATION = {"nature": "coordination"}
SUPPORT = {"kind": "appui_projet"}
TRAINING = {"kind": ("formation_equipe", "formation_concept")}
WORKING = {"kind": "seance_projet"}
HABITANT = {"standing": Standing.HABITANT.value, **NAMED}
OUTSIDE = {"standing": Standing.OUTSIDE.value, **NAMED}
BY_THE_CLOCK, BY_AGENT = 1, 2
"""The two values of the rule « partner_hours »."""
CLOCK_HOURS = Feed(Act.SESSION_HELD, MEETING, "partner_hours", BY_THE_CLOCK)
AGENT_HOURS = Feed(Act.SESSION_ATTENDED, {**MEETING, **TEAM}, "partner_hours", BY_AGENT)
PROJECT = (_l("projet"), _l("projets"))
FROM_ELSEWHERE = (
    _l("personne d’une autre commune, comptée à part"),
    _l("personnes d’autres communes, comptées à part"),
)


def in_projects(who: dict[str, object]) -> tuple[Feed, ...]:
    """What makes someone « impliqué » in a project, where the centre counts it."""
    return (
        Feed(Act.PROJECT_ROLE_TAKEN, who, "counts_project_role"),
        Feed(Act.SESSION_ATTENDED, {**WORKING, **who}, "counts_project_session"),
    )


AXIS_2: tuple[Definition, ...] = (
    Definition(
        "2.1.1",
        *HOURS_BESIDE,
        _l(
            "On additionne la durée des réunions de partenaires. Selon le choix du centre : une "
            "heure d’horloge compte une fois, ou autant de fois qu’il y a d’agents présents."
        ),
        (CLOCK_HOURS, AGENT_HOURS),
        HOURS,
        _l("La préparation, le trajet, et les réunions prévues qui n’ont pas eu lieu."),
        PROGRAMME,
    ),
    Definition(
        "2.1.1.reunions",
        _l("réunion"),
        _l("réunions"),
        feeds=(Feed(Act.SESSION_HELD, MEETING),),
        measure=TIMES,
    ),
    Definition(
        "2.1.2",
        _l("rencontre"),
        _l("rencontres"),
        _l("On compte chaque rencontre où au moins un partenaire extérieur était présent."),
        (Feed(Act.PARTNER_MET),),
        SUBJECTS,
        _l("Une rencontre entre agents du centre. Trois partenaires le même jour : une rencontre."),
        _l("Le programme : les partenaires présents, notés en clôturant la séance."),
    ),
    Definition(
        "2.1.2.partenaires",
        _l("partenaire rencontré"),
        _l("partenaires rencontrés"),
        feeds=(Feed(Act.PARTNER_MET, {"partner_id": PRESENT}),),
        measure=PARTNERS,
    ),
    Definition(
        "2.1.3",
        *ACTION,
        _l(
            "On compte chaque action ou service nouveau, construit avec un partenaire, à la date "
            "de sa première séance."
        ),
        (Feed(Act.ACTION_STARTED),),
        SUBJECTS,
        _l("Une action reconduite d’une année sur l’autre, ou sans partenaire."),
        _l("Le programme : la première séance tenue de l’action."),
    ),
    Definition(
        "2.2.1",
        _l("temps de coordination"),
        _l("temps de coordination"),
        _l("On compte chaque temps de coordination d’un projet partagé avec des partenaires."),
        (Feed(Act.SESSION_HELD, COORDINATION),),
        TIMES,
        _l("Les temps d’échange, comptés ailleurs, et les messages."),
        PROGRAMME,
    ),
    Definition(
        "2.2.1.heures", *HOURS_BESIDE, feeds=(Feed(Act.SESSION_HELD, COORDINATION),), measure=HOURS
    ),
    Definition(
        "2.2.2",
        *PROJECT,
        _l("On compte chaque projet terminé où au moins un habitant a tenu un rôle."),
        (Feed(Act.PROJECT_REALISED, {"role": "habitants"}),),
        SUBJECTS,
        _l("Un projet proposé, voté ou commencé, mais pas encore réalisé."),
        _l("Les propositions : le référent ou la direction dit qu’un projet est réalisé."),
    ),
    Definition(
        "2.2.3",
        _l("habitant"),
        _l("habitants"),
        _l(
            "On compte chaque habitant qui tient un rôle dans un projet collectif, ou qui est venu "
            "à une séance de travail, selon le choix du centre."
        ),
        in_projects(HABITANT),
        PEOPLE,
        _l("Voter, commenter ou soutenir ne suffit pas. L’équipe et les partenaires non plus."),
        _l("Les projets : les rôles pris. Le programme : les séances de travail."),
        is_people=True,
    ),
    Definition(
        "2.2.3.exterieurs",
        *FROM_ELSEWHERE,
        feeds=in_projects(OUTSIDE),
        measure=PEOPLE,
        is_people=True,
    ),
    Definition(
        "2.3.1",
        _l("rendez-vous"),
        _l("rendez-vous"),
        _l("On compte chaque temps passé avec des habitants pour les aider dans leur projet."),
        (Feed(Act.SESSION_HELD, SUPPORT),),
        TIMES,
        _l("Une question posée en passant à l’accueil, et un rendez-vous annulé."),
        PROGRAMME,
    ),
    Definition(
        "2.3.1.heures", *HOURS_BESIDE, feeds=(Feed(Act.SESSION_HELD, SUPPORT),), measure=HOURS
    ),
    Definition(
        "2.3.2",
        *SESSIONS,
        _l("On compte chaque temps de formation proposé à l’équipe, au jour où il est prévu."),
        (Feed(Act.TRAINING_OFFERED),),
        TIMES,
        _l("Une formation annulée."),
        _l("Le programme : les formations de l’équipe qui y sont inscrites."),
    ),
    Definition(
        "2.3.2.tenues",
        _l("a eu lieu"),
        _l("ont eu lieu"),
        feeds=(Feed(Act.SESSION_HELD, TRAINING),),
        measure=TIMES,
    ),
    Definition(
        "2.3.3",
        *PROJECT,
        _l(
            "On compte chaque projet qui a reçu une aide du centre : une salle, de l’argent, du "
            "temps, du matériel. Deux aides au même projet : un projet."
        ),
        (Feed(Act.PROJECT_BACKED),),
        SUBJECTS,
        _l("Une aide refusée, ou un simple conseil."),
        _l("Les projets : les aides notées sur la page de la proposition."),
    ),
    Definition(
        "2.3.3.aides",
        _l("aide apportée"),
        _l("aides apportées"),
        feeds=(Feed(Act.PROJECT_BACKED),),
        measure=TIMES,
    ),
)
