"""What can be moderated: one entry a kind of content. Another kind is another entry."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.accounts.models import Resident
from app.accounts.role_models import Grant, live_grant
from app.associations import policies as association_policies
from app.associations import visibility as associations
from app.associations.models import Association, Collectif
from app.core.clock import today
from app.core.db import db
from app.core.i18n import _, _l
from app.core.moderated import HIDDEN, SHOWN
from app.core.rights import Role
from app.entraide import policies as entraide_policies
from app.entraide import visibility as entraide
from app.entraide.models import HelpMessage, HelpNotice, HelpThread
from app.mandates import visibility as candidacies
from app.mandates.models import Candidacy
from app.proposals import policies as proposal_policies
from app.proposals import visibility as proposals
from app.proposals.models import Comment, Debate, Proposal, Status

Content = Any
"""A row of one of the models below: Moderated, and different for each kind."""


@dataclass(frozen=True)
class Kind:
    """How a kind of content is named, read, and acted upon.

    `key` names it in addresses, `texts` gives the label and the longest length of each field a
    moderator may change; `sees` says whether someone may read it while it shows; `refuses` gives
    the reason why it cannot be hidden now, if there is one; `around` loads, for many at once,
    the rows that their titles and addresses speak of. `is_private`: moderators read it in its
    case alone, and have no page where it stands.
    """

    key: str
    model: type[Any]
    label: Any
    texts: dict[str, tuple[Any, int]]
    title: Callable[[Content], str]
    url: Callable[[Content], str]
    body_id: Callable[[Content], int | None]
    author_id: Callable[[Content], int | None]
    sees: Callable[[Resident, Content], bool]
    set_visibility: Callable[[Content, Resident, str, str | None], None]
    reword: Callable[[Content, dict[str, str], str | None], None]
    refuses: Callable[[Content], str | None] = field(default=lambda content: None)
    around: Callable[[Iterable[Content]], list[Any]] = field(default=lambda contents: [])
    is_private: bool = False

    @property
    def table(self) -> str:
        name: str = self.model.__tablename__
        return name

    def words(self, content: Content) -> dict[str, str]:
        """Its texts, field by field."""
        return {name: getattr(content, name) for name in self.texts}

    def get(self, number: int) -> Content | None:
        """The row, if there is one."""
        return db.session.get(self.model, number)

    def many(self, numbers: Iterable[int]) -> dict[int, Content]:
        """The rows of these numbers; one statement."""
        found = db.session.scalars(select(self.model).where(self.model.id.in_(list(numbers))))
        return {one.id: one for one in found}


def _of_proposals(content: Content, by: Resident, to: str, rule: str | None) -> None:
    if to == SHOWN:
        proposals.show(content, by)
    elif to == HIDDEN:
        proposals.hide(content, by, rule or "")
    else:
        proposals.put_back_waiting(content, by)


def _of_associations(content: Content, _by: Resident, to: str, rule: str | None) -> None:
    if to == SHOWN:
        associations.show(content)
    else:
        associations.hide(content, rule or "")


def _of_candidacies(content: Candidacy, _by: Resident, to: str, rule: str | None) -> None:
    candidacies.set_visibility(content, to, rule)


def _of_help(content: entraide.Content, _by: Resident, to: str, rule: str | None) -> None:
    entraide.set_visibility(content, to, rule)


def _threads(messages: Iterable[HelpMessage]) -> list[Any]:
    """Two statements, however many messages."""
    threads = db.session.scalars(
        select(HelpThread).where(HelpThread.id.in_({said.thread_id for said in messages}))
    ).all()
    wanted = {thread.notice_id for thread in threads}
    return [*threads, *db.session.scalars(select(HelpNotice).where(HelpNotice.id.in_(wanted)))]


def _comment_title(said: Comment) -> str:
    return _("Sous « %(title)s »", title=proposals.subject_of(said).title)


def _comment_url(said: Comment) -> str:
    about = proposals.subject_of(said)
    room = "propositions" if isinstance(about, Proposal) else "debats"
    return f"/{room}/{about.id}#commentaire-{said.id}"


def _subjects(comments: Iterable[Comment]) -> list[Any]:
    """Two statements, however many comments: `subject_of` then finds each at hand."""
    about_proposals = {said.proposal_id for said in comments}
    about_debates = {said.debate_id for said in comments}
    return [
        *db.session.scalars(select(Proposal).where(Proposal.id.in_(about_proposals - {None}))),
        *db.session.scalars(select(Debate).where(Debate.id.in_(about_debates - {None}))),
    ]


def _sees_proposal(person: Resident, proposal: Proposal) -> bool:
    return proposal.is_public and proposal_policies.can_see(person, proposal)


def _sees_comment(person: Resident, said: Comment) -> bool:
    about = proposals.subject_of(said)
    if said.deleted_at is not None:
        return False
    if isinstance(about, Proposal):
        return proposal_policies.can_see(person, about)
    return proposal_policies.can_read(person, about, about.body_id)


def _speaks_for(association: Association) -> int | None:
    """Whoever represents it, the first named; before anyone does, whoever listed it."""
    first = (
        select(Grant.resident_id)
        .where(
            Grant.role == Role.ASSOCIATION.value,
            Grant.association_id == association.id,
            live_grant(),
        )
        .order_by(Grant.id)
        .limit(1)
    )
    return db.session.scalar(first) or association.listed_by_id


def _is_voted_upon(proposal: Proposal) -> str | None:
    if proposal.status == Status.VOTING:
        return _("Cette proposition est au vote. Annulez d’abord le vote, puis masquez-la.")
    return None


TITLE, TEXT = _l("Titre"), _l("Texte")

KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            key="proposition",
            model=Proposal,
            label=_l("Proposition"),
            texts={"title": (TITLE, 120), "text": (TEXT, 6000)},
            title=lambda proposal: proposal.title,
            url=lambda proposal: f"/propositions/{proposal.id}",
            body_id=lambda proposal: proposal.body_id,
            author_id=lambda proposal: proposal.author_id,
            sees=_sees_proposal,
            set_visibility=_of_proposals,
            reword=proposals.reword,
            refuses=_is_voted_upon,
        ),
        Kind(
            key="commentaire",
            model=Comment,
            label=_l("Commentaire"),
            texts={"text": (TEXT, 2000)},
            title=_comment_title,
            url=_comment_url,
            body_id=lambda said: proposals.subject_of(said).body_id,
            around=_subjects,
            author_id=lambda said: said.author_id,
            sees=_sees_comment,
            set_visibility=_of_proposals,
            reword=proposals.reword,
        ),
        Kind(
            key="debat",
            model=Debate,
            label=_l("Débat"),
            texts={"title": (TITLE, 120), "text": (TEXT, 6000)},
            title=lambda debate: debate.title,
            url=lambda debate: f"/debats/{debate.id}",
            body_id=lambda debate: debate.body_id,
            author_id=lambda debate: debate.author_id,
            sees=lambda person, debate: True,
            set_visibility=_of_proposals,
            reword=proposals.reword,
        ),
        Kind(
            key="association",
            model=Association,
            label=_l("Association"),
            texts={"purpose": (_l("Objet"), 600), "activities": (_l("Activités"), 4000)},
            title=lambda association: association.name,
            url=lambda association: association.path,
            body_id=lambda association: None,
            author_id=_speaks_for,
            sees=lambda person, association: (
                association.status == "approved"
                and association_policies.can_see(person, association)
            ),
            set_visibility=_of_associations,
            reword=associations.reword,
        ),
        Kind(
            key="collectif",
            model=Collectif,
            label=_l("Collectif"),
            texts={"purpose": (_l("But"), 4000)},
            title=lambda collectif: collectif.name,
            url=lambda collectif: collectif.path,
            body_id=lambda collectif: None,
            author_id=lambda collectif: collectif.referent_id,
            sees=lambda person, collectif: collectif.status == "formed",
            set_visibility=_of_associations,
            reword=associations.reword,
        ),
        Kind(
            key="candidature",
            model=Candidacy,
            label=_l("Candidature"),
            texts={"text": (TEXT, 1500)},
            title=lambda standing: _("Candidature au conseil de maison"),
            url=lambda standing: f"/conseil/appels/{standing.call_id}#candidature-{standing.id}",
            body_id=lambda standing: standing.call.body_id,
            author_id=lambda standing: standing.resident_id,
            sees=lambda person, standing: standing.withdrawn_at is None,
            set_visibility=_of_candidacies,
            reword=candidacies.reword,
        ),
        Kind(
            key="annonce",
            model=HelpNotice,
            label=_l("Annonce d’entraide"),
            texts={"title": (TITLE, 80), "text": (TEXT, 1000), "when_words": (_l("Quand"), 80)},
            title=lambda notice: notice.title,
            url=lambda notice: f"/entraide/{notice.id}",
            body_id=lambda notice: None,
            author_id=lambda notice: notice.author_id,
            sees=lambda person, notice: entraide_policies.can_see(person, notice, today()),
            set_visibility=_of_help,
            reword=entraide.reword,
        ),
        Kind(
            key="message",
            model=HelpMessage,
            label=_l("Message privé"),
            texts={"text": (TEXT, 2000)},
            title=lambda said: _(
                "Dans un échange au sujet de « %(title)s »", title=said.thread.notice.title
            ),
            url=lambda said: f"/entraide/echanges/{said.thread_id}#message-{said.id}",
            body_id=lambda said: None,
            around=_threads,
            author_id=lambda said: said.author_id,
            sees=lambda person, said: entraide_policies.takes_part(person, said.thread),
            set_visibility=_of_help,
            reword=entraide.reword,
            is_private=True,
        ),
    )
}

BY_TABLE = {kind.table: kind for kind in KINDS.values()}
