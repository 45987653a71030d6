"""Two people report, two moderators decide, at the same moment, in real threads."""

from functools import partial

from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.db import db
from app.indicators.audits import audit
from app.ledger.acts import Act
from app.moderation import cases, reports
from app.moderation.cases import AlreadyDecided, Choice
from app.moderation.kinds import KINDS
from app.moderation.models import HIDDEN, KEPT, Case, Report, Ruling
from app.moderation.reports import AlreadyReported
from app.proposals.models import Comment, Proposal
from tests.at_once import refused_at_once
from tests.factories import make_proposal, make_resident
from tests.moderation.support import case_about, moderator, new_account, reported, said
from tests.support import Ledger

HANDS = 6


def count(model: type[Case] | type[Report] | type[Ruling]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def _report(person_id: int, comment_id: int) -> None:
    person = db.session.get_one(Resident, person_id)
    reports.report(person, KINDS["commentaire"], db.session.get_one(Comment, comment_id), "respect")


def _decide(by_id: int, case_id: int, version: int, outcome: str) -> None:
    by, case = db.session.get_one(Resident, by_id), db.session.get_one(Case, case_id)
    cases.decide(case, by, version, Choice(outcome, "respect"))


def test_people_who_report_together_share_one_case(app: Flask) -> None:
    comment_id = said().id
    people = [make_resident().id for _number in range(HANDS)]

    works = [partial(_report, one, comment_id) for one in people]

    assert refused_at_once(app, works) == []
    assert (count(Case), count(Report)) == (1, HANDS)
    assert db.session.scalar(select(Case.confirmed_reports)) == HANDS


def test_one_person_clicking_everywhere_reports_once(app: Flask) -> None:
    comment_id, person_id = said().id, make_resident().id
    reported(db.session.get_one(Comment, comment_id))

    refused = refused_at_once(app, [partial(_report, person_id, comment_id)] * HANDS)

    assert refused == [AlreadyReported] * (HANDS - 1)
    assert count(Report) == 2


def test_of_moderators_deciding_together_one_decides(app: Flask, ledger: Ledger) -> None:
    one = said()
    case = reported(one)
    case_id, version, proposal_id = case.id, case.version, one.proposal_id
    people = [moderator().id for _number in range(4)]
    outcomes = (HIDDEN, KEPT, HIDDEN, KEPT)

    works = [
        partial(_decide, by, case_id, version, outcome)
        for by, outcome in zip(people, outcomes, strict=True)
    ]

    assert refused_at_once(app, works) == [AlreadyDecided] * 3
    assert count(Ruling) == 1
    shown = db.session.get_one(Comment, case_about_comment()).is_shown
    proposal = db.session.get_one(Proposal, proposal_id)
    assert proposal.comment_count == int(shown)
    assert audit().differences == ()


def test_a_held_word_admitted_by_two_hands_counts_once(app: Flask, ledger: Ledger) -> None:
    proposal_id = make_proposal().id
    one = said(db.session.get_one(Proposal, proposal_id), new_account())
    case = case_about(one)
    case_id, version = case.id, case.version
    people = [moderator().id for _number in range(4)]

    refused_at_once(app, [partial(_decide, by, case_id, version, KEPT) for by in people])

    assert len(ledger.entries(Act.COMMENT_POSTED)) == 1
    assert db.session.get_one(Proposal, proposal_id).comment_count == 1


def case_about_comment() -> int:
    """The number of the one comment there is a case about."""
    return db.session.scalars(select(Case.subject_id)).one()
