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
        {"kind": "quartiers"},
    ),
    Door(
        "centre.listed",
        Right.CHANGE_SETTINGS,
        "tag",
        _l("Catégories"),
        _l("De quoi parlent les propositions."),
        {"kind": "categories"},
    ),
)


def doors_of(person: Resident) -> list[Door]:
    """The rooms this person may enter, in the order of the page."""
    return [door for door in DOORS if person.may_somewhere(door.right)]


def can_administer(person: Resident) -> bool:
    """Whoever may enter one of the rooms."""
    return bool(doors_of(person))
