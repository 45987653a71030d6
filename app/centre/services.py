"""Changing the centre's rules, quartiers and categories."""

import re
from typing import Any

from app.centre import settings
from app.centre.models import Category, Quartier
from app.centre.policies import Person, can_change_settings
from app.core.db import atomic, db, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.search_text import fold

NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


@atomic
def change_rules(person: Person, values: dict[str, Any]) -> None:
    """Set several rules at once, or none.

    Raises:
        Forbidden: not the direction.
        Invalid: a value outside of what its rule admits; `field` names it.
    """
    _check(person)
    for key, value in values.items():
        settings.change(key, value)


@atomic
def add_quartier(person: Person, name: str, *, is_qpv: bool) -> Quartier:
    """Add a quartier of the commune.

    Raises:
        Forbidden: not the direction.
        Conflict: there is one of this name.
    """
    _check(person)
    quartier = Quartier(name=name, slug=_slug(name), is_qpv=is_qpv)
    with unique_or(Conflict(_("Ce quartier existe déjà."), field="name")):
        db.session.add(quartier)
    return quartier


@atomic
def add_category(person: Person, name: str) -> Category:
    """Add a category of proposals.

    Raises:
        Forbidden: not the direction.
        Conflict: there is one of this name.
    """
    _check(person)
    category = Category(name=name, slug=_slug(name))
    with unique_or(Conflict(_("Cette catégorie existe déjà."), field="name")):
        db.session.add(category)
    return category


def _check(person: Person) -> None:
    if not can_change_settings(person):
        raise Forbidden(_("Seule la direction change les réglages."))


def _slug(name: str) -> str:
    slug = NOT_IN_SLUG.sub("-", fold(name)).strip("-")
    if not slug:
        raise Invalid(_("Donnez un nom fait de lettres."), field="name")
    return slug
