"""The paper vote on screen and in print, from the empty urn to the result."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import atomic, db
from app.core.rights import Role
from app.notifications.models import Notification
from app.voting import paper_pdf, paper_queries, paper_services
from app.voting.models import Emargement, Poll, SecretBallot
from app.voting.paper_models import PaperBatch
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Statements, Visitor
from tests.voting.papers import came, make_agents, make_on_paper, read_twice
from tests.voting.polls import after, make_judgment, make_poll, make_voters, no, yes
from tests.voting.rolls import give, roll_says

pytestmark = pytest.mark.usefixtures("app")

FOUR = ("Ciné plein air", "Repas des voisins", "Bourse", "Tournoi")


def paper(poll: Poll) -> str:
    return f"/scrutins/{poll.id}/papier"


def test_the_desk_notes_someone_by_a_few_letters_and_takes_it_back(client: Visitor) -> None:
    voter, agent = make_resident("Zoé", family_name="Ben Salah"), make_agents(1)[0]
    poll = make_on_paper()
    client.sign_in(agent)

    found = client.get(f"{paper(poll)}?q=sal zo").text
    client.send(f"{paper(poll)}/signatures", {"resident_id": voter.id})
    signed = roll_says(poll)
    again = client.get(f"{paper(poll)}?q=ben").text
    client.send(f"{paper(poll)}/signatures", {"resident_id": voter.id})
    refused = client.get(paper(poll)).text
    undo = f"{paper(poll)}/signatures/{voter.id}/retirer"
    empty = client.send(undo, {"reason": ""})
    client.send(undo, {"reason": "C’était sa sœur."})

    assert "Ben Salah Zoé" in found and "Noter\xa0: vote" in found
    assert signed == {voter.id: ("paper", False)}
    assert "A déjà voté" in again and "Noter\xa0: vote" not in again
    assert "Cette personne a déjà voté" in refused
    assert (empty.status_code, roll_says(poll)) == (422, {})


def test_with_a_proxy_the_desk_says_who_brought_the_paper(client: Visitor) -> None:
    principal, holder = make_resident("Zoé"), make_resident("Omar")
    poll = make_on_paper(proxies_most=1)
    give(poll, principal, holder)
    client.sign_in(make_agents(1)[0])

    page = client.get(f"{paper(poll)}?q=zoe").text
    client.send(f"{paper(poll)}/signatures", {"resident_id": principal.id, "represented": "1"})

    assert "A donné procuration à Omar" in page
    assert roll_says(poll) == {principal.id: ("paper", True)}
    told = db.session.scalars(
        select(Notification.text).filter_by(resident_id=principal.id).order_by(Notification.id)
    ).all()
    assert told[-1].startswith("Votre procuration a servi")


def type_in(client: Visitor, pile: str, sheets: list[dict[str, Any]]) -> None:
    client.send(f"{pile}/lecture")
    for place, fields in enumerate(sheets):
        client.send(pile, {"place": place, **fields})


def test_two_people_read_a_pile_settle_it_and_publish(client: Visitor) -> None:
    voters, agents = make_voters(4), make_agents()
    poll = make_on_paper()
    yes(poll, voters[0])
    came(poll, agents[0], *voters[1:])
    yes_sheet, no_sheet = {"choice": "yes"}, {"choice": "no"}

    with after(poll):
        client.sign_in(agents[0])
        made = client.send(f"{paper(poll)}/piles", {"size": "3"})
        pile = made.location
        type_in(client, pile, [yes_sheet, no_sheet, {"null": "1"}])
        finished = client.get(pile).text
        client.sign_in(agents[1])
        second = client.get(pile).text
        type_in(client, pile, [yes_sheet, yes_sheet])
        halfway = client.get(pile).text
        client.send(pile, {"place": 2, "blank": "1"})
        differences = client.get(f"{pile}/ecarts").text
        undecided = client.send(f"{pile}/ecarts", {"bulletin-1": "1"})
        client.send(f"{pile}/ecarts", {"bulletin-1": "1", "bulletin-2": "2"})
        asked = client.get(f"{paper(poll)}/complet").text
        client.send(f"{paper(poll)}/complet")
        result = client.get(f"/scrutins/{poll.id}").text

    assert "Votre lecture est finie" in finished
    assert "Contre" not in second and "Bulletin 3 sur 3" in halfway
    assert "Bulletin 2 sur 3" in differences and "Bulletin 1 sur 3" not in differences
    assert undecided.status_code == 422
    assert "Oui, tout est là" in asked
    assert (poll.status, poll.turnout) == ("closed", 4)
    assert (poll.result or {})["blank"] == 1 and "Moins de 5 bulletins" in result


def test_nobody_but_its_readers_sees_what_is_in_a_pile(client: Visitor) -> None:
    make_voters(1)
    agents = make_agents(3)
    poll = make_on_paper()
    with after(poll):
        pile = paper_services.add_pile(agents[0], poll, 1)
        for agent, choice in zip(agents[:2], ("yes", "no"), strict=True):
            paper_services.begin_reading(agent, poll, pile)
            paper_services.write_sheet(agent, poll, pile, 0, {"choice": choice})
        address = f"{paper(poll)}/piles/{pile.id}"
        client.sign_in(agents[2])

        seen = [client.get(address), client.get(f"{address}/ecarts"), client.get(paper(poll))]

    assert [answer.status_code for answer in seen] == [200, 403, 200]
    assert all("Pour" not in re.sub(r"<title>.*?</title>", "", one.text) for one in seen)


def test_a_ballot_that_says_nothing_is_asked_again_and_a_null_one_is_said(
    client: Visitor,
) -> None:
    make_voters(1)
    agent = make_agents(1)[0]
    poll = make_judgment(has_paper=True)
    with after(poll):
        pile = paper_services.add_pile(agent, poll, 2)
        client.sign_in(agent)
        address = f"{paper(poll)}/piles/{pile.id}"
        client.send(f"{address}/lecture")

        empty = client.send(address, {"place": 0})
        client.send(address, {"place": 0, "null": "1"})
        corrected = client.get(f"{address}?bulletin=1").text

    assert empty.status_code == 422
    assert "ou touchez Blanc" in empty.text and "votez blanc" not in empty.text
    assert "il était noté nul" in corrected


@pytest.mark.parametrize("who", ["resident", "stranger", "desk of a poll without paper"])
def test_the_paper_is_closed_to_others(client: Visitor, who: str) -> None:
    voter, poll = make_resident(), make_poll() if who.startswith("desk") else make_on_paper()
    person = {
        "resident": lambda: voter,
        "stranger": lambda: make_with_role(Role.REFERENT, body=make_body()),
        "desk of a poll without paper": lambda: make_agents(1)[0],
    }[who]()
    client.sign_in(person)

    answers = [client.get(paper(poll)), client.get(f"{paper(poll)}/bulletins.pdf")]
    answers.append(client.send(f"{paper(poll)}/signatures", {"resident_id": voter.id}))
    answers.append(client.send(f"{paper(poll)}/signatures.pdf"))

    assert {answer.status_code for answer in answers} == {403}
    assert db.session.query(Emargement).count() == 0


def test_numbers_tried_in_turn_tell_no_name(client: Visitor) -> None:
    make_voters(1)
    poll = make_on_paper()
    outside = make_resident("Nadia")
    client.sign_in(make_agents(1)[0])
    undo = f"{paper(poll)}/signatures/{outside.id}/retirer"

    answers = [client.get(undo), client.send(undo, {"reason": "Une erreur."})]
    answers.append(client.send(f"{paper(poll)}/signatures", {"resident_id": outside.id}))

    assert {answer.status_code for answer in answers} == {404}
    assert "Nadia" not in client.get(paper(poll)).text
    assert roll_says(poll) == {}


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("yesno", {}),
        ("majority_judgment", {"free_options": FOUR}),
        ("approval", {"free_options": FOUR}),
        ("schulze", {"free_options": FOUR}),
        ("dots", {"free_options": FOUR}),
        ("stv", {"free_options": FOUR, "settings": {"seats": 2}}),
    ],
)
@pytest.mark.parametrize("per_page", [2, 4])
def test_each_method_prints_ballots_that_a_screen_reader_can_read(
    client: Visitor, caplog: Any, method: str, fields: dict[str, Any], per_page: int
) -> None:
    make_voters(1)
    poll = make_on_paper(method=method, **fields)
    client.sign_in(make_agents(1)[0])

    answer = client.get(f"{paper(poll)}/bulletins.pdf?par={per_page}")

    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
    assert "not PDF/UA" not in caplog.text


def test_twenty_long_choices_still_fit_one_page(client: Visitor) -> None:
    make_voters(1)
    options = [f"{place} {'un très long choix ' * 8}"[:155] for place in range(20)]
    poll = make_on_paper(method="majority_judgment", free_options=options)
    client.sign_in(make_agents(1)[0])

    made = client.get(f"{paper(poll)}/bulletins.pdf").data

    assert b"/Type/Pages/Count 1/" in made


def test_the_sheet_to_sign_is_printed_once_the_roll_is_frozen_and_noted(client: Visitor) -> None:
    voters, agent = make_voters(30), make_agents(1)[0]
    poll = make_on_paper()
    yes(poll, voters[0])
    client.sign_in(agent)

    answer = client.send(f"{paper(poll)}/signatures.pdf")
    assert answer.headers["Cache-Control"] == "no-store"

    noted = db.session.query(AuditEntry).filter_by(by_id=agent.id).order_by(AuditEntry.id)
    acts = [row.act for row in noted]
    assert (answer.status_code, answer.data[:5], acts) == (200, b"%PDF-", ["poll:roll_printed"])


def test_whoever_is_noted_for_a_paper_keeps_room_to_sign_the_sheet() -> None:
    online, noted, absent = make_voters(3)
    poll = make_on_paper()
    yes(poll, online)
    came(poll, make_agents(1)[0], noted)

    lines = paper_pdf.sheet_lines(paper_queries.whole_roll(poll.id))

    names = [one.family_name for one in (online, noted, absent)]
    struck = {name: line["struck"] for name in names for line in lines if name in str(line["name"])}
    assert struck == dict(zip(names, (True, False, False), strict=True))


def test_the_page_costs_the_same_with_one_pile_or_five(
    client: Visitor, statements: Statements
) -> None:
    voters, agents = make_voters(10), make_agents()
    poll = make_on_paper()
    came(poll, agents[0], voters[0])
    with after(poll):
        read_twice(poll, agents, [{"choice": "yes"}])
        client.sign_in(agents[0])
        client.get(paper(poll))
        statements.reset()
        client.get(paper(poll))
        with_one = len(statements)
        came(poll, agents[0], *voters[1:])
        for _ in range(4):
            read_twice(poll, agents, [{"choice": "yes"}] * 2)
        statements.reset()

        client.get(paper(poll))

    assert len(statements) == with_one
    assert db.session.query(PaperBatch).count() == 5


def test_whoever_runs_the_poll_reads_what_stops_the_result(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    voters = make_voters(2)
    poll = make_poll(by=director)
    no(poll, *voters)

    @atomic
    def lose_one() -> None:
        db.session.delete(db.session.query(SecretBallot).first())

    lose_one()
    with after(poll):
        client.sign_in(director)
        told = client.get(f"/scrutins/{poll.id}").text

    assert told.replace("\u00a0", " ").count("1 bulletin pour 2 signatures") == 1
    assert poll.status == "open"
