"""What a line of the journal is about, by its name of today."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, case, cast, literal, select, union_all

from app.accounts.adhesion_models import Adhesion
from app.accounts.family_models import Household
from app.accounts.models import Resident
from app.associations.models import Association, Collectif
from app.bodies.models import Body, Meeting
from app.centre.models import Category, Quartier
from app.core.db import db
from app.core.i18n import _, _l
from app.desk.models import Kiosk
from app.partners.models import Convention, Partner
from app.programme.models import Action, Session
from app.proposals.models import Debate, Proposal
from app.voting.models import Poll


@dataclass(frozen=True)
class Kind:
    """A table that acts are about: what one of its rows is called, and its name in SQL."""

    word: Any
    number: Any
    name: Any


KINDS = {
    "residents": Kind(
        _l("Personne"),
        Resident.id,
        case((Resident.erased_at.is_(None), Resident.full_name)),
    ),
    "bodies": Kind(_l("Instance"), Body.id, Body.name),
    "meetings": Kind(_l("Réunion"), Meeting.id, Meeting.title),
    "associations": Kind(_l("Association"), Association.id, Association.name),
    "collectifs": Kind(_l("Collectif"), Collectif.id, Collectif.name),
    "proposals": Kind(_l("Proposition"), Proposal.id, Proposal.title),
    "polls": Kind(_l("Vote"), Poll.id, Poll.title),
    "partners": Kind(_l("Partenaire"), Partner.id, Partner.name),
    "conventions": Kind(_l("Convention"), Convention.id, Convention.title),
    "quartiers": Kind(_l("Quartier"), Quartier.id, Quartier.name),
    "categories": Kind(_l("Catégorie"), Category.id, Category.name),
    "adhesions": Kind(
        _l("Adhésion"),
        Adhesion.id,
        select(case((Resident.erased_at.is_(None), Resident.full_name)))
        .where(Resident.id == Adhesion.holder_id)
        .scalar_subquery(),
    ),
    "debates": Kind(_l("Débat"), Debate.id, Debate.title),
    "households": Kind(_l("Foyer"), Household.id, Household.name),
    "kiosks": Kind(_l("Borne"), Kiosk.id, Kiosk.name),
    "sessions": Kind(_l("Séance"), Session.id, Action.title),
}
WORDS: dict[str, Any] = {
    "assistances": _l("Accompagnement"),
    "collectifs": _l("Collectif"),
    "comments": _l("Commentaire"),
    "guardianships": _l("Lien familial"),
    "help_messages": _l("Message privé"),
    "help_notices": _l("Annonce d’entraide"),
    "merges": _l("Fiches réunies"),
    "past_imports": _l("Reprise d’années passées"),
    "poll_claims": _l("Demande d’inscription à un vote"),
    "moderation_cases": _l("Dossier de modération"),
    "sanctions": _l("Suspension"),
}
"""What is shown by its number."""

Key = tuple[str, int]


def names_of(keys: Iterable[Key]) -> dict[Key, str]:
    """The names of these subjects, in one statement; one that is gone is not there."""
    wanted: dict[str, set[int]] = {}
    for table, number in keys:
        if table in KINDS:
            wanted.setdefault(table, set()).add(number)
    if not wanted:
        return {}
    query: Any = union_all(*(_names(table, numbers) for table, numbers in wanted.items()))
    return {(row[0], row[1]): row[2] for row in db.session.execute(query) if row[2]}


def in_words(table: str | None, number: int | None, names: dict[Key, str]) -> str:
    """« Instance Comité famille », or « adhesions n° 12 » for what has no name here."""
    if table is None or number is None:
        return ""
    kind = KINDS.get(table)
    name = names.get((table, number))
    if table == "residents":
        return name or gone()
    if kind is None or name is None:
        return _(
            "%(kind)s n° %(number)d",
            kind=kind.word if kind else WORDS.get(table, table),
            number=number,
        )
    return f"{kind.word} «\u00a0{name}\u00a0»"


def gone() -> str:
    """What is said of someone whose account is erased."""
    return _("Ancien habitant")


def _names(table: str, numbers: set[int]) -> Any:
    kind = KINDS[table]
    query: Any = select(literal(table), kind.number, cast(kind.name, String))
    if table == "sessions":
        query = query.join(Action, Action.id == Session.action_id)
    return query.where(kind.number.in_(numbers))
