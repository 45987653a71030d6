"""Opening a comité, joining it, keeping its documents."""

from typing import TypedDict

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.accounts.models import CHILDREN, Resident
from app.accounts.taking_part import check_takes_part
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.labels import THEMES
from app.bodies.models import COMITE, CONSEIL, AgendaItem, Body, BodyDocument, Membership
from app.bodies.policies import can_create_body, can_join, can_manage_body
from app.bodies.telling import path
from app.core import search
from app.core.clock import now, today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.files import store_pdf
from app.core.i18n import _
from app.core.slugs import LONGEST, slug_of
from app.ledger.acts import Act
from app.ledger.services import record


class BodyFacts(TypedDict):
    """What the ledger keeps of an instance with each act."""

    body_id: int
    body_kind: str


RESERVED = ("nouveau", "conseil")


def body_facts(body: Body) -> BodyFacts:
    """The facts of one instance, for `record`."""
    return {"body_id": body.id, "body_kind": body.kind}


@atomic
def create_body(
    by: Resident, name: str, *, theme: str = "autre", purpose: str = "", kind: str = COMITE
) -> Body:
    """Open a comité, or the conseil de maison.

    Raises:
        Forbidden: only the director may.
        Invalid: a name that makes no address, or an unknown theme.
        Conflict: the name is taken.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction ouvre une instance."))
    slug = slug_of(name)[:LONGEST]
    if not slug or slug in RESERVED:
        raise Invalid(_("Choisissez un autre nom, avec des lettres."), field="name")
    if theme not in THEMES or kind not in (COMITE, CONSEIL):
        raise Invalid(_("Choisissez dans la liste."), field="theme")
    body = Body(kind=kind, theme=theme, name=name, slug=slug, purpose=purpose, created_on=today())
    with unique_or(Conflict(_("Une instance porte déjà ce nom."), field="name")):
        db.session.add(body)
    record(Act.BODY_CREATED, actor=by, subject=body, **body_facts(body))
    note(AuditAct.BODY_CREATED, by, body, after={"name": name, "kind": kind, "theme": theme})
    _index(body)
    return body


@atomic
def change_purpose(by: Resident, body: Body, purpose: str) -> None:
    """Say anew what the instance is for."""
    _check_manages(by, body)
    body.purpose = purpose
    _index(body)


@atomic
def join(body: Body, resident: Resident) -> Membership:
    """Become a member of a comité.

    Raises:
        Forbidden: not confirmed, or the comité is closed.
        Conflict: a member already, even by a simultaneous click.
    """
    lock(body)
    check_takes_part(resident, body.theme)
    if body.theme == CHILDREN and not resident.is_under_15_on(today()):
        raise Forbidden(
            _(
                "Les membres du comité enfant sont des enfants. Ajoutez le vôtre dans"
                " « Ma famille » : il pourra le rejoindre."
            )
        )
    if not can_join(resident, body):
        raise Forbidden(_("Ce comité ne s’ouvre pas ainsi. Choisissez un comité ouvert."))
    membership = Membership(body_id=body.id, resident_id=resident.id)
    with unique_or(Conflict(_("Vous êtes déjà membre de ce comité."))):
        db.session.add(membership)
    record(Act.BODY_JOINED, actor=resident, subject=body, **body_facts(body))
    return membership


@atomic
def leave(body: Body, resident: Resident) -> None:
    """Stop being a member; one may come back at any time.

    Raises:
        Conflict: not a member.
    """
    lock(body)
    membership = db.session.scalar(
        select(Membership).where(
            Membership.body_id == body.id,
            Membership.resident_id == resident.id,
            Membership.left_at.is_(None),
        )
    )
    if membership is None:
        raise Conflict(_("Vous n’êtes pas membre de ce comité."))
    membership.left_at = now()
    record(Act.BODY_LEFT, actor=resident, subject=body, **body_facts(body))


@atomic
def add_document(
    by: Resident, body: Body, title: str, upload: FileStorage, item: AgendaItem | None = None
) -> BodyDocument:
    """Keep a PDF among the instance's documents, or beside a point of one of its meetings.

    Raises:
        Forbidden: only who manages the instance may.
        Invalid: too heavy, or not a PDF.
    """
    _check_manages(by, body)
    stored = store_pdf(upload)
    document = BodyDocument(
        body_id=body.id,
        item_id=item.id if item is not None else None,
        title=title,
        file_id=stored.id,
        added_by_id=by.id,
    )
    db.session.add(document)
    return document


@atomic
def remove_document(by: Resident, document: BodyDocument) -> None:
    """Take a document off the instance's page."""
    _check_manages(by, db.session.get_one(Body, document.body_id))
    db.session.delete(document)


def _check_manages(by: Resident, body: Body) -> None:
    if not can_manage_body(by, body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction le peuvent."))


def _index(body: Body) -> None:
    url = path("bodies.show", slug=body.slug) if body.kind == COMITE else path("bodies.conseil")
    search.index("bodies", body.id, body.name, url, body.purpose)
