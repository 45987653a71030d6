"""How many seats each collège of the conseil has."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class SeatCount(Model):
    """How many seats a collège of the conseil has; without a row, nobody has said."""

    __tablename__ = "seat_counts"
    __table_args__ = (
        CheckConstraint("titulaires BETWEEN 0 AND 60", name="titulaires"),
        CheckConstraint("suppleants BETWEEN 0 AND 60", name="suppleants"),
    )

    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), primary_key=True)
    college: Mapped[str] = mapped_column(String(20), primary_key=True)
    titulaires: Mapped[int]
    suppleants: Mapped[int]
