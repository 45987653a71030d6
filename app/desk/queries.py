"""Whom the desk is looking for."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import segno
from flask import current_app
from markupsafe import Markup
from sqlalchemy import func, select

from app.accounts.forms import DeskPersonForm
from app.accounts.models import Grant, Resident
from app.associations.models import Association
from app.bodies.models import Body
from app.centre.models import Quartier
from app.core.db import db
from app.core.pagination import Page, paginate
from app.core.search_text import fold

MOST_ALIKE = 5


@dataclass(frozen=True)
class Found:
    """A person in the desk's list."""

    id: int
    name: str
    year_of_birth: int | None
    card_number: str
    quartier: str | None


def find_people(words: str, number: int) -> Page[Found]:
    """By card number, or by the words of a name in any order, accents and case aside."""
    query = (
        select(
            Resident.id,
            Resident.given_name + " " + Resident.family_name,
            Resident.year_of_birth,
            Resident.card_number,
            Quartier.name,
        )
        .outerjoin(Quartier, Quartier.id == Resident.quartier_id)
        .order_by(Resident.folded_name, Resident.id)
    )
    digits = words.replace(" ", "").replace("-", "")
    if digits.isdigit():
        query = query.where(Resident.card_number.startswith(digits, autoescape=True))
    else:
        for word in fold(words).split():
            query = query.where(Resident.folded_name.contains(word, autoescape=True))
    page = paginate(query, number)
    return Page([Found(*row) for row in page.items], page.number, page.size, page.total)


def people_like(form: DeskPersonForm) -> list[Found]:
    """People already known who may be the one being registered: same names, in either order."""
    given, family = fold(form.given_name.data or ""), fold(form.family_name.data or "")
    if not given or not family:
        return []
    either = (f"{family} {given}", f"{given} {family}")
    rows = db.session.execute(
        select(
            Resident.id,
            Resident.given_name + " " + Resident.family_name,
            Resident.year_of_birth,
            Resident.card_number,
            Quartier.name,
        )
        .outerjoin(Quartier, Quartier.id == Resident.quartier_id)
        .where(Resident.folded_name.in_(either))
        .limit(MOST_ALIKE)
    )
    return [Found(*row) for row in rows]


def sign_in_code(resident: Resident) -> Markup:
    """A QR code that opens the sign-in page with the card's number filled in."""
    query = urlencode({"carte": resident.card_number})
    code = segno.make(f"{current_app.config['PUBLIC_URL']}/connexion?{query}", micro=False)
    return Markup(
        code.svg_inline(scale=4, border=2, dark="#20313a", light="#ffffff", omitsize=True)
    )


@dataclass(frozen=True)
class HeldRole:
    """A live role; `scope` names its comité or association."""

    id: int
    role: str
    scope: str | None
    given_at: datetime


def roles_of(resident_id: int) -> list[HeldRole]:
    """The live roles of a person, the oldest first."""
    rows = db.session.execute(
        select(Grant.id, Grant.role, func.coalesce(Body.name, Association.name), Grant.given_at)
        .outerjoin(Body, Body.id == Grant.body_id)
        .outerjoin(Association, Association.id == Grant.association_id)
        .where(Grant.resident_id == resident_id, Grant.ended_at.is_(None))
        .order_by(Grant.id)
    )
    return [HeldRole(*row) for row in rows]
