"""What was decided and what became of it: counted, searched, printed, taken to a spreadsheet."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from app.core.clock import at
from app.core.db import db
from app.proposals.models import Project
from tests.bodies.factories import (
    make_conseil,
    make_decision,
    make_director,
    make_held,
    make_many_decisions,
)
from tests.factories import make_body, make_proposal
from tests.privacy.loud import keep
from tests.support import Statements

IN_JUNE = datetime(2026, 6, 11, 10, tzinfo=UTC)


def text_of(page: str) -> str:
    """What is read: no tags, plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.replace("\xa0", " ")))


def make_some() -> None:
    """Four decisions of two instances, two of them late on the 11th of June."""
    famille = make_held(make_body(name="Comité famille"))
    conseil = make_held(make_conseil())
    make_decision(famille, title="Un goûter", outcome="realise", due_on=date(2026, 3, 20))
    make_decision(famille, title="Un pique-nique", outcome="adopte", due_on=date(2026, 6, 1))
    make_decision(conseil, title="Deux bancs", outcome="adopte", due_on=date(2026, 6, 10))
    make_decision(conseil, title="Une fontaine", text="De l’eau fraîche.", outcome="transmis")


def test_the_board_counts_each_outcome_and_what_is_late(client: FlaskClient) -> None:
    make_some()

    with at(IN_JUNE):
        page = text_of(client.get("/conseil/decisions").text)
        famille = text_of(client.get("/conseil/decisions?instance=comite-famille&suite=avis").text)

    for words in ("Adopté 2", "Transmis à la Ville 1", "Réalisé 1", "En retard 2"):
        assert words in page
    assert "10 jours de retard" in page and "1 jour de retard" in page
    assert "Adopté 1" in famille and "En retard 1" in famille


def test_the_board_is_searched_by_word_and_by_number(client: FlaskClient) -> None:
    make_some()

    def listed(query: str) -> list[str]:
        page = client.get(f"/conseil/decisions?{query}").text
        titles = ("Un goûter", "Un pique-nique", "Deux bancs", "Une fontaine")
        return [title for title in titles if f">{title}</a>" in page.replace("\xa0", " ")]

    assert listed("q=fontaines") == ["Une fontaine"]
    assert listed("q=fraiche") == ["Une fontaine"]
    assert listed("q=2026-02") == ["Un pique-nique"]
    assert listed("q=bancs&suite=realise") == []
    assert listed("q=%00%22%27") == ["Un goûter", "Un pique-nique", "Deux bancs", "Une fontaine"]


@pytest.mark.parametrize("query", ["", "?annee=2026&suite=adopte", "?q=decision&retard=oui"])
def test_the_board_asks_as_little_with_many_decisions(
    client: FlaskClient, statements: Statements, query: str
) -> None:
    meeting = make_held(make_conseil())
    make_decision(meeting)
    statements.reset()
    client.get(f"/conseil/decisions{query}")
    with_one = len(statements)

    make_many_decisions(meeting, 60, after=1)
    statements.reset()
    client.get(f"/conseil/decisions{query}")

    assert len(statements) == with_one <= 6


def test_pages_follow_one_another_and_none_lies_past_the_end(client: FlaskClient) -> None:
    make_many_decisions(make_held(make_conseil()), 45)

    third = client.get("/conseil/decisions?page=3&suite=adopte").text

    assert ">Décision 5</a>" in third and ">Décision 6</a>" not in third
    assert client.get("/conseil/decisions?page=4").status_code == 404
    assert client.get("/conseil/decisions?suite=avis").status_code == 200


def test_a_spreadsheet_holds_what_was_asked_and_no_formula(client: FlaskClient) -> None:
    make_some()
    make_decision(make_held(make_body(name="Comité senior")), title="=1+1", owner="@moi")

    with at(IN_JUNE):
        answer = client.get("/conseil/decisions.csv")
        late = client.get("/conseil/decisions.csv?retard=oui").text

    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    assert answer.mimetype == "text/csv"
    assert [row[0] for row in rows[1:]] == [f"2026-0{number}" for number in (5, 4, 3, 2, 1)]
    assert (rows[1][3], rows[1][7]) == ("'=1+1", "'@moi")
    assert rows[2][4] == "De l’eau fraîche."
    assert [line.split(";")[9] for line in late.splitlines()[1:]] == ["1", "10"]


def test_the_printed_board_is_whole_and_says_what_was_asked(client: FlaskClient) -> None:
    make_many_decisions(make_held(make_conseil()), 60)

    page = client.get("/conseil/decisions/imprimer?suite=adopte").text

    assert page.count('scope="row"') == 60
    assert "Adopté, au" in text_of(page)


def test_a_decision_leads_to_its_meeting_proposal_and_project_and_back(client: FlaskClient) -> None:
    director, proposal = make_director(), make_proposal(title="Des bancs")
    meeting = make_held(make_conseil(), director)
    decision = make_decision(meeting, director, proposal_id=proposal.id)
    address = f"/conseil/decisions/{decision.number}"
    before = client.get(address).text
    keep(Project(proposal_id=proposal.id))
    db.session.commit()

    page = client.get(address).text

    assert f'href="/reunions/{meeting.id}"' in page
    assert f'href="/propositions/{proposal.id}"' in page
    assert f'href="/propositions/{proposal.id}#projet"' in page
    assert "#projet" not in before
    for other in (f"/reunions/{meeting.id}", f"/propositions/{proposal.id}"):
        assert f'href="{address}"' in client.get(other).text


def test_a_hidden_proposal_is_not_told(client: FlaskClient) -> None:
    proposal = make_proposal(title="Un secret", visibility="hidden")
    decision = make_decision(make_held(make_conseil()), proposal_id=proposal.id)

    assert "Un secret" not in client.get(f"/conseil/decisions/{decision.number}").text
