"""What the direction types in for the yearly survey."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import Model


class SurveyAnswer(Model):
    """The number typed in for a question of a year (see `senacs.toml`), by whom and when."""

    __tablename__ = "survey_answers"
    __table_args__ = (CheckConstraint("year BETWEEN 2000 AND 2100", name="a_year"),)

    year: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)
