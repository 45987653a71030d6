"""Who sees what is behind the figures, and who sets targets."""

from typing import Protocol


class Person(Protocol):
    """What these rules need to know of someone."""

    @property
    def is_team(self) -> bool: ...
    @property
    def is_director(self) -> bool: ...


def can_see_entries(person: Person) -> bool:
    """The team, who keep the register."""
    return person.is_team


def can_set_target(person: Person) -> bool:
    """The director and the administrator."""
    return person.is_director
