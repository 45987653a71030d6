"""The secret address by which someone's own calendar is read."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model


class CalendarKey(Model):
    """One a person: making another closes the address before.

    `digest` finds whose it is; `sealed` shows it again to them, under the site's own key: a copy
    of the database opens nobody's calendar.
    """

    __tablename__ = "calendar_keys"

    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(default=now)

    resident: Mapped[Resident] = relationship()
