"""Someone missing from a roll says so, once, and is answered."""

from datetime import timedelta
from typing import Any

import pytest

from app.audit.acts import AuditAct
from app.audit.models import AuditEntry
from app.bodies.models import Membership
from app.core import clock
from app.core.clock import now, today
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.voting import claims
from app.voting.casting import is_on_roll
from app.voting.events import Kind, faults
from app.voting.models import Poll, PollEvent
from app.voting.roll_models import RollClaim
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Visitor, told
from tests.voting.polls import after, make_poll, make_voters, yes
from tests.voting.rolls import keep

pytestmark = pytest.mark.usefixtures("app")


def make_challenged(**fields: Any) -> Poll:
    """An open poll of a week whose roll is challenged for two days."""
    fields.setdefault("closes_at", now() + timedelta(days=7))
    return make_poll(claims_days=2, **fields)


def acts() -> list[str]:
    acts = [AuditAct.CLAIM_ANSWERED.value]
    noted = db.session.query(AuditEntry).filter(AuditEntry.act.in_(acts)).order_by(AuditEntry.id)
    return [row.act for row in noted]


def test_someone_forgotten_asks_is_added_and_votes() -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    make_voters(2)
    poll = make_challenged(by=director)
    late = make_resident()

    claim = claims.ask(poll, late, "J’habite ici depuis dix ans.")
    claims.accept(director, poll, claim)
    yes(poll, late)

    assert (poll.roll_size, claim.outcome) == (3, "accepted")
    assert any("demande à voter" in text for text in told(director))
    assert any("Vous pouvez voter" in text for text in told(late))
    assert acts() == ["claim:answered"]
    kinds = [event.kind for event in db.session.query(PollEvent).order_by(PollEvent.number)]
    assert kinds[-1] == Kind.ROLL_CHANGED
    assert list(faults(poll)) == []


def test_a_refusal_says_why_and_adds_nobody() -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    make_voters(1)
    poll = make_challenged(by=director)
    late = make_resident()
    claim = claims.ask(poll, late, "Je veux voter.")

    with pytest.raises(Invalid):
        claims.refuse(director, poll, claim, "  ")
    claims.refuse(director, poll, claim, "Vous habitez une autre commune.")

    assert (claim.outcome, claim.answer) == ("refused", "Vous habitez une autre commune.")
    assert not is_on_roll(poll.id, late.id)
    with pytest.raises(Conflict):
        claims.accept(director, poll, claim)
    assert (poll.roll_size, is_on_roll(poll.id, late.id)) == (1, False)


def test_one_asks_once() -> None:
    make_voters(1)
    poll = make_challenged()
    late = make_resident()
    claims.ask(poll, late, "Je suis d’ici.")

    with pytest.raises(Conflict):
        claims.ask(poll, late, "Encore moi.")

    assert db.session.query(RollClaim).count() == 1


def test_nobody_asks_after_the_days_of_challenge_nor_where_there_are_none() -> None:
    voter = make_resident()
    plain, poll = make_poll(), make_challenged()
    late = make_resident()

    for person, asked in ((late, plain), (voter, poll)):
        with pytest.raises(Forbidden):
            claims.ask(asked, person, "Je suis d’ici.")
    assert poll.claims_until is not None
    with clock.at(poll.claims_until), pytest.raises(Forbidden):
        claims.ask(poll, late, "Je suis d’ici.")

    assert db.session.query(RollClaim).count() == 0


def test_only_whoever_runs_the_poll_answers_and_only_while_it_is_open() -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    body, other = make_body(), make_body()
    referent = make_with_role(Role.REFERENT, body=body)
    stranger = make_with_role(Role.REFERENT, body=other)
    desk = make_with_role(Role.DESK, standing="team")
    keep(Membership(body_id=body.id, resident_id=referent.id))
    poll = make_challenged(by=director, body_id=body.id)
    late = make_resident()
    claim = claims.ask(poll, late, "Je suis du comité.")

    for person in (stranger, desk, late):
        with pytest.raises(Forbidden):
            claims.accept(person, poll, claim)
    with after(poll), pytest.raises(Forbidden):
        claims.accept(referent, poll, claim)
    assert (claim.outcome, acts()) == (None, [])
    claims.accept(referent, poll, claim)

    assert is_on_roll(poll.id, late.id)


def test_a_child_is_not_added_to_a_poll_of_adults() -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    make_voters(1)
    poll = make_challenged(by=director)
    child = make_resident(year_of_birth=today().year - 9)
    claim = claims.ask(poll, child, "Moi aussi.")

    with pytest.raises(Invalid):
        claims.accept(director, poll, claim)

    assert (claim.outcome, is_on_roll(poll.id, child.id)) == (None, False)


def test_the_page_says_why_and_carries_the_request_and_its_answer(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    make_voters(1)
    poll = make_challenged(by=director)
    late = make_resident("Nadia", registered_at=now() + timedelta(seconds=1))
    address = f"/scrutins/{poll.id}"
    client.sign_in(late)

    page = client.get(address).text
    empty = client.send(f"{address}/demande", {"reason": " "})
    sent = client.send(f"{address}/demande", {"reason": "J’habite ici."})
    waiting = client.get(address).text
    asked_before = client.get(f"{address}/demande")
    forbidden = client.get(f"{address}/demandes")
    client.sign_in(director)
    listed = client.get(f"{address}/demandes").text
    claim = db.session.query(RollClaim).one()
    client.send(f"{address}/demandes/{claim.id}/accepter")
    again = client.send(f"{address}/demandes/{claim.id}/refuser", {"answer": "Trop tard."})
    client.sign_in(late)

    assert "Vous vous êtes inscrit après" in page and "Demander à voter" in page
    assert (empty.status_code, sent.status_code, forbidden.status_code) == (422, 302, 403)
    assert "Elle attend une réponse" in waiting
    assert asked_before.location == address
    assert "J’habite ici." in listed and "Nadia" in listed
    assert again.status_code == 409
    assert "/voter" in client.get(address).text


def test_a_claim_is_read_through_its_own_poll_alone(client: Visitor) -> None:
    body = make_body()
    referent = make_with_role(Role.REFERENT, body=body)
    member = make_resident()
    keep(Membership(body_id=body.id, resident_id=member.id))
    theirs, other = make_challenged(), make_challenged(by=referent, body_id=body.id)
    asked = claims.ask(theirs, make_resident("Nadia"), "Une raison que peu liront.")
    client.sign_in(referent)
    address = f"/scrutins/{other.id}/demandes/{asked.id}"

    read = client.get(f"{address}/refuser")
    answers = [client.send(f"{address}/refuser", {"answer": "Non."})]
    answers.append(client.send(f"{address}/accepter"))

    assert read.status_code == 404 and "Nadia" not in read.text
    assert {answer.status_code for answer in answers} == {404}
    assert (asked.outcome, acts()) == (None, [])
