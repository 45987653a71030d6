"""The indicators of axes 1 and 2, whose facts the house does not collect yet."""

from app.core.i18n import _l
from app.indicators.counting import Definition

SESSIONS = (_l("séance"), _l("séances"))
ACTIONS = (_l("action"), _l("actions"))
PEOPLE = (_l("personne"), _l("personnes"))
MEETINGS = (_l("rencontre"), _l("rencontres"))
HOURS = (_l("heure"), _l("heures"))
PROJECTS = (_l("projet"), _l("projets"))

TO_COME: tuple[Definition, ...] = (
    Definition("1.1.1", *SESSIONS, _l("Les séances tenues hors du centre, quartier par quartier.")),
    Definition("1.1.2", *ACTIONS, _l("Les actions de la Ville où le centre a tenu un rôle.")),
    Definition(
        "1.1.3",
        _l("participation"),
        _l("participations"),
        _l("Les présences aux séances hors les murs ; une estimation est signalée comme telle."),
    ),
    Definition(
        "1.2.1",
        *ACTIONS,
        _l("Les actions différentes tenues au centre. Une activité de chaque semaine compte une."),
    ),
    Definition(
        "1.2.2",
        _l("journée"),
        _l("journées"),
        _l("Les journées de réseau où l’équipe était présente. Trois agents, un jour : une."),
    ),
    Definition(
        "1.2.3", _l("adhésion"), _l("adhésions"), _l("Les adhésions valables dans la période.")
    ),
    Definition(
        "1.3.1",
        *MEETINGS,
        _l("Les rencontres avec le service communication. Un message n’en est pas une."),
    ),
    Definition(
        "1.3.2",
        _l("temps d’échange"),
        _l("temps d’échange"),
        _l("Les temps d’échange avec les partenaires que le centre a organisés."),
    ),
    Definition(
        "1.3.3",
        *PEOPLE,
        _l("Les personnes formées au concept de centre social. Deux formations : une personne."),
        is_people=True,
    ),
    Definition("2.1.1", *HOURS, _l("Les heures passées en réunion avec des partenaires.")),
    Definition("2.1.2", *MEETINGS, _l("Les rencontres avec au moins un partenaire extérieur.")),
    Definition(
        "2.1.3",
        *ACTIONS,
        _l("Les actions dont la première séance est dans la période, avec un partenaire."),
    ),
    Definition("2.2.1", *SESSIONS, _l("Les séances de coordination d’un projet partagé.")),
    Definition(
        "2.2.2", *PROJECTS, _l("Les projets réalisés où au moins un habitant tenait un rôle.")
    ),
    Definition(
        "2.2.3",
        _l("habitant"),
        _l("habitants"),
        _l("Les habitants qui tiennent un rôle dans un projet collectif, ou y ont travaillé."),
        is_people=True,
    ),
    Definition(
        "2.3.1",
        _l("rendez-vous"),
        _l("rendez-vous"),
        _l("Les rendez-vous d’appui aux projets d’habitants."),
    ),
    Definition("2.3.2", *SESSIONS, _l("Les séances de formation proposées à l’équipe.")),
    Definition(
        "2.3.3",
        *PROJECTS,
        _l("Les projets qui ont reçu une aide : une salle, de l’argent, du temps, du matériel."),
    ),
)
