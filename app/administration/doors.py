"""What the administration's first page leads to: a new room is a new line."""

from dataclasses import dataclass, field
from typing import Any

from app.accounts.models import Resident
from app.core.i18n import _l
from app.core.rights import Right


@dataclass(frozen=True)
class Door:
    """A room, and the right that opens it; where a right holds somewhere, it opens."""

    endpoint: str
    right: Right
    icon: str
    title: Any
    text: Any
    values: dict[str, str] = field(default_factory=dict)


DOORS = (
    Door(
        "administration.roles",
        Right.GIVE_ROLES,
        "people",
        _l("Qui a quel rôle"),
        _l("Donner un rôle, le retirer, voir ceux d’avant."),
    ),
    Door(
        "administration.rights",
        Right.GIVE_ROLES,
        "lock",
        _l("Qui peut quoi"),
        _l("Ce que chaque rôle permet, en un tableau."),
    ),
    Door(
        "administration.senacs",
        Right.SET_TARGETS,
        "document",
        _l("Chiffres pour la CAF"),
        _l("Ce que l’enquête SENACS demande chaque année, déjà compté en partie."),
    ),
    Door(
        "pastlife.index",
        Right.IMPORT_PAST,
        "clock",
        _l("Reprendre les années passées"),
        _l("Séances, présences, adhérents et associations d’avant, depuis un tableur."),
    ),
    Door(
        "administration.journal",
        Right.READ_AUDIT,
        "document",
        _l("Journal de l’équipe"),
        _l("Ce que l’équipe a fait, quand et pourquoi."),
    ),
    Door(
        "moderation.queue",
        Right.MODERATE,
        "flag",
        _l("Modération"),
        _l("Ce qui attend d’être lu, et ce qui a été signalé."),
    ),
    Door(
        "administration.agreements",
        Right.READ_AGREEMENTS,
        "heart",
        _l("Qui est d’accord"),
        _l("Être en photo, être présenté, recevoir la lettre."),
    ),
    Door(
        "desk.duplicates",
        Right.MERGE_PEOPLE,
        "people",
        _l("Fiches en double"),
        _l("Les personnes qui sont peut-être inscrites deux fois."),
    ),
    Door(
        "desk.kiosks",
        Right.OPEN_KIOSK,
        "card",
        _l("Bornes"),
        _l("Les tablettes partagées, à ouvrir et à fermer."),
    ),
    Door(
        "privacy.register",
        Right.CHANGE_SETTINGS,
        "document",
        _l("Registre des traitements"),
        _l("Ce que le centre garde des personnes, pourquoi et combien de temps."),
    ),
    Door(
        "privacy.care",
        Right.ERASE_PEOPLE,
        "clock",
        _l("L’entretien des données"),
        _l("Qui a demandé à être effacé, et ce que chaque nuit efface."),
    ),
    Door(
        "centre.settings",
        Right.CHANGE_SETTINGS,
        "filter",
        _l("Réglages"),
        _l("Le nom du centre, le quorum, les délais, ce qui compte."),
    ),
    Door(
        "centre.listed",
        Right.CHANGE_SETTINGS,
        "pin",
        _l("Quartiers"),
        _l("Ceux de la commune, dans l’ordre où on les propose."),
        {"listing": "quartiers"},
    ),
    Door(
        "centre.listed",
        Right.CHANGE_SETTINGS,
        "tag",
        _l("Catégories"),
        _l("De quoi parlent les propositions."),
        {"listing": "categories"},
    ),
)


def doors_of(person: Resident) -> list[Door]:
    """The rooms this person may enter, in the order of the page."""
    return [door for door in DOORS if person.may_somewhere(door.right)]


def can_administer(person: Resident) -> bool:
    """Whoever may enter one of the rooms."""
    return bool(doors_of(person))
