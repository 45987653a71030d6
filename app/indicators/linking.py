"""What serves each operational objective of the projet social: linked by the team, in one click."""

from dataclasses import dataclass

from sqlalchemy import Select, and_, delete, exists, select

from app.core.clock import today
from app.core.db import atomic, db, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.search import SearchDocument, matching
from app.indicators.matrix import AIMS
from app.indicators.models import AimLink
from app.indicators.policies import Person, can_link

MOST_OFFERED = 12
COLUMNS = (
    SearchDocument.kind,
    SearchDocument.subject_id,
    SearchDocument.title,
    SearchDocument.url,
)
SAME = and_(SearchDocument.kind == AimLink.kind, SearchDocument.subject_id == AimLink.subject_id)


@dataclass(frozen=True)
class Served:
    """Something of the centre's life, as the search knows it."""

    kind: str
    subject_id: int
    title: str
    url: str


@atomic
def link(person: Person, aim: str, kind: str, subject_id: int) -> None:
    """Say that something serves an operational objective, or realised an example.

    Silent in the ledger: a link counts for no indicator.

    Raises:
        Forbidden: not of the team.
        Invalid: no such objective, or nothing public under this kind and number.
        Conflict: it is linked already, even by a simultaneous click.
    """
    _check(person, aim)
    if subject(kind, subject_id) is None:
        raise Invalid(_("On ne relie que ce que le site montre à tous."))
    row = AimLink(
        aim=aim, kind=kind, subject_id=subject_id, linked_on=today(), linked_by_id=person.id
    )
    with unique_or(Conflict(_("C’est déjà relié."))):
        db.session.add(row)


@atomic
def unlink(person: Person, aim: str, kind: str, subject_id: int) -> None:
    """Take the link away; nothing happens where there is none.

    Raises:
        Forbidden: not of the team.
        Invalid: no such objective.
    """
    _check(person, aim)
    row = (AimLink.aim == aim, AimLink.kind == kind, AimLink.subject_id == subject_id)
    db.session.execute(delete(AimLink).where(*row))


def serving() -> dict[str, list[Served]]:
    """What serves each aim, by its code, the newest link first; one statement."""
    found: dict[str, list[Served]] = {}
    query = select(AimLink.aim, *COLUMNS).join(SearchDocument, SAME)
    newest = query.order_by(AimLink.aim, AimLink.linked_on.desc(), SearchDocument.id.desc())
    for aim, kind, subject_id, title, url in db.session.execute(newest):
        found.setdefault(aim, []).append(Served(kind, subject_id, title, url))
    return found


def offered(aim: str, words: str) -> list[Served]:
    """What may be linked to this aim: what has every word, or else the newest of all."""
    linked = exists().where(SAME, AimLink.aim == aim)
    query = select(*COLUMNS).where(~linked).order_by(SearchDocument.id.desc())
    condition = matching(words)
    if condition is not None:
        query = query.where(condition)
    return _served(query.limit(MOST_OFFERED))


def subject(kind: str, subject_id: int) -> Served | None:
    """One thing that the search knows."""
    mine = SearchDocument.kind == kind, SearchDocument.subject_id == subject_id
    return next(iter(_served(select(*COLUMNS).where(*mine))), None)


def aims_of(kind: str, subject_id: int) -> set[str]:
    """The codes of what something serves."""
    mine = AimLink.kind == kind, AimLink.subject_id == subject_id
    return set(db.session.scalars(select(AimLink.aim).where(*mine)))


def _served(query: Select[str, int, str, str]) -> list[Served]:
    return [Served(*row) for row in db.session.execute(query)]


def _check(person: Person, aim: str) -> None:
    if not can_link(person):
        raise Forbidden(_("L’équipe relie les actions au projet social."))
    if aim not in AIMS:
        raise Invalid(_("Cet objectif n’existe pas."))
