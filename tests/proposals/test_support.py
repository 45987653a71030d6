"""Standing behind a proposal, once."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.core.db import db
from app.core.errors import Forbidden
from app.ledger.acts import Act
from app.proposals import services
from app.proposals.models import Proposal, Status, Support
from tests.at_once import refused_at_once
from tests.factories import make_body, make_proposal, make_resident
from tests.proposals.support import author_of, count, set_rule
from tests.support import Ledger, told


def test_a_support_counts_for_the_proposal_s_comite(ledger: Ledger) -> None:
    comite = make_body()
    proposal, resident = make_proposal(body_id=comite.id), make_resident()

    services.support(proposal, resident)

    entry = ledger.entries()[0]
    assert proposal.support_count == 1
    assert (entry.act, entry.body_id) == (Act.PROPOSAL_SUPPORTED, comite.id)
    assert entry.participation_key == resident.participation_key


def test_a_second_support_is_refused_and_leaves_no_trace(ledger: Ledger) -> None:
    proposal, resident = make_proposal(), make_resident()
    services.support(proposal, resident)

    with pytest.raises(services.AlreadySupported):
        services.support(proposal, resident)

    assert ledger.acts() == [Act.PROPOSAL_SUPPORTED]
    assert proposal.support_count == count(Support) == 1


@pytest.mark.parametrize("status", [status for status in Status if status != Status.GATHERING])
def test_only_an_open_proposal_takes_supports(ledger: Ledger, status: Status) -> None:
    proposal = make_proposal(status=status.value)

    with pytest.raises(Forbidden):
        services.support(proposal, make_resident())

    assert ledger.acts() == [] and count(Support) == 0


def test_neither_the_author_nor_someone_not_confirmed_supports(ledger: Ledger) -> None:
    proposal = make_proposal()

    with pytest.raises(Forbidden):
        services.support(proposal, author_of(proposal))
    with pytest.raises(Forbidden, match="Confirmez"):
        services.support(proposal, make_resident(email_confirmed_at=None))

    assert ledger.acts() == [] and proposal.support_count == 0


def test_a_support_taken_back_no_longer_counts_and_may_be_given_again(ledger: Ledger) -> None:
    proposal, resident = make_proposal(), make_resident()
    services.support(proposal, resident)

    services.withdraw_support(proposal, resident)
    services.support(proposal, resident)
    services.withdraw_support(proposal, resident)

    given, void, again, void_again = ledger.entries()
    assert proposal.support_count == count(Support) == 0
    assert (void.voids_id, void_again.voids_id) == (given.id, again.id)
    assert void.reason


def test_a_support_never_given_is_not_taken_back(ledger: Ledger) -> None:
    proposal = make_proposal()

    with pytest.raises(Forbidden):
        services.withdraw_support(proposal, make_resident())

    assert ledger.acts() == [] and proposal.support_count == 0


def test_enough_supports_are_told_once(app: Flask, director: Resident) -> None:
    set_rule("supports_needed", 2)
    proposal, last = make_proposal(), make_resident()
    services.support(proposal, make_resident())

    services.support(proposal, last)
    services.withdraw_support(proposal, last)
    services.support(proposal, last)
    services.support(proposal, make_resident())

    assert len(told(author_of(proposal))) == len(told(director)) == 1


def _support(proposal_id: int, resident_id: int) -> Callable[[], object]:
    return lambda: services.support(
        db.session.get_one(Proposal, proposal_id), db.session.get_one(Resident, resident_id)
    )


def test_fifty_people_at_once_give_fifty_supports(app: Flask, ledger: Ledger) -> None:
    set_rule("supports_needed", 30)
    proposal = make_proposal()
    people = [make_resident().id for _ in range(50)]
    db.session.rollback()

    refusals = refused_at_once(app, [_support(proposal.id, person) for person in people])

    assert refusals == []
    assert proposal.support_count == count(Support) == len(ledger.entries()) == 50
    assert len(told(author_of(proposal))) == 1


def test_the_same_person_fifty_times_at_once_gives_one_support(app: Flask, ledger: Ledger) -> None:
    proposal, resident = make_proposal(), make_resident()
    job = _support(proposal.id, resident.id)
    db.session.rollback()

    refusals = refused_at_once(app, [job] * 50)

    assert refusals == [services.AlreadySupported] * 49
    assert proposal.support_count == count(Support) == len(ledger.entries()) == 1
