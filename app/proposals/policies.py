"""Who may see, write, support, comment and decide."""

from typing import Protocol

from app.accounts.models import Resident
from app.bodies.models import Body
from app.core.rights import Right
from app.proposals.models import Comment, Debate, Project, Status
from app.proposals.workflow import CLOSED_TO_COMMENTS, may_follow


class Seen(Protocol):
    """What the rules look at in a proposal, or in the row a page read of it."""

    @property
    def author_id(self) -> int | None: ...
    @property
    def body_id(self) -> int | None: ...
    @property
    def body_theme(self) -> str | None: ...
    @property
    def status(self) -> str: ...
    @property
    def is_public(self) -> bool: ...
    @property
    def is_shown(self) -> bool: ...


class Written(Protocol):
    """What the rules look at in anything people write."""

    @property
    def author_id(self) -> int | None: ...
    @property
    def is_shown(self) -> bool: ...


def can_decide(person: Resident | None, proposal: Seen) -> bool:
    """The référent of the proposal's body, the director and the administrator."""
    return person is not None and person.may(Right.DECIDE_PROPOSALS, body_id=proposal.body_id)


def can_back(person: Resident, proposal: Seen) -> bool:
    """The team, and the référent of the proposal's body."""
    return person.may(Right.RUN_PROGRAMME) or can_decide(person, proposal)


def can_back_some(person: Resident) -> bool:
    """Someone who notes what some projects are given, at least."""
    return person.may(Right.RUN_PROGRAMME) or can_review(person)


def can_review(person: Resident) -> bool:
    """Someone who decides of some proposals at least."""
    return person.may_somewhere(Right.DECIDE_PROPOSALS)


def moderates(person: Resident | None, body_id: int | None) -> bool:
    """Whether someone may read there what waits or is hidden."""
    return person is not None and person.may(Right.MODERATE, body_id=body_id)


def can_read(person: Resident | None, written: Written, body_id: int | None) -> bool:
    """Everyone what shows; what waits or is hidden, its author and those who moderate there."""
    if written.is_shown or moderates(person, body_id):
        return True
    return person is not None and written.author_id == person.id


def is_author(person: Resident | None, proposal: Seen) -> bool:
    return person is not None and proposal.author_id == person.id


def can_see(person: Resident | None, proposal: Seen) -> bool:
    """Everyone once published; before, the author, and those who decide once it is sent.

    Hidden by a moderator, its author and those who moderate there.
    """
    if proposal.is_public or is_author(person, proposal):
        return can_read(person, proposal, proposal.body_id)
    return proposal.status != Status.DRAFT and can_decide(person, proposal)


def can_edit(person: Resident | None, proposal: Seen) -> bool:
    """The author, while it is a draft."""
    return is_author(person, proposal) and proposal.status == Status.DRAFT


def can_submit(person: Resident | None, proposal: Seen) -> bool:
    """The author of a draft, once they may take part and write."""
    return _may_write(person, proposal) and can_edit(person, proposal)


def can_withdraw(person: Resident | None, proposal: Seen) -> bool:
    """The author, until the vote."""
    return is_author(person, proposal) and may_follow(proposal.status, Status.WITHDRAWN)


def can_support(person: Resident | None, proposal: Seen) -> bool:
    """Whoever takes part may support someone else's proposal while it gathers supports."""
    return (
        _takes_part(person, proposal)
        and not is_author(person, proposal)
        and proposal.status == Status.GATHERING
        and proposal.is_shown
    )


def can_comment(person: Resident | None, proposal: Seen) -> bool:
    """Whoever takes part and sees it, while it is alive."""
    return (
        _may_write(person, proposal)
        and can_see(person, proposal)
        and proposal.is_shown
        and proposal.status not in CLOSED_TO_COMMENTS
    )


def can_delete_comment(person: Resident | None, comment: Comment) -> bool:
    """Its author, once."""
    return person is not None and comment.author_id == person.id and comment.deleted_at is None


def can_take_role(person: Resident | None, project: Project) -> bool:
    """Whoever takes part, while the project is being done."""
    return _takes_part(person, project.proposal) and project.realised_at is None


def can_open_debate(person: Resident | None, body: Body, is_member: bool) -> bool:
    """A member of an open comité who takes part, its référents and the direction."""
    if person is None or body.closed_on is not None:
        return False
    may = person.may(Right.MANAGE_BODY, body_id=body.id)
    return may or (is_member and person.takes_part_in(body.theme) and not person.is_silenced)


def can_comment_debate(person: Resident | None, debate: Debate) -> bool:
    """Whoever takes part, until it is closed."""
    if person is None or person.is_silenced or not person.takes_part_in(debate.body.theme):
        return False
    return debate.is_shown and debate.closed_at is None


def _takes_part(person: Resident | None, proposal: Seen) -> bool:
    return person is not None and person.takes_part_in(proposal.body_theme)


def _may_write(person: Resident | None, proposal: Seen) -> bool:
    return person is not None and not person.is_silenced and _takes_part(person, proposal)


def can_close_debate(person: Resident | None, debate: Debate) -> bool:
    """The référent of its body, or the direction."""
    may = person is not None and person.may(Right.MANAGE_BODY, body_id=debate.body_id)
    return may and debate.closed_at is None
