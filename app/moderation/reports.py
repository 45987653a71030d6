"""Someone says that a content breaks a rule of the house."""

from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Resident
from app.accounts.silence import check_may_write
from app.core.charter import CHARTER
from app.core.db import atomic, db, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.moderation.kinds import Content, Kind
from app.moderation.models import REPORT, Case, Report
from app.moderation.opening import opened
from app.moderation.policies import can_report

LONGEST_WORDS = 1000


class AlreadyReported(Conflict):
    """One person, one report of a content."""


def reported_at(person: Resident, kind: Kind, content: Content) -> datetime | None:
    """When someone reported a content, if they did."""
    query = (
        select(Report.reported_at)
        .join(Case, Case.id == Report.case_id)
        .where(
            Report.reporter_id == person.id,
            Case.subject_type == kind.table,
            Case.subject_id == content.id,
        )
    )
    return db.session.scalar(query)


@atomic
def report(person: Resident, kind: Kind, content: Content, rule: str, words: str = "") -> Case:
    """Put a content before the moderators; it stays in place until one of them has read it.

    A number of reports never hides anything by itself: a group could silence someone.

    Raises:
        Forbidden: one's own content, one that does not show, or someone who may not write.
        Invalid: no rule of the charter.
        AlreadyReported: a second report, even a simultaneous one.
    """
    check_may_write(person)
    author_id = kind.author_id(content)
    if not kind.sees(person, content) or not can_report(person, content, author_id):
        raise Forbidden(_("Ce contenu ne peut pas être signalé."))
    if rule not in CHARTER:
        raise Invalid(_("Choisissez la règle qui n’est pas respectée."), field="rule")
    case = opened(kind, content, REPORT)
    row = Report(
        case_id=case.id, reporter_id=person.id, rule=rule, words=words.strip()[:LONGEST_WORDS]
    )
    with unique_or(AlreadyReported(_("Vous avez déjà signalé ce contenu. Merci."))):
        db.session.add(row)
    case.confirmed_reports += person.is_confirmed
    return case
