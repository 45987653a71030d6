"""What every template can use."""

from datetime import date, datetime
from functools import lru_cache

from flask import Flask
from markupsafe import Markup

from app.core import typography
from app.core.clock import civil_day, now, today
from app.core.hours import hours_fr, read_fr
from app.core.markdown import excerpt, render_markdown
from app.core.phones import in_pairs


def init_templating(app: Flask) -> None:
    """Filters and globals; `app/core/typography.py` says what they do."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    filters = app.jinja_env.filters
    filters["markdown"] = _markdown
    filters["excerpt"] = excerpt
    filters["typo"] = typography.typo
    filters["number"] = read_fr
    filters["hours"] = hours_fr
    filters["day"] = lambda value: typography.day_fr(_day(value), today())
    filters["date"] = lambda value: typography.date_fr(_day(value))
    filters["month"] = typography.month_fr
    filters["time"] = typography.time_fr
    filters["phone"] = in_pairs
    filters["card"] = typography.card_fr
    filters["of"] = typography.of_fr
    filters["euros"] = typography.euros_fr
    filters["moment"] = lambda value: typography.datetime_fr(value, today())
    app.jinja_env.globals["now"] = now
    app.jinja_env.globals["today"] = today


@lru_cache(maxsize=2048)
def _markdown(text: str, top: int = 3) -> Markup:
    return render_markdown(typography.typo(text), top)


def _day(value: date | datetime) -> date:
    return civil_day(value) if isinstance(value, datetime) else value
