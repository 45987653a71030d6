"""The yearly survey, answered as far as it can be."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from app.accounts.models import Resident
from app.administration.senacs_counts import counts
from app.administration.senacs_models import SurveyAnswer
from app.administration.senacs_questions import Question, sections_of
from app.core.clock import civil_day
from app.core.db import db
from app.core.i18n import _
from app.core.typography import date_fr


@dataclass(frozen=True)
class Answer:
    """A question and its answer: counted, or typed in by someone on a day; None before."""

    question: Question
    value: float | Decimal | None
    is_counted: bool
    by: str | None = None
    at: datetime | None = None

    @property
    def source(self) -> str:
        """« Compté », or who typed it and when."""
        if self.is_counted:
            return _("Compté par la plateforme")
        if self.value is None or self.at is None:
            return _("À remplir")
        day = date_fr(civil_day(self.at))
        if self.by is None:
            return _("Écrit le %(day)s", day=day)
        return _("Écrit le %(day)s par %(who)s", day=day, who=self.by)


Answers = list[tuple[str, list[Answer]]]


def answers(year: int) -> Answers:
    """Each section's title and answers; five statements and the settings."""
    counted = counts(year)
    typed = {
        row.code: row
        for row in db.session.execute(
            select(SurveyAnswer.code, SurveyAnswer.value, SurveyAnswer.at, Resident.display_name)
            .outerjoin(Resident, Resident.id == SurveyAnswer.by_id)
            .where(SurveyAnswer.year == year)
        )
    }

    def answer(question: Question) -> Answer:
        value = counted.get(question.count) if question.count else None
        if value is not None:
            return Answer(question, _plain(value), is_counted=True)
        row = typed.get(question.code)
        if row is None:
            return Answer(question, None, is_counted=False)
        return Answer(question, Decimal(row.value), False, row.display_name, row.at)

    return [(it.title, [answer(one) for one in it.questions]) for it in sections_of(year)]


def rows(year: int) -> list[tuple[object, ...]]:
    """The survey as a table, its head first."""
    head = (
        _("Rubrique"),
        _("Code"),
        _("Question"),
        str(year),
        _("Unité"),
        _("Ce qui est compté"),
        _("Source"),
    )
    return [
        head,
        *(
            (
                title,
                it.question.code,
                it.question.text,
                None if it.value is None else _plain(it.value),
                it.question.unit,
                it.question.how,
                it.source,
            )
            for title, found in answers(year)
            for it in found
        ),
    ]


def _plain(value: float | Decimal) -> float:
    number = float(value)
    return int(number) if number.is_integer() else number
