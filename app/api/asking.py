"""What reusers may ask, read strictly: a slip is told, never ignored."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from apiflask import Schema
from apiflask.fields import Integer, String
from flask import abort, request
from marshmallow import ValidationError, pre_load
from sqlalchemy import ColumnElement, Select, select

from app.bodies.models import Body
from app.centre.models import Category, Quartier
from app.core.clock import PARIS
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import MOST_DIGITS
from app.indicators.periods import FIRST_YEAR, LAST_YEAR

A_PAGE, MOST = 50, 100
_DAY = r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_SLUG = r"[a-z0-9-]{1,120}"
Asked = Mapping[str, Any]
"""What was asked for, by filter, as it was read."""
Rows = Select[*tuple[Any, ...]]
"""Rows to be read, in their order."""
Keeps = Callable[[Any], ColumnElement[bool]]
"""The condition that a filter sets for the value given."""


class Day(String):
    """A civil day at the centre, both ends of a period being in it."""

    def __init__(self, description: str, example: str) -> None:
        said = {"description": description, "format": "date", "pattern": f"^{_DAY}$"}
        super().__init__(metadata={**said, "example": example})

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        try:
            day = date.fromisoformat(value) if re.fullmatch(_DAY, value) else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year < LAST_YEAR:
            raise ValidationError(_("écrivez une date comme 2026-03-15."))
        return day


class Whole(Integer):
    """A whole number from 1 to `most`, in plain digits."""

    def __init__(self, description: str, default: int, most: int) -> None:
        self.most = most
        said = {"description": description, "minimum": 1, "maximum": most, "example": default}
        super().__init__(load_default=default, metadata=said)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        number = int(value) if re.fullmatch(r"[1-9][0-9]{0,5}", value) else 0
        if not 1 <= number <= self.most:
            raise ValidationError(
                _("écrivez un nombre de 1 à %(most)d.", most=self.most),
            )
        return number


class Slug(String):
    """The name of something in addresses."""

    def __init__(self, description: str, example: str) -> None:
        said = {"description": description, "pattern": f"^{_SLUG}$", "example": example}
        super().__init__(metadata=said)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if not re.fullmatch(_SLUG, value):
            raise ValidationError(_("écrivez des lettres minuscules sans accent et des tirets."))
        return value


class OneOf(String):
    """One word of a list."""

    def __init__(self, description: str, words: Mapping[str, Any]) -> None:
        self.words = tuple(words)
        said = {"description": description, "enum": self.words, "example": self.words[0]}
        super().__init__(metadata=said)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if value not in self.words:
            offered = ", ".join(self.words)
            raise ValidationError(_("écrivez l’un de ces mots : %(words)s.", words=offered))
        return value


class Query(Schema):
    """What follows the question mark: nothing unknown, and nothing twice."""

    @pre_load
    def _known_and_once(self, data: Any, **_more: Any) -> Any:
        wrong = {}
        for name, given in request.args.lists():
            if name not in self.fields:
                wrong[name] = [_("ce filtre n’existe pas ici.")]
            elif len(given) > 1:
                wrong[name] = [_("ce filtre est donné plusieurs fois.")]
        if wrong:
            raise ValidationError(wrong)
        return data


class Listing(Query):
    """A page of a list."""

    page = Whole("Numéro de la page, à partir de 1", 1, 10**MOST_DIGITS - 1)
    taille = Whole(f"Lignes par page, {MOST} au plus", A_PAGE, MOST)


class Dated(Listing):
    """A page of a list that days bound."""

    debut = Day("Premier jour, AAAA-MM-JJ", "2026-01-01")
    fin = Day("Dernier jour, compris, AAAA-MM-JJ", "2026-12-31")


def chosen(rows: Rows, asked: Asked, filters: Mapping[str, Keeps]) -> Rows:
    """The rows that every filter asked for keeps."""
    return rows.where(*(keeps(asked[name]) for name, keeps in filters.items() if name in asked))


def between(column: Any) -> dict[str, Keeps]:
    """Filters on a moment: within the days asked for, as the centre's clock tells them."""
    return {
        "debut": lambda day: column >= _midnight(day),
        "fin": lambda day: column < _midnight(day + timedelta(days=1)),
    }


def slug_id(kind: type[Quartier | Body | Category], slug: str) -> int:
    """The row of this name; 404 where there is none, one statement."""
    found = db.session.scalar(select(kind.id).where(kind.slug == slug))
    return found if found is not None else abort(404)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS).astimezone(UTC)
