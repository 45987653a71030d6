"""Who may change the centre's rules."""

from typing import Protocol

from app.core.rights import Right


class Person(Protocol):
    """What these rules need to know of someone."""

    @property
    def id(self) -> int: ...

    def may(self, right: Right, /) -> bool: ...


def can_change_settings(person: Person) -> bool:
    """The director and the administrator."""
    return person.may(Right.CHANGE_SETTINGS)
