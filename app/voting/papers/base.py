"""What a ballot paper does, whatever the method: read a form, write one, say a ballot in words."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from app.voting.methods.base import Holds
from app.voting.wording import Option

Fields = Mapping[str, str]
Choice = Mapping[str, Any]
Rows = list[tuple[str, str]]


class Paper(ABC):
    """The paper of every method whose ballots hold the same thing.

    `key` is where a ballot's JSON keeps it, `takes_blank` whether « Voter blanc » is a button.
    """

    holds: ClassVar[Holds]
    key: ClassVar[str]
    takes_blank: ClassVar[bool] = True

    @abstractmethod
    def read(self, fields: Fields) -> dict[str, Any]:
        """What someone answered, as the counting method takes it."""

    @abstractmethod
    def write(self, given: Choice) -> dict[str, str]:
        """The fields that give this ballot back, to fill the form again."""

    @abstractmethod
    def words(self, given: Choice, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        """A ballot that is not blank, as rows of (question, answer)."""

    def asks(self, rules: Mapping[str, Any]) -> str:
        """What the voter is to do, in a sentence; nothing where the answers say it."""
        return ""

    def moved(self, fields: Fields) -> dict[str, str] | None:
        """The fields once the pressed button has moved an option; None for any other button."""
        return None


def by_option(fields: Fields, prefix: str) -> dict[str, str]:
    """What was answered for each option, by the text of its number."""
    return {
        name.removeprefix(prefix): value
        for name, value in fields.items()
        if name.startswith(prefix)
    }
