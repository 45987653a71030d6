"""Quartiers and categories, as pages need them."""

from sqlalchemy import select

from app.centre.models import Category, Quartier
from app.core.db import db


def quartier_choices() -> list[tuple[int, str]]:
    """(id, name), by name."""
    rows = db.session.execute(select(Quartier.id, Quartier.name).order_by(Quartier.name))
    return [(row.id, row.name) for row in rows]


def category_choices() -> list[tuple[int, str]]:
    """(id, name), by name."""
    rows = db.session.execute(select(Category.id, Category.name).order_by(Category.name))
    return [(row.id, row.name) for row in rows]


def quartiers() -> list[tuple[str, bool]]:
    """(name, whether it is a priority one), by name."""
    rows = db.session.execute(select(Quartier.name, Quartier.is_qpv).order_by(Quartier.name))
    return [(row.name, row.is_qpv) for row in rows]
