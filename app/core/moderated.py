"""What people write can wait to be read, or be hidden."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

SHOWN, WAITING, HIDDEN = "shown", "waiting", "hidden"


class Moderated:
    """A content that shows, waits for someone to read it, or was hidden by a moderator.

    `hidden_rule` is the rule of the charter it was hidden by (`core.charter`);
    `moderation_note` says to all what a moderator changed in its words.
    """

    visibility: Mapped[str] = mapped_column(String(8), default=SHOWN, server_default=SHOWN)
    hidden_rule: Mapped[str | None] = mapped_column(String(20))
    moderation_note: Mapped[str | None]

    @property
    def is_shown(self) -> bool:
        return self.visibility == SHOWN
