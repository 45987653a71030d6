"""What people write can wait to be read, or be hidden."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

SHOWN, WAITING, HIDDEN = "shown", "waiting", "hidden"


class Moderated:
    """A content that shows, waits for someone to read it, or was hidden by a moderator."""

    visibility: Mapped[str] = mapped_column(String(8), default=SHOWN, server_default=SHOWN)

    @property
    def is_shown(self) -> bool:
        return self.visibility == SHOWN
