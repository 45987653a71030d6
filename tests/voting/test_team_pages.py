"""What the team and the référents fill in, and how a poll is cancelled."""

import re
from datetime import timedelta
from typing import Any

import pytest

from app.core.clock import now
from app.core.db import db
from app.core.errors import Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.voting import bench_queries
from app.voting.models import Poll
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.support import Ledger, Visitor
from tests.voting.polls import (
    make_poll,
    paris,
)

pytestmark = pytest.mark.usefixtures("app")


def form(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Quel projet pour la fête ?",
        "method": "majority_judgment",
        "free_options": "Ciné\nRepas",
        "electorate": "all",
        "secrecy": "secret",
        "closes_at": paris(now() + timedelta(days=1)),
        "quorum_percent": "20",
        "base": "expressed",
        **fields,
    }


def test_the_direction_opens_a_poll_on_proposals(client: Visitor, ledger: Ledger) -> None:
    proposal = make_proposal(make_resident())
    client.sign_in(make_with_role(Role.DIRECTOR))

    empty = client.get("/scrutins/nouveau")
    answer = client.send("/scrutins/nouveau", form(proposals=[str(proposal.id)]))

    assert proposal.title in empty.text
    assert answer.status_code == 302
    page = client.get(answer.location)
    assert "Le vote est secret" in page.text and proposal.title in page.text
    assert {Act.POLL_OPENED, Act.PROPOSAL_PUT_TO_VOTE} <= set(ledger.acts())


def test_a_referent_goes_from_their_space_to_the_proposal_then_to_its_vote(
    client: Visitor,
) -> None:
    comite = make_body()
    proposal = make_proposal(make_resident(), body=comite)
    client.sign_in(make_with_role(Role.REFERENT, body=comite))

    mine = client.get("/moi").text
    read = client.get(f"/propositions/{proposal.id}").text
    written = client.get(f"/scrutins/nouveau?proposition={proposal.id}").text

    assert "/propositions/a-examiner" in mine and "/accueil" not in mine
    assert f"/scrutins/nouveau?proposition={proposal.id}" in read
    assert re.search(rf'<input checked[^>]* value="{proposal.id}"', written)


def test_wrong_dates_keep_what_was_typed(client: Visitor, ledger: Ledger) -> None:
    make_resident()
    client.sign_in(make_with_role(Role.DIRECTOR))

    for wrong in ("2020-01-01T10:00", "demain", "", "0001-01-01T10:00", "9999-12-31T23:59"):
        answer = client.send("/scrutins/nouveau", form(closes_at=wrong))

        assert answer.status_code == 422
        assert "Quel projet pour la fête" in answer.text and "Repas" in answer.text
    assert ledger.acts() == []


def test_an_impossible_draft_is_refused_beside_the_field_at_fault(
    client: Visitor, ledger: Ledger
) -> None:
    make_resident()
    client.sign_in(make_with_role(Role.DIRECTOR))
    late = {"opens_at": paris(now() + timedelta(days=2))}

    backwards = client.send("/scrutins/nouveau", form(**late)).text
    with pytest.raises(Invalid) as three:
        make_poll(method="yesno", free_options=("A", "B", "C"))

    assert "Choisissez une fermeture après l’ouverture" in backwards
    assert three.value.field == "free_options"
    assert ledger.acts() == []


def test_only_those_who_can_sign_in_are_offered_as_tellers_and_homonyms_are_told_apart(
    client: Visitor,
) -> None:
    twins = [
        make_with_role(Role.DESK, given_name="Awa", family_name="Diop", year_of_birth=year)
        for year in (1984, None)
    ]
    make_with_role(Role.DESK, given_name="Sans", family_name="Courriel", email=None)
    gone = make_with_role(Role.DESK, given_name="Partie", family_name="Ailleurs", closed_at=now())
    carded = make_with_role(Role.DESK, given_name="Avec", family_name="Carte", email=None, pin="1")
    client.sign_in(make_with_role(Role.DIRECTOR))

    names = dict(bench_queries.possible_tellers())

    cards = [one.card_number[-3:] for one in twins]
    assert [names[one.id] for one in twins] == [
        f"Awa Diop (1984, carte …{cards[0]})",
        f"Awa Diop (carte …{cards[1]})",
    ]
    assert names[carded.id] == "Avec Carte" and gone.id not in names
    assert "Sans Courriel" not in names.values()
    assert "Awa Diop (1984" in client.get("/scrutins/nouveau").text


def test_rules_that_are_frozen_are_not_said_to_whoever_may_not_change_them(
    client: Visitor,
) -> None:
    make_resident()
    poll = make_poll()

    client.sign_in(make_resident())
    stranger = client.get(f"/scrutins/{poll.id}/modifier").status_code
    client.sign_in(make_with_role(Role.DIRECTOR))

    assert (stranger, client.get(f"/scrutins/{poll.id}/modifier").status_code) == (403, 409)


def test_the_front_page_counts_every_open_vote(client: Visitor) -> None:
    make_resident()
    for _ in range(3):
        make_poll()

    assert "3 votes ouverts" in client.get("/").text.replace("\xa0", " ")


def test_a_resident_does_not_open_polls(client: Visitor) -> None:
    client.sign_in(make_resident())

    assert client.get("/scrutins/nouveau").status_code == 403
    assert client.send("/scrutins/nouveau", form()).status_code == 403
    assert "Ouvrir un vote" not in client.get("/scrutins").text


def test_a_referent_is_offered_their_comite_alone(client: Visitor) -> None:
    mine, other = make_body(), make_body()
    client.sign_in(make_with_role(Role.REFERENT, body=mine))

    page = client.get("/scrutins/nouveau").text
    forced = client.send("/scrutins/nouveau", form(electorate=str(other.id)))

    assert mine.name in page and other.name not in page
    assert forced.status_code == 422


def test_cancelling_asks_why_then_does_it(client: Visitor, ledger: Ledger) -> None:
    make_resident()
    poll = make_poll()
    stranger = Visitor(client.application).sign_in(make_resident())
    client.sign_in(make_with_role(Role.DIRECTOR))

    refused = stranger.send(f"/scrutins/{poll.id}/annuler", {"reason": "Parce que."})
    asked = client.get(f"/scrutins/{poll.id}/annuler")
    without = client.send(f"/scrutins/{poll.id}/annuler", {"reason": "  "})
    before = db.session.get_one(Poll, poll.id).status
    done = client.send(f"/scrutins/{poll.id}/annuler", {"reason": "Une date était fausse."})

    assert (refused.status_code, asked.status_code, without.status_code) == (403, 200, 422)
    assert before == "open"
    assert done.status_code == 302
    assert "Une date était fausse." in client.get(f"/scrutins/{poll.id}").text
    assert client.get(f"/scrutins/{poll.id}/annuler").status_code == 404
    assert Act.POLL_CANCELLED in ledger.acts()
