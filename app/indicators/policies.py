"""Who sees what is behind the figures, and who sets targets."""

from typing import Protocol

from app.core.rights import Right


class Person(Protocol):
    """What these rules need to know of someone."""

    @property
    def id(self) -> int: ...

    def may(self, right: Right, /) -> bool: ...


def can_see_entries(person: Person) -> bool:
    """The team, who keep the register."""
    return person.may(Right.SEE_ENTRIES)


def can_link(person: Person) -> bool:
    """The team say what serves the projet social."""
    return can_see_entries(person)


def can_set_target(person: Person) -> bool:
    """The director and the administrator."""
    return person.may(Right.SET_TARGETS)
