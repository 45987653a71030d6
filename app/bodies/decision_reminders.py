"""Reminding those who answer for decisions: before the deadline, and once when it has passed.

A duty taken on, so that no wish about mails of votes silences it: the mail says how to hand the
decision back. Once it is done, refused or given to someone else, nothing more is sent.
"""

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.decision_models import Decision
from app.bodies.decision_owners import SOON, address
from app.bodies.labels import FINISHED
from app.core.clock import today
from app.core.db import atomic, db
from app.core.i18n import _
from app.core.typography import date_fr
from app.notifications.services import notify


@atomic
def remind_owners() -> int:
    """Tell each person 14 days before a deadline, and once it has passed; how many decisions.

    Once each for one deadline: under the lock of the rows, two workers tell no more than one.
    """
    day = today()
    soon = (Decision.due_on >= day) & Decision.told_soon_for.is_distinct_from(Decision.due_on)
    late = (Decision.due_on < day) & Decision.told_late_for.is_distinct_from(Decision.due_on)
    waiting = (
        select(Decision)
        .where(Decision.due_on <= day + SOON, Decision.outcome.not_in(FINISHED), soon | late)
        .where(Decision.owner_id.is_not(None))
        .order_by(Decision.id)
        .with_for_update()
    )
    found = db.session.scalars(waiting).all()
    owners = select(Resident).where(Resident.id.in_({one.owner_id for one in found}))
    people = {person.id: person for person in db.session.scalars(owners)} if found else {}
    for decision in found:
        _remind(decision, people[decision.owner_id or 0])
    return len(found)


def _remind(decision: Decision, owner: Resident) -> None:
    assert decision.due_on is not None
    decision.told_soon_for = decision.due_on
    words = _(
        "La décision n° %(number)s est à faire avant le %(day)s : %(title)s",
        number=decision.number,
        day=date_fr(decision.due_on),
        title=decision.title,
    )
    if decision.due_on < today():
        decision.told_late_for = decision.due_on
        words = _(
            "La décision n° %(number)s était à faire avant le %(day)s : %(title)s",
            number=decision.number,
            day=date_fr(decision.due_on),
            title=decision.title,
        )
    said = _(
        "Dites sur sa page où elle en est, en une phrase. Vous n’y arrivez pas à temps, ou vous ne "
        "pouvez plus vous en occuper ? Dites-le aussi : on changera la date ou le responsable."
    )
    notify(owner, words, address(decision), body=said)
