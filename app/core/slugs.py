"""The name of something in addresses: small letters without accents, digits and dashes."""

import re
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import db
from app.core.search_text import fold

LONGEST = 120
_BETWEEN = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """The name as addresses write it; empty where it has neither letter nor digit."""
    return _BETWEEN.sub("-", fold(name)).strip("-")


def free_slug(
    column: InstrumentedAttribute[str], name: str, *, otherwise: str, kept: Collection[str]
) -> str:
    """A slug that no row of the column has; `-2`, `-3`… follow it where one does; one statement.

    Args:
        otherwise: for a name that makes none.
        kept: words that pages of ours have at the same place.
    """
    base = slug_of(name)[:LONGEST].strip("-") or otherwise
    near = select(column).where(column.startswith(base, autoescape=True))
    taken = {*db.session.scalars(near), *kept}
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
