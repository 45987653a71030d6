"""Who stands for whom at a meeting, and which meeting makes up for which."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import Model


class Procuration(Model):
    """A member who cannot come lets another speak for them: one a principal and a meeting.

    `voided_at`: the principal came after all. The row stays, so that a tap undone gives it back.
    """

    __tablename__ = "procurations"
    __table_args__ = (
        CheckConstraint("holder_id <> principal_id", name="two_people"),
        Index("ix_procurations_holder", "meeting_id", "holder_id"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    principal_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    holder_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    is_on_paper: Mapped[bool] = mapped_column(default=False)
    given_at: Mapped[datetime] = mapped_column(default=now)
    voided_at: Mapped[datetime | None]

    principal: Mapped[Resident] = relationship(foreign_keys=principal_id)
    holder: Mapped[Resident] = relationship(foreign_keys=holder_id)


class Reconvening(Model):
    """A meeting called again because the first one lacked its quorum: once a first meeting.

    `any_number`: it decides however few come, as the centre's rule said when it was called.
    """

    __tablename__ = "reconvenings"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), unique=True)
    any_number: Mapped[bool]
