"""Who answers for a decision is reminded before its deadline, then once when it has passed."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.decision_jobs import tend_decisions
from app.bodies.decision_models import Decision
from app.bodies.decision_owners import change_deadline, give_to
from app.bodies.decision_services import follow_decision
from app.core.clock import at
from app.core.db import db
from app.core.mail import OutboxMail
from tests.at_once import all_at_once
from tests.bodies.factories import make_conseil, make_decision, make_director, make_held, make_seat
from tests.factories import make_resident
from tests.support import told

DUE = date(2026, 6, 1)
DECIDED = datetime(2026, 3, 13, 9, tzinfo=UTC)


def day(month: int, number: int) -> datetime:
    """In the middle of a day of 2026."""
    return datetime(2026, month, number, 10, tzinfo=UTC)


@pytest.fixture
def awa(app: Flask) -> Resident:
    return make_resident("Awa", email="awa@example.org", email_confirmed_at=day(1, 1))


@pytest.fixture
def decision(awa: Resident) -> Decision:
    body, director = make_conseil(), make_director()
    made = make_decision(make_held(body, director), director, outcome="adopte", due_on=DUE)
    with at(DECIDED):
        make_seat(body, awa, director=director)
        give_to(director, made, awa)
    return made


def reminders(resident: Resident) -> list[str]:
    """What was told of a deadline, in order."""
    return [words.replace("\xa0", " ") for words in told(resident) if "à faire avant" in words]


def rounds(*moments: datetime) -> list[int]:
    """The hourly job, run twice at each of these moments."""
    found = []
    for moment in moments:
        with at(moment):
            found += [tend_decisions.call_local(), tend_decisions.call_local()]
    return found


def test_each_reminder_is_sent_once_fourteen_days_before_and_when_late(
    awa: Resident, decision: Decision
) -> None:
    sent = rounds(day(5, 17), day(5, 18), day(5, 30), day(6, 1), day(6, 2), day(7, 9))

    assert sent == [0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    soon, late = reminders(awa)
    assert soon.startswith(f"La décision n° {decision.number} est à faire avant le 1er juin")
    assert late.startswith(f"La décision n° {decision.number} était à faire avant le 1er juin")
    mails = [mail for mail in db.session.scalars(select(OutboxMail)) if "à faire" in mail.subject]
    assert len(mails) == 2
    assert f"/conseil/decisions/{decision.number}" in mails[0].text


def test_a_decision_that_is_done_or_refused_reminds_nobody(
    awa: Resident, decision: Decision
) -> None:
    with at(day(5, 2)):
        follow_decision(awa, decision, outcome="realise", note="Fait.")

    assert rounds(day(5, 20), day(6, 5)) == [0, 0, 0, 0]
    assert reminders(awa) == []


def test_a_new_deadline_is_told_anew_but_not_within_the_hour(
    awa: Resident, decision: Decision
) -> None:
    rounds(day(5, 20))
    with at(day(5, 21)):
        change_deadline(make_director(), decision, date(2026, 9, 1), "Le devis tarde.")

    assert rounds(day(6, 5), day(8, 20), day(9, 2)) == [0, 0, 1, 0, 1, 0]
    with at(day(9, 3)):
        change_deadline(make_director(), decision, date(2026, 9, 10), "Une semaine encore.")
    assert rounds(day(9, 3), day(9, 11)) == [0, 0, 1, 0]


def test_whoever_takes_it_over_late_is_told_by_being_named(
    awa: Resident, decision: Decision
) -> None:
    rounds(day(6, 2))
    body, director, other = decision.body, make_director(), make_resident("Binta")
    with at(day(6, 3)):
        make_seat(body, other, director=director)
        give_to(director, decision, other)

    assert rounds(day(6, 4)) == [0, 0]
    assert len([words for words in told(other) if "compte sur vous" in words]) == 1


def test_words_for_someone_outside_remind_nobody(app: Flask) -> None:
    make_decision(make_held(make_conseil()), due_on=DUE, owner="Le bailleur")

    assert rounds(day(5, 20), day(6, 5)) == [0, 0, 0, 0]


def test_two_workers_at_once_remind_once(app: Flask, awa: Resident, decision: Decision) -> None:
    number = decision.id

    def work() -> object:
        with at(day(5, 20)):
            return tend_decisions.call_local()

    outcomes = all_at_once(app, [work] * 4)

    assert (outcomes.count(0), outcomes.count(1)) == (3, 1)
    assert db.session.get_one(Decision, number).told_soon_for == DUE
    assert len(reminders(awa)) == 1
