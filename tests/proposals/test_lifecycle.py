"""What becomes of a proposal, and who is told."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.rights import Role
from app.core.search import SearchDocument
from app.ledger.acts import Act
from app.proposals import lifecycle, services
from app.proposals.models import ProposalStep, Status, Support
from app.proposals.moves import WrongMoment
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.proposals.support import author_of, count, drafted, waiting
from tests.support import Ledger, told


def test_an_author_sends_a_draft_and_the_deciders_hear_of_it(
    ledger: Ledger, director: Resident
) -> None:
    comite = make_body()
    referent = make_with_role(Role.REFERENT, body=comite)
    elsewhere = make_with_role(Role.REFERENT, body=make_body())
    proposal = drafted(body_id=comite.id)

    lifecycle.submit(proposal, author_of(proposal))

    assert proposal.status == Status.SUBMITTED
    assert ledger.acts() == [Act.PROPOSAL_SUBMITTED]
    assert len(told(referent)) == len(told(director)) == 1
    assert told(elsewhere) == []


def test_someone_not_confirmed_keeps_a_draft_and_sends_nothing(ledger: Ledger) -> None:
    author = make_resident(email_confirmed_at=None)
    proposal = drafted(author)

    with pytest.raises(Forbidden, match="Confirmez"):
        lifecycle.submit(proposal, author)

    assert proposal.status == Status.DRAFT
    assert ledger.acts() == []


def test_an_admitted_proposal_counts_as_its_author_s_contribution_to_the_comite(
    ledger: Ledger,
) -> None:
    comite = make_body()
    referent = make_with_role(Role.REFERENT, body=comite)
    proposal = waiting(body_id=comite.id, title="Un jardin partagé")

    lifecycle.admit(proposal, referent)

    entry = ledger.entries(Act.PROPOSAL_ADMITTED)[0]
    assert proposal.is_public and proposal.is_open_to_support
    assert entry.participation_key == author_of(proposal).participation_key
    assert entry.entered_by_key == referent.participation_key
    assert (entry.body_id, entry.body_kind) == (comite.id, "comite")
    assert told(author_of(proposal)) == [
        "« Un jardin partagé » est publiée : elle cherche des soutiens."
    ]
    assert db.session.scalar(select(SearchDocument.subject_id)) == proposal.id


def test_the_referent_of_another_comite_decides_nothing(ledger: Ledger) -> None:
    stranger = make_with_role(Role.REFERENT, body=make_body())
    proposal = waiting(body_id=make_body().id)

    acts: tuple[Callable[[], None], ...] = (
        lambda: lifecycle.admit(proposal, stranger),
        lambda: lifecycle.refuse(proposal, stranger, "non"),
        lambda: lifecycle.merge(proposal, make_proposal(), stranger, "non"),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()

    assert proposal.status == Status.SUBMITTED
    assert ledger.acts() == [] and count(ProposalStep) == 0


def test_a_refusal_needs_a_reason_and_the_author_reads_it(
    ledger: Ledger, director: Resident
) -> None:
    proposal = waiting()

    with pytest.raises(Invalid):
        lifecycle.refuse(proposal, director, "  ")

    assert ledger.acts() == []

    lifecycle.refuse(proposal, director, "La Ville le prévoit déjà.")

    step = db.session.scalars(select(ProposalStep)).one()
    assert (step.reason, step.by_id) == ("La Ville le prévoit déjà.", director.id)
    assert ledger.acts() == [Act.PROPOSAL_REFUSED]
    assert proposal.is_public and len(told(author_of(proposal))) == 1


def test_a_refusal_may_stay_between_the_author_and_the_team(director: Resident) -> None:
    proposal = waiting()

    lifecycle.refuse(proposal, director, "Des propos blessants.", shown=False)

    assert proposal.status == Status.REFUSED and not proposal.is_public
    assert count(SearchDocument) == 0


def test_a_merge_carries_each_supporter_once(ledger: Ledger, director: Resident) -> None:
    one, both, target_author = make_resident(), make_resident(), make_resident()
    proposal, target = make_proposal(), make_proposal(target_author)
    for resident, supported in ((one, proposal), (both, proposal), (both, target)):
        services.support(supported, resident)
    services.support(proposal, target_author)

    lifecycle.merge(proposal, target, director, "La même idée.")

    kept = db.session.scalars(select(Support.resident_id).filter_by(proposal_id=target.id))
    assert set(kept) == {one.id, both.id}
    assert target.support_count == 2
    assert (proposal.status, proposal.merged_into_id) == (Status.MERGED, target.id)
    assert ledger.acts()[-1] == Act.PROPOSAL_MERGED
    assert len(told(one)) == 1


def test_a_proposal_is_not_merged_into_itself_or_into_a_closed_one(
    ledger: Ledger, director: Resident
) -> None:
    proposal, adopted = make_proposal(), make_proposal(status=Status.ADOPTED.value)

    for target in (proposal, adopted):
        with pytest.raises(Invalid):
            lifecycle.merge(proposal, target, director, "La même idée.")

    assert proposal.status == Status.GATHERING and ledger.acts() == []


def test_a_vote_takes_a_proposal_gives_it_back_and_settles_it(
    ledger: Ledger, director: Resident
) -> None:
    proposal, supporter = make_proposal(), make_resident()
    services.support(proposal, supporter)

    lifecycle.put_to_vote(proposal, director)
    lifecycle.back_from_vote(proposal, director, "Le vote est reporté.")
    lifecycle.put_to_vote(proposal, director, "C’est urgent.")
    lifecycle.settle_vote(proposal, True, "14 pour, 2 contre.")

    assert proposal.status == Status.ADOPTED
    assert ledger.acts()[1:] == [
        Act.PROPOSAL_PUT_TO_VOTE, Act.PROPOSAL_PUT_TO_VOTE, Act.PROPOSAL_ADOPTED,
    ]  # fmt: skip
    assert ledger.entries(Act.PROPOSAL_ADOPTED)[0].participation_key is None
    assert len(told(supporter)) == len(told(author_of(proposal))) == 4


def test_a_vote_that_says_no_is_told_too(ledger: Ledger) -> None:
    proposal = make_proposal(status=Status.VOTING.value)

    lifecycle.settle_vote(proposal, False, "3 pour, 20 contre.")

    assert proposal.status == Status.NOT_ADOPTED
    assert ledger.acts() == [Act.PROPOSAL_NOT_ADOPTED]


def test_what_is_adopted_no_longer_goes_to_a_vote(ledger: Ledger, director: Resident) -> None:
    proposal = make_proposal(status=Status.ADOPTED.value)

    with pytest.raises(WrongMoment):
        lifecycle.put_to_vote(proposal, director)

    assert ledger.acts() == [] and told(author_of(proposal)) == []


def test_an_author_withdraws_and_supporters_learn_why(ledger: Ledger) -> None:
    proposal, supporter = make_proposal(), make_resident()
    services.support(proposal, supporter)

    lifecycle.withdraw(proposal, author_of(proposal), "Je déménage.")

    assert proposal.status == Status.WITHDRAWN
    assert ledger.acts()[-1] == Act.PROPOSAL_WITHDRAWN
    assert told(supporter) and told(author_of(proposal)) == []


def test_nobody_withdraws_another_s_proposal_nor_during_a_vote(
    ledger: Ledger, director: Resident
) -> None:
    proposal, voted = make_proposal(), make_proposal(status=Status.VOTING.value)

    with pytest.raises(Forbidden):
        lifecycle.withdraw(proposal, director)
    with pytest.raises(Forbidden):
        lifecycle.withdraw(voted, author_of(voted))

    assert ledger.acts() == []


def test_a_withdrawn_draft_never_becomes_public(app: Flask) -> None:
    proposal = drafted()

    lifecycle.withdraw(proposal, author_of(proposal))

    assert not proposal.is_public
