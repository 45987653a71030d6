"""Who may change the centre's rules."""

from typing import Protocol


class Person(Protocol):
    @property
    def is_director(self) -> bool: ...


def can_change_settings(person: Person) -> bool:
    """The director and the administrator."""
    return person.is_director
