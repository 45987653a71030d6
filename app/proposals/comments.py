"""Saying a word under a proposal or in a debate, and taking it back."""

from sqlalchemy import update

from app.accounts.models import Resident
from app.accounts.taking_part import check_takes_part
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Forbidden, Invalid
from app.core.i18n import _
from app.ledger.acts import Act
from app.ledger.services import record
from app.proposals.facts import body_facts
from app.proposals.models import Comment, Debate, Proposal
from app.proposals.policies import can_comment, can_comment_debate, can_delete_comment


@atomic
def comment(
    subject: Proposal | Debate, author: Resident, text: str, *, parent_id: int | None = None
) -> Comment:
    """Say a word; an answer to an answer joins the same thread, one level deep.

    Raises:
        Forbidden: closed, hidden from this person, or a person not confirmed.
        Invalid: nothing written, or an answer to nothing.
    """
    lock(subject)
    check_takes_part(author, subject.body_theme)
    if isinstance(subject, Proposal):
        may, key, counts = can_comment(author, subject), "proposal_id", subject.is_public
    else:
        may, key, counts = can_comment_debate(author, subject), "debate_id", True
    if not may:
        raise Forbidden(_("Les commentaires sont fermés."))
    if not text.strip():
        raise Invalid(_("Écrivez votre commentaire."), field="text")
    said = Comment(author_id=author.id, text=text.strip(), **{key: subject.id})
    said.parent_id = _thread(parent_id, key, subject.id)
    db.session.add(said)
    db.session.flush()
    _count(subject, 1)
    # What is said before publication is no part yet in the life of the body.
    facts = body_facts(subject.body if counts else None)
    record(Act.COMMENT_POSTED, actor=author, subject=said, **facts)
    return said


@atomic
def delete_comment(said: Comment, by: Resident) -> None:
    """Its words are erased, its place and its answers stay.

    Silent in the ledger: the person did take part.

    Raises:
        Forbidden: someone else's, or already taken back.
    """
    lock(said)
    if not can_delete_comment(by, said):
        raise Forbidden(_("Seule la personne qui a écrit ce commentaire le retire."))
    said.text, said.deleted_at = "", now()
    subject = db.session.get_one(Proposal, said.proposal_id) if said.proposal_id else None
    _count(subject or db.session.get_one(Debate, said.debate_id), -1)


def _thread(parent_id: int | None, key: str, subject_id: int) -> int | None:
    if parent_id is None:
        return None
    parent = db.session.get(Comment, parent_id)
    if parent is None or getattr(parent, key) != subject_id:
        raise Invalid(_("Le commentaire auquel vous répondez n’existe plus."))
    return parent.parent_id or parent.id


def _count(subject: Proposal | Debate, step: int) -> None:
    table = type(subject)
    db.session.execute(
        update(table)
        .where(table.id == subject.id)
        .values(comment_count=table.comment_count + step)
        .execution_options(synchronize_session=False)
    )
