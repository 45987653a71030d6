"""Saying a word under a proposal or in a debate, and taking it back."""

from app.accounts.models import Resident
from app.accounts.silence import check_may_write
from app.accounts.taking_part import check_takes_part
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Forbidden, Invalid
from app.core.i18n import _
from app.core.moderated import SHOWN, WAITING
from app.ledger.services import current_channel
from app.proposals.holding import cause_to_wait, count_admitted
from app.proposals.models import Comment, Debate, Proposal
from app.proposals.policies import can_comment, can_comment_debate, can_delete_comment
from app.proposals.signals import held, taken_back
from app.proposals.visibility import count_comment, record_comment, subject_of


@atomic
def comment(
    subject: Proposal | Debate, author: Resident, text: str, *, parent_id: int | None = None
) -> Comment:
    """Say a word; an answer to an answer joins the same thread, one level deep.

    What waits to be read first (`holding`) is recorded once it shows.

    Raises:
        Forbidden: closed, hidden from this person, or one who may not take part or write.
        Invalid: nothing written, or an answer to nothing.
    """
    lock(subject)
    check_takes_part(author, subject.body_theme)
    check_may_write(author)
    if isinstance(subject, Proposal):
        may, key, is_public = can_comment(author, subject), "proposal_id", subject.is_public
    else:
        may, key, is_public = can_comment_debate(author, subject), "debate_id", True
    if not may:
        raise Forbidden(_("Les commentaires sont fermés."))
    if not text.strip():
        raise Invalid(_("Écrivez votre commentaire."), field="text")
    about = {key: subject.id, "channel": current_channel().value}
    said = Comment(author_id=author.id, text=text.strip(), **about)
    said.parent_id = _thread(parent_id, key, subject.id)
    # Before publication, those who decide are the only readers: nobody else need read first.
    cause = _cause(author, subject) if is_public else None
    said.visibility = WAITING if cause else SHOWN
    db.session.add(said)
    db.session.flush()
    if cause:
        held.send(said, cause=cause, body_id=subject.body_id)
        return said
    count_comment(subject, 1)
    count_admitted(author)
    record_comment(said, subject, author)
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
    if said.is_shown:
        count_comment(subject_of(said), -1)
    else:
        taken_back.send(said)


def _cause(author: Resident, subject: Proposal | Debate) -> str | None:
    return cause_to_wait(author, subject.body_id, subject.body_theme)


def _thread(parent_id: int | None, key: str, subject_id: int) -> int | None:
    if parent_id is None:
        return None
    parent = db.session.get(Comment, parent_id)
    if parent is None or getattr(parent, key) != subject_id or not parent.is_shown:
        raise Invalid(_("Le commentaire auquel vous répondez n’existe plus."))
    return parent.parent_id or parent.id
