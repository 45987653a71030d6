"""What happened to a poll is told to everyone, line after line, and cannot be told otherwise."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.core.db import db
from app.voting import journal
from app.voting.events import START, Kind
from app.voting.jobs import tend
from app.voting.models import Poll
from tests.factories import make_resident
from tests.support import Statements, Visitor
from tests.voting.polls import after, make_poll, make_voters, yes

pytestmark = pytest.mark.usefixtures("app")


def closed() -> Poll:
    voters = make_voters(6)
    poll = make_poll()
    yes(poll, *voters)
    with after(poll):
        tend()
    return poll


def chain(content: dict[str, Any]) -> list[str]:
    """The hashes as someone would compute them who has only read how."""
    previous, found = START, []
    for line in content["lines"]:
        parts = [content["poll"], line["number"], line["kind"], line["at"], line["facts"], previous]
        said = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(said.encode()).hexdigest()
        found.append(previous)
    return found


def test_the_file_s_hashes_are_those_that_anyone_computes(client: Visitor) -> None:
    poll = closed()

    content = json.loads(client.get(f"/scrutins/{poll.id}/journal.json").data)

    assert [line["kind"] for line in content["lines"]] == ["created", "opened", "closed"]
    assert chain(content) == [line["hash"] for line in content["lines"]]
    assert "SHA-256" in content["how"]


def test_the_page_tells_each_line_in_french_and_names_nobody(
    client: Visitor, statements: Statements
) -> None:
    poll = closed()
    statements.reset()

    page = client.get(f"/scrutins/{poll.id}/journal").text

    assert len(statements) <= 6
    assert "Dépouillé et publié" in page and "Empreinte de la liste" in page
    assert "Habitant" not in page
    last = journal.lines_of(poll.id)[-1]
    assert last.hash in page.replace("<wbr>", "") and last.previous_hash != START


def test_every_kind_of_line_has_words() -> None:
    assert set(journal.WORDS) == set(Kind)


def test_an_open_poll_s_journal_says_nothing_of_who_came(client: Visitor) -> None:
    voter = make_resident()
    poll = make_poll()
    before = client.get(f"/scrutins/{poll.id}/journal.json").data

    yes(poll, voter)

    assert client.get(f"/scrutins/{poll.id}/journal.json").data == before


@pytest.mark.parametrize("change", ["UPDATE poll_events SET kind = 'x'", "DELETE FROM poll_events"])
def test_a_line_is_neither_changed_nor_removed_even_by_sql(change: str) -> None:
    closed()

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(change))


def test_every_fact_of_a_journal_has_its_words() -> None:
    """As each line of the code gives them; none is shown by its key."""
    source = "".join(path.read_text("utf-8") for path in Path("app/voting").glob("*.py"))
    given = re.findall(r"append\(\s*poll,\s*Kind\.\w+,([^\n]*)\)", source)
    keys = {key for facts in given for key in re.findall(r"(\w+)=", facts)}

    assert {"piles", "papers"} <= keys
    assert sorted(keys - journal.FACTS.keys()) == []
