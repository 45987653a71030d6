"""What is shown, waits or is hidden, and what follows of it: counts, search, the ledger.

Each function works inside the act of a caller who has checked the right to do so.
"""

from sqlalchemy import update

from app.accounts.models import Resident
from app.core.db import db
from app.core.i18n import _
from app.core.moderated import HIDDEN, SHOWN, WAITING
from app.ledger.acts import Act, Channel
from app.ledger.services import Actor, last_of, record, reinstate, void
from app.proposals.facts import body_facts
from app.proposals.holding import count_admitted
from app.proposals.indexing import index_content, unindex_content
from app.proposals.models import Comment, Debate, Proposal

Content = Proposal | Debate | Comment


def show(content: Content, by: Actor) -> None:
    """Let everyone read it, for the first time or again; it counts from then on."""
    if content.is_shown:
        return
    first_time = content.visibility == WAITING
    content.visibility, content.hidden_rule = SHOWN, None
    db.session.flush()
    if isinstance(content, Comment):
        count_comment(subject_of(content), 0 if content.deleted_at else 1)
        _count_again(Act.COMMENT_POSTED, content, by)
    else:
        index_content(content)
    if isinstance(content, Proposal):
        _withhold_image(content, False)
        _count_again(Act.PROPOSAL_ADMITTED, content, by)
    if first_time:
        count_admitted(content.author)


def hide(content: Content, by: Actor, rule: str) -> None:
    """Take it away from everyone but its author and those who moderate.

    What breaks the rules of the house is no part in its life: its entry in the ledger is voided,
    and written again if the content comes back.
    """
    was_shown = content.is_shown
    content.visibility, content.hidden_rule = HIDDEN, rule
    db.session.flush()
    if isinstance(content, Comment):
        count_comment(subject_of(content), -1 if was_shown and not content.deleted_at else 0)
        _void_last(Act.COMMENT_POSTED, content, by)
    else:
        unindex_content(content)
    if isinstance(content, Proposal):
        _withhold_image(content, True)
        _void_last(Act.PROPOSAL_ADMITTED, content, by)


def put_back_waiting(content: Content, by: Actor) -> None:
    """As it was before a moderator let it show or hid it, by mistake."""
    if content.is_shown:
        hide(content, by, "")
        count_admitted(content.author, -1)
    content.visibility, content.hidden_rule = WAITING, None


def reword(content: Content, texts: dict[str, str], note: str | None) -> None:
    """Change its words; `note` says so to everyone who reads it."""
    for name, text in texts.items():
        setattr(content, name, text)
    content.moderation_note = note
    db.session.flush()
    if not isinstance(content, Comment):
        index_content(content)


def record_comment(said: Comment, subject: Proposal | Debate, author: Resident | None) -> None:
    """Write in the ledger that someone spoke."""
    # What is said before publication is no part yet in the life of the body.
    counts = isinstance(subject, Debate) or subject.is_public
    facts = body_facts(subject.body if counts else None)
    record(
        Act.COMMENT_POSTED,
        actor=author,
        subject=said,
        when=said.posted_at,
        channel=Channel(said.channel),
        **facts,
    )


def subject_of(said: Comment) -> Proposal | Debate:
    """What a comment is about."""
    if said.proposal_id is not None:
        return db.session.get_one(Proposal, said.proposal_id)
    return db.session.get_one(Debate, said.debate_id)


def count_comment(subject: Proposal | Debate, step: int) -> None:
    """One more comment that everyone reads, or one less."""
    if not step:
        return
    table = type(subject)
    db.session.execute(
        update(table)
        .where(table.id == subject.id)
        .values(comment_count=table.comment_count + step)
        .execution_options(synchronize_session=False)
    )


def _withhold_image(proposal: Proposal, withheld: bool) -> None:
    if proposal.image is not None:
        proposal.image.withheld = withheld


def _count_again(act: Act, content: Proposal | Comment, by: Actor) -> None:
    last = last_of(act, content)
    if last is not None and not last[1]:
        reinstate(last[0], by=by)
    elif last is None and isinstance(content, Comment):
        record_comment(content, subject_of(content), content.author)


def _void_last(act: Act, content: Proposal | Comment, by: Actor) -> None:
    last = last_of(act, content)
    if last is not None and last[1]:
        void(last[0], by=by, reason=_("Masqué par la modération."))
