"""From the candidates of a call to those who sit: the vote, its end, and the seats given."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.bodies import mandate_services
from app.bodies.models import Mandate
from app.core.clock import at, now, today
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.mandates import call_services, election_services
from app.mandates.models import Call
from app.voting import services as voting
from app.voting.drafting import PollDraft
from app.voting.models import Poll
from tests.factories import make_with_role
from tests.mandates.calling import hold_vote, make_call, make_candidates, make_closed
from tests.support import Ledger, Visitor


def test_the_vote_is_drafted_from_the_candidates_once(app: Flask) -> None:
    call, director, _people = make_closed("Amina", "Bilal", "Amina")

    poll = election_services.prepare_poll(director, call)

    assert poll.status == "draft"
    assert poll.typed is not None
    assert poll.typed["free_options"] == ["Amina Z.\nBilal Z.\nAmina Z. (2)"]
    assert (poll.typed["method"], poll.typed["seats"]) == (["stv"], ["2"])
    with pytest.raises(Conflict):
        election_services.prepare_poll(director, call)


def test_a_vote_waits_for_the_call_to_close_and_for_two_people(app: Flask) -> None:
    call, director = make_call()
    make_candidates(call, "Amina")
    with pytest.raises(Conflict):
        election_services.prepare_poll(director, call)
    call_services.close_call(director, call)

    with pytest.raises(Invalid):
        election_services.prepare_poll(director, call)
    with pytest.raises(Forbidden):
        election_services.prepare_poll(make_with_role(Role.DESK), call)

    assert db.session.scalar(select(func.count(Poll.id))) == 0


def test_those_elected_get_their_seats_in_one_click_and_once(ledger: Ledger) -> None:
    call, director, people = make_closed("Amina", "Bilal", "Chloé")
    poll = election_services.prepare_poll(director, call)
    names = [one.ballot_name or "" for one in call_services.standing_in(call)]
    with pytest.raises(Conflict):
        election_services.seat_elected(director, call)
    hold_vote(poll, director, people, names, [0, 2])

    done = election_services.seat_elected(director, call)
    again = election_services.seat_elected(director, call)

    assert sorted(done.to_seat) == ["Amina Z.", "Chloé Z."]
    assert (again.to_seat, again.unknown) == ({}, [])
    seated = db.session.scalars(select(Mandate).order_by(Mandate.resident_id)).all()
    assert [one.resident_id for one in seated] == [people[0].id, people[2].id]
    assert {(one.origin, one.poll_id) for one in seated} == {("elected", poll.id)}
    assert ledger.acts().count(Act.MANDATE_STARTED) == 2


def _page(client: Visitor, call: Call) -> str:
    return client.get(f"/conseil/appels/{call.id}").text


def test_a_call_nobody_answered_says_so_and_offers_what_can_be_done(client: Visitor) -> None:
    call, director, _people = make_closed()
    client.sign_in(director)

    page = _page(client, call)

    assert "Personne ne s’est présenté" in page and "encore présenté" not in page
    assert 'href="/conseil/appels/nouveau"' in page and 'href="/conseil/membres"' in page
    assert f"/conseil/appels/{call.id}/vote" not in page
    assert f"/conseil/appels/{call.id}/tirage" not in page


def test_a_single_candidate_is_offered_the_seat_and_no_vote(client: Visitor) -> None:
    call, director, (only,) = make_closed("Amina")
    client.sign_in(director)

    page = _page(client, call)

    assert f'href="/conseil/membres/{only.id}/siege"' in page
    assert f"/conseil/appels/{call.id}/vote" not in page


def test_a_vote_cancelled_lets_the_call_be_voted_or_drawn_again(client: Visitor) -> None:
    call, director, _people = make_closed("Amina", "Bilal")
    poll = election_services.prepare_poll(director, call)
    closes_at = now() + timedelta(hours=1)
    names = ["Amina Z.", "Bilal Z."]
    voting.publish(
        poll,
        director,
        PollDraft(poll.title, "stv", closes_at, free_options=names, settings={"seats": 1}),
    )
    client.sign_in(director)
    assert f"/conseil/appels/{call.id}/vote" not in _page(client, call)
    voting.cancel_poll(poll, director, "Mauvaise date")

    page = _page(client, call)
    again = election_services.prepare_poll(director, call)

    assert f"/conseil/appels/{call.id}/vote" in page and f"/conseil/appels/{call.id}/tirage" in page
    assert (again.id != poll.id, call.poll_id) == (True, again.id)


def test_seats_given_are_said_and_whoever_gave_theirs_up_is_not_seated_again(
    client: Visitor, ledger: Ledger
) -> None:
    call, director, people = make_closed("Amina", "Bilal", "Chloé")
    poll = election_services.prepare_poll(director, call)
    names = [one.ballot_name or "" for one in call_services.standing_in(call)]
    hold_vote(poll, director, people, names, [0, 2])
    client.sign_in(director)
    assert "Donner leurs sièges aux élus" in _page(client, call)
    election_services.seat_elected(director, call)
    seat = db.session.scalars(select(Mandate).where(Mandate.resident_id == people[0].id)).one()
    mandate_services.end_seat(director, seat, cause="resigned")

    page = _page(client, call)
    with at(now() + timedelta(days=2)):
        again = election_services.seat_elected(director, call)

    assert "Sièges donnés" in page and "Donner leurs sièges" not in page
    assert (again.to_seat, again.unknown) == ({}, [])
    assert ledger.acts().count(Act.MANDATE_STARTED) == 2


def test_an_elected_who_sits_already_or_left_leaves_no_seat_to_give_for_ever(
    client: Visitor,
) -> None:
    call, director, people = make_closed("Amina", "Bilal", "Chloé")
    poll = election_services.prepare_poll(director, call)
    names = [one.ballot_name or "" for one in call_services.standing_in(call)]
    hold_vote(poll, director, people, names, [0, 2])
    mandate_services.give_seat(
        director,
        call.body,
        people[0],
        college=call.college,
        starts_on=today(),
        ends_on=election_services.end_of_term(),
        origin="appointed",
    )
    people[2].closed_at = now()
    db.session.commit()
    client.sign_in(director)

    page = _page(client, call)

    assert "Sièges donnés" in page and "Donner leurs sièges" not in page
    assert "Ce nom ne mène à personne" in page and "Chloé Z." in page


def test_a_vote_without_a_ballot_lets_the_call_be_voted_again(client: Visitor) -> None:
    call, director, _people = make_closed("Amina", "Bilal", "Chloé")
    poll = election_services.prepare_poll(director, call)
    names = [one.ballot_name or "" for one in call_services.standing_in(call)]
    hold_vote(poll, director, [], names, [0, 2])
    client.sign_in(director)

    page = _page(client, call)

    with pytest.raises(Conflict):
        election_services.seat_elected(director, call)
    assert "Sièges donnés" not in page and f"/conseil/appels/{call.id}/vote" in page
