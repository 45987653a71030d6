"""What the form that opens a poll asks for each method, and how it says what is wrong."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db
from app.core.rights import Role
from app.voting.drafting import PollDraft
from app.voting.models import Poll
from app.voting.services import create_poll
from tests.factories import make_proposal, make_resident, make_with_role
from tests.support import Ledger, Visitor
from tests.voting.polls import make_poll, paris

pytestmark = pytest.mark.usefixtures("app")


def form(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Que choisir ?",
        "method": "approval",
        "free_options": "Ciné\nRepas",
        "electorate": "all",
        "secrecy": "secret",
        "closes_at": paris(now() + timedelta(days=4)),
        "quorum_percent": "0",
        **fields,
    }


def made() -> Poll:
    return db.session.scalars(select(Poll)).one()


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"method": "equal_shares", "free_options": "Banc ; 1\nArbre ; 2"}, "budget", "budget"),
        (
            {"method": "greedy", "budget": "douze", "free_options": "Banc ; 1\nArbre ; 2"},
            "budget",
            "en euros, sans centimes",
        ),
        (
            {"method": "greedy", "budget": "12,50", "free_options": "Banc ; 1\nArbre ; 2"},
            "budget",
            "en euros, sans centimes",
        ),
        (
            {"method": "greedy", "budget": "500", "free_options": "Banc\nArbre ; 2"},
            "free_options",
            "Banc ; 450",
        ),
        (
            {"method": "equal_shares", "budget": "500", "free_options": "Banc ; 501\nArbre ; 2"},
            "free_options",
            "coûte plus que tout le budget",
        ),
        (
            {"method": "equal_shares", "budget": "500", "free_options": "Banc ; 5.5\nArbre ; 2"},
            "free_options",
            "le coût de «",
        ),
        ({"seats": "3"}, "seats", "Il y a plus de places que de choix"),
        ({"seats": "0"}, "seats", "Entre 1 et 20"),
        ({"most": "beaucoup"}, "most", ""),
        ({"method": "dots", "dots": "2", "most_on_one": "3"}, "dots", "gommettes"),
        (
            {"method": "stv", "free_options": "Awa ; habitants\nMarc", "reserved": "élus ; 1"},
            "reserved",
            "Aucune personne candidate n’est du collège « élus »",
        ),
        (
            {"method": "stv", "free_options": "Awa ; habitants\nMarc", "reserved": "habitants"},
            "reserved",
            "Une ligne par collège",
        ),
        (
            {
                "method": "stv",
                "free_options": "Awa ; habitants\nMarc ; habitants",
                "seats": "1",
                "reserved": "habitants ; 2",
            },
            "seats",
            "plus de sièges réservés que de sièges",
        ),
        ({"free_options": "Ciné"}, "free_options", "Donnez de 2 à 20 choix"),
        ({"free_options": "Ciné\nciné"}, "free_options", "Deux choix portent le même nom"),
        ({"claims_days": "-1"}, "claims_days", "Entre 0 et 60"),
        ({"extension_days": "61"}, "extension_days", "Entre 0 et 60"),
        ({"proxies_most": "4"}, "proxies_most", ""),
    ],
)
def test_a_rule_that_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    client: Visitor, ledger: Ledger, fields: dict[str, str], field: str, said: str
) -> None:
    make_resident()
    client.sign_in(make_with_role(Role.DIRECTOR, standing="team"))

    answer = client.send("/scrutins/nouveau", form(**fields))
    page = answer.text.replace("\u00a0", " ").replace("\u202f", " ")

    assert answer.status_code == 422
    assert f'id="{field}-error"' in page and said in page
    assert "Que choisir" in page
    assert fields.get("free_options", "Ciné\nRepas").splitlines()[0] in page
    assert db.session.scalar(select(func.count()).select_from(Poll)) == 0
    assert ledger.acts() == []


def test_a_proposal_brings_its_estimated_cost_unless_another_is_typed(client: Visitor) -> None:
    author = make_resident()
    known, unknown = make_proposal(author, estimated_cost=300), make_proposal(author)
    client.sign_in(make_with_role(Role.DIRECTOR, standing="team"))
    sent = form(
        method="equal_shares",
        budget="1000",
        free_options="Serre ; 900",
        proposals=[str(known.id), str(unknown.id)],
    )

    empty = client.get("/scrutins/nouveau").text
    refused = client.send("/scrutins/nouveau", sent)
    opened = client.send("/scrutins/nouveau", {**sent, f"cout-{unknown.id}": "45"})

    assert f'name="cout-{known.id}" inputmode="numeric" value="300"' in empty
    assert refused.status_code == 422 and "le coût de «" in refused.text
    assert opened.status_code == 302
    assert sorted(made().rules["costs"].values()) == [45, 300, 900]


def test_what_the_chosen_method_does_not_ask_is_left_out_of_its_rules(client: Visitor) -> None:
    make_resident()
    client.sign_in(make_with_role(Role.DIRECTOR, standing="team"))

    client.send("/scrutins/nouveau", form(seats="1", dots="9", budget="500", reserved="x ; 1"))

    assert set(made().rules) == {"seats", "seed"}


def test_lots_are_committed_before_the_vote_and_shown_with_the_rules(client: Visitor) -> None:
    make_resident()
    director = make_with_role(Role.DIRECTOR, standing="team")
    client.sign_in(director)
    client.send("/scrutins/nouveau", form(lots="lots"))
    seed = made().rules["seed"]
    other = make_poll(
        director, method="approval", free_options=["a", "b"], settings={"lots": False}
    )

    drawn = client.get(f"/scrutins/{made_first().id}").text
    shared = client.get(f"/scrutins/{other.id}").text

    assert len(bytes.fromhex(seed)) == 8
    assert seed in drawn and "un tirage au sort que chacun peut refaire" in drawn
    assert "seed" not in other.rules and "tous les choix à égalité l’emportent" in shared


def made_first() -> Poll:
    return db.session.scalars(select(Poll).order_by(Poll.id)).all()[0]


def test_proxies_paper_claims_and_an_extension_are_rules_of_the_poll(client: Visitor) -> None:
    make_resident()
    client.sign_in(make_with_role(Role.DIRECTOR, standing="team"))

    client.send(
        "/scrutins/nouveau",
        form(proxies_most="2", has_paper="y", claims_days="9", extension_days="3"),
    )

    poll = made()
    assert (poll.proxies_most, poll.has_paper) == (2, True)
    assert poll.claims_until == poll.closes_at
    assert poll.extendable_until == poll.closes_at + timedelta(days=3)


def test_by_default_there_is_none_of_these() -> None:
    make_resident()
    poll = make_poll()

    assert (poll.proxies_most, poll.has_paper) == (0, False)
    assert poll.claims_until is None and poll.extendable_until is None


def test_a_college_is_recognised_however_it_is_written() -> None:
    make_resident()
    director = make_with_role(Role.DIRECTOR, standing="team")

    poll = create_poll(
        director,
        PollDraft(
            title="Élire",
            method="stv",
            closes_at=now() + timedelta(days=1),
            free_options=["Awa ; Habitants", "Marc;habitants", "Inès"],
            settings={"seats": 2, "reserved": "HABITANTS ; 1"},
        ),
    )

    numbers = [str(option.id) for option in poll.options]
    assert poll.rules["colleges"] == {"Habitants": {"members": numbers[:2], "reserved": 1}}
    assert [option.label for option in poll.options] == ["Awa", "Marc", "Inès"]
