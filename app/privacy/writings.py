"""What becomes of what a person wrote: it stays without their name, or its words go."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from app.accounts.models import Resident
from app.core.db import Model, db, rows_touched
from app.core.i18n import _
from app.ledger.acts import Act
from app.ledger.models import Entry
from app.privacy.mentions import Names, take_out_of_own_words
from app.proposals.indexing import index_content, unindex_content
from app.proposals.models import Comment, Debate, Project, Proposal, Status
from app.proposals.moves import move

OPEN = (Status.SUBMITTED, Status.GATHERING)
"""Where no vote waits: a proposal whose words are gone is withdrawn."""


def gone_text() -> str:
    """What stands where words were."""
    return _("Texte effacé à la demande de son auteur.")


def gone_title() -> str:
    """What stands for a title."""
    return _("Titre effacé à la demande de son auteur")


def titles_of(person: Resident) -> list[str]:
    """The titles the person gave, which messages to others may quote."""
    proposals = select(Proposal.title).where(Proposal.author_id == person.id)
    debates = select(Debate.title).where(Debate.author_id == person.id)
    return [*db.session.scalars(proposals), *db.session.scalars(debates)]


def leave_writings(person: Resident, names: Names) -> None:
    """What was sent or published stays, without the person's name in it; drafts go."""
    _empty_drafts(person)
    _forget_labels(person, names)
    take_out_of_own_words(person, names)
    db.session.expire_all()
    contents: list[Proposal | Debate] = [*_proposals(person), *_debates(person)]
    for content in contents:
        index_content(content)


def take_writings_back(person: Resident, names: Names) -> None:
    """The words go, places and answers stay; what nobody decided of yet is withdrawn."""
    _forget_labels(person, None)
    take_out_of_own_words(person, names)
    _empty_drafts(person)
    _empty_proposals(Proposal.author_id == person.id)
    emptied = {"title": gone_title(), "text": gone_text()}
    _set(Debate, Debate.author_id == person.id, emptied)
    said = (Comment.author_id == person.id) & Comment.deleted_at.is_(None)
    _set(Comment, said, {"text": gone_text()})
    db.session.expire_all()
    for debate in _debates(person):
        unindex_content(debate)
    for proposal in _proposals(person):
        unindex_content(proposal)
        if proposal.status in OPEN:
            act = Act.PROPOSAL_WITHDRAWN
            move(proposal, Status.WITHDRAWN, act, by=None, reason=gone_text())


def _proposals(person: Resident) -> list[Proposal]:
    own = select(Proposal).where(Proposal.author_id == person.id).order_by(Proposal.id)
    return list(db.session.scalars(own))


def _debates(person: Resident) -> list[Debate]:
    own = select(Debate).where(Debate.author_id == person.id).order_by(Debate.id)
    return list(db.session.scalars(own))


def _empty_drafts(person: Resident) -> None:
    """Nobody else has seen them. Their history cannot be deleted: the rows stay, withdrawn."""
    drafts = (Proposal.author_id == person.id) & (Proposal.status == Status.DRAFT.value)
    _empty_proposals(drafts)
    _set(Proposal, drafts, {"status": Status.WITHDRAWN.value})


def _empty_proposals(which: ColumnElement[bool]) -> None:
    pictures = select(Proposal.image_id).where(which, Proposal.image_id.is_not(None))
    numbers = [number for number in db.session.scalars(pictures) if number is not None]
    emptied = {"title": gone_title(), "text": gone_text(), "image_id": None, "image_alt": ""}
    _set(Proposal, which, emptied)
    _drop_files(numbers)


def _set(kind: type[Model], which: ColumnElement[bool], values: dict[str, Any]) -> None:
    rows_touched(update(kind).where(which).values(values))


def _drop_files(numbers: list[int]) -> None:
    """Delete these files, unless something else still shows them."""
    keys = [
        key.parent
        for table in Model.metadata.sorted_tables
        for key in table.foreign_keys
        if key.target_fullname == "files.id"
    ]
    used = {n for key in keys for n in db.session.scalars(select(key).where(key.in_(numbers)))}
    files = Model.metadata.tables["files"]
    gone = [number for number in numbers if number not in used]
    db.session.execute(files.delete().where(files.c.id.in_(gone)))


def _forget_labels(person: Resident, names: Names | None) -> None:
    """The ledger's lines forget the titles they quote; where `names` is given, those with them."""
    proposals = select(Proposal.id).where(Proposal.author_id == person.id)
    projects = select(Project.id).where(Project.proposal_id.in_(proposals))
    debates = select(Debate.id).where(Debate.author_id == person.id)
    own = {Proposal: proposals, Project: projects, Debate: debates}
    about = or_(
        *(
            (Entry.subject_type == kind.__tablename__) & Entry.subject_id.in_(ids)
            for kind, ids in own.items()
        )
    )
    labels = db.session.execute(
        select(Entry.id, Entry.subject_label).where(about, Entry.subject_label.is_not(None))
    ).all()
    forgotten = [row.id for row in labels if names is None or names.are_in(row.subject_label or "")]
    _set(Entry, Entry.id.in_(forgotten), {"subject_label": None})
