"""Writing a proposal, and standing behind one."""

from typing import TypedDict

from sqlalchemy import select, update
from werkzeug.datastructures import FileStorage

from app.accounts.models import Resident
from app.accounts.taking_part import check_takes_part
from app.bodies.models import COMITE, Body
from app.centre.models import Category, Quartier
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.files import store_image
from app.core.i18n import _
from app.core.typography import typo
from app.ledger.acts import Act
from app.ledger.aliases import keys_of
from app.ledger.live import is_live
from app.ledger.models import Entry
from app.ledger.services import record, void
from app.proposals.facts import body_facts
from app.proposals.lifecycle import submit
from app.proposals.models import Proposal, Support
from app.proposals.moves import tell_if_enough
from app.proposals.policies import can_edit, can_support

COSTLIEST = 10_000_000
LONGEST_TITLE = 120


class AlreadySupported(Conflict):
    """One resident, one support."""


class Stale(Conflict):
    """Someone saved the same draft meanwhile."""


class Writing(TypedDict):
    """What an author writes. `estimated_cost` in whole euros."""

    title: str
    text: str
    category_id: int
    quartier_id: int | None
    body_id: int | None
    estimated_cost: int | None


@atomic
def draft(
    author: Resident,
    writing: Writing,
    *,
    image: FileStorage | None = None,
    image_alt: str = "",
    send: bool = False,
) -> Proposal:
    """Begin a proposal, and send it at once if asked.

    A draft is silent in the ledger: nobody but its author knows of it.

    Raises:
        Invalid: a category, quartier or comité that is not there; an image without its words.
        Forbidden: sending, when not confirmed.
    """
    _check(writing)
    proposal = Proposal(author_id=author.id, **{**writing, "title": _set(writing["title"])})
    _illustrate(proposal, image, image_alt)
    db.session.add(proposal)
    db.session.flush()
    if send:
        submit(proposal, author)
    return proposal


@atomic
def edit(
    proposal: Proposal,
    by: Resident,
    version: int,
    writing: Writing,
    *,
    image: FileStorage | None = None,
    image_alt: str = "",
    drop_image: bool = False,
    send: bool = False,
) -> None:
    """Change a draft; `version` is the one the author had before their eyes. Silent, as a draft is.

    Raises:
        Forbidden: not the author, or no longer a draft.
        Stale: it was saved elsewhere meanwhile.
        Invalid: as for `draft`.
    """
    lock(proposal)
    if not can_edit(by, proposal):
        raise Forbidden(_("Cette proposition ne se modifie plus."))
    if proposal.version != version:
        raise Stale(
            _("Ce brouillon a été enregistré ailleurs entre-temps. Comparez les deux textes.")
        )
    _check(writing)
    for name, value in writing.items():
        setattr(proposal, name, value)
    proposal.title = _set(proposal.title)
    if drop_image:
        proposal.image_id, proposal.image_alt = None, ""
    _illustrate(proposal, image, image_alt)
    db.session.flush()
    if send:
        submit(proposal, by)


@atomic
def support(proposal: Proposal, resident: Resident, *, entered_by: Resident | None = None) -> None:
    """Add the resident's support, once; tell when there are enough.

    Raises:
        Forbidden: closed to support, the resident's own, or a person not confirmed.
        AlreadySupported: a second support, even a simultaneous one.
    """
    lock(proposal)
    check_takes_part(resident, proposal.body_theme)
    if not can_support(resident, proposal):
        raise Forbidden(_("Vous ne pouvez pas soutenir cette proposition."))
    with unique_or(AlreadySupported(_("Vous soutenez déjà cette proposition."))):
        db.session.add(Support(proposal_id=proposal.id, resident_id=resident.id))
    _count(proposal, 1)
    record(
        Act.PROPOSAL_SUPPORTED,
        actor=resident,
        subject=proposal,
        entered_by=entered_by,
        **body_facts(proposal.body),
    )
    tell_if_enough(proposal)


@atomic
def withdraw_support(proposal: Proposal, resident: Resident) -> None:
    """Take one's support back, and out of the ledger's counts.

    Raises:
        Forbidden: supports are closed, or there was none.
    """
    lock(proposal)
    given = db.session.scalar(
        select(Support).filter_by(proposal_id=proposal.id, resident_id=resident.id)
    )
    if given is None or not proposal.is_open_to_support:
        raise Forbidden(_("Ce soutien ne peut plus être retiré."))
    db.session.delete(given)
    _count(proposal, -1)
    entry = _entry_of(proposal, resident)
    # A support carried here by a merge has its entry on the proposal it was given to.
    if entry is not None:
        void(entry, by=resident, reason=_("Soutien retiré par son auteur."))


def _count(proposal: Proposal, step: int) -> None:
    db.session.flush()
    db.session.execute(
        update(Proposal)
        .where(Proposal.id == proposal.id)
        .values(support_count=Proposal.support_count + step)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(proposal, ["support_count"])


def _entry_of(proposal: Proposal, resident: Resident) -> Entry | None:
    return db.session.scalars(
        select(Entry)
        .where(
            Entry.act == Act.PROPOSAL_SUPPORTED.value,
            Entry.subject_type == Proposal.__tablename__,
            Entry.subject_id == proposal.id,
            Entry.participation_key.in_(keys_of(resident.participation_key)),
            is_live(),
        )
        .order_by(Entry.id.desc())
        .limit(1)
    ).first()


def _illustrate(proposal: Proposal, image: FileStorage | None, words: str) -> None:
    words = words.strip()
    if image is not None and image.filename:
        if not words:
            raise Invalid(
                _("Décrivez l’image pour les personnes qui ne la voient pas."), field="image_alt"
            )
        proposal.image_id = store_image(image).id
    # A form given back with an error has lost its file: words left alone tell of it.
    elif words and proposal.image_id is None:
        raise Invalid(_("Choisissez à nouveau l’image, ou effacez sa description."), field="image")
    if proposal.image_id is not None:
        proposal.image_alt = words or proposal.image_alt


def _set(title: str) -> str:
    """The title as a printer sets it, done once: lists show many."""
    better = typo(title)
    return better if len(better) <= LONGEST_TITLE else title


def _check(writing: Writing) -> None:
    if db.session.get(Category, writing["category_id"]) is None:
        raise Invalid(_("Choisissez une catégorie."), field="category_id")
    quartier_id, body_id = writing["quartier_id"], writing["body_id"]
    if quartier_id is not None and db.session.get(Quartier, quartier_id) is None:
        raise Invalid(_("Ce quartier n’existe pas."), field="quartier_id")
    body = db.session.get(Body, body_id) if body_id is not None else None
    if body_id is not None and (body is None or body.kind != COMITE or body.closed_on is not None):
        raise Invalid(_("Ce comité n’est pas ouvert."), field="body_id")
    cost = writing["estimated_cost"]
    if cost is not None and not 0 <= cost <= COSTLIEST:
        raise Invalid(_("Un coût va de 0 à 10 000 000 €."), field="estimated_cost")
