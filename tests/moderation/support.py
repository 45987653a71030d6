"""People and contents at each point of their way through moderation, by its own services."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Resident
from app.audit.models import AuditEntry
from app.bodies.models import Body
from app.core.db import db
from app.core.rights import Role
from app.moderation import cases, reports
from app.moderation.cases import Choice
from app.moderation.kinds import BY_TABLE, Content
from app.moderation.models import HIDDEN, Case, Ruling
from app.moderation.opening import case_of
from app.proposals import comments
from app.proposals.models import Comment, Debate, Proposal
from tests.factories import make_proposal, make_resident, make_with_role

WORDS = "Ornithorynque"
"""A word that nothing else says: where it shows, the content does."""


def new_account(**fields: Any) -> Resident:
    """Someone whom nobody at the centre has seen yet, with nothing admitted."""
    return make_resident("Nouvelle", admitted_posts=0, **fields)


def moderator(**fields: Any) -> Resident:
    return make_with_role(Role.DESK, given_name="Modeste", **fields)


def referent(body: Body) -> Resident:
    return make_with_role(Role.REFERENT, body=body)


def said(about: Proposal | Debate | None = None, author: Resident | None = None) -> Comment:
    return comments.comment(about or make_proposal(), author or make_resident(), WORDS)


def case_about(content: Content) -> Case:
    """The case of a content, which has one, as it is now."""
    found = case_of(BY_TABLE[content.__tablename__], content.id)
    assert found is not None
    db.session.refresh(found)
    return found


def reported(
    content: Content | None = None, by: Resident | None = None, rule: str = "respect"
) -> Case:
    content = content or said()
    kind = BY_TABLE[content.__tablename__]
    return reports.report(by or make_resident(), kind, content, rule, "C’est blessant.")


def hidden(content: Content | None = None, by: Resident | None = None) -> Case:
    """A case whose content someone reported and a moderator hid."""
    case = reported(content)
    cases.decide(case, by or moderator(), case.version, Choice(HIDDEN, "respect", "Trop dur."))
    return case


def decide(
    case: Case,
    by: Resident,
    outcome: str,
    *,
    rule: str | None = None,
    words: str = "",
    texts: dict[str, str] | None = None,
) -> Ruling:
    """Of a case as it is now."""
    return cases.decide(case, by, case.version, Choice(outcome, rule, words, texts or {}))


def audited() -> list[AuditEntry]:
    """What the audit log holds of moderation."""
    acts = AuditEntry.act.like("content:%") | AuditEntry.act.in_(
        ("ruling:undone", "sanction:given", "sanction:lifted")
    )
    return list(db.session.scalars(select(AuditEntry).where(acts).order_by(AuditEntry.id)))
