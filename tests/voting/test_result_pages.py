"""What a result says, and the ballots that go with it."""

import csv
import hashlib
import io

import pytest
from sqlalchemy import update

from app.core.db import atomic, db
from app.voting import casting, deciding, queries, results
from app.voting.models import Poll
from app.voting.policies import can_read_ballots
from tests.factories import make_body
from tests.support import Visitor
from tests.voting.polls import close, judge, make_judgment, make_poll, make_voters, yes

pytestmark = pytest.mark.usefixtures("app")


def test_the_result_is_told_in_words_and_every_ballot_can_be_counted(client: Visitor) -> None:
    voters = make_voters(6)
    poll = make_judgment(free_options=["=Ciné", "Repas", "Bourse"])
    for voter in voters:
        judge(poll, voter, 0, 1, 4)
    close(poll)

    page = client.get(f"/scrutins/{poll.id}").text
    file = client.get(f"/scrutins/{poll.id}/bulletins.csv")

    assert "=Ciné l’emporte" in page and "Très bien" in page
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig")), delimiter=";"))
    assert file.data.startswith(b"\xef\xbb\xbf")
    assert rows[6] == ["Bulletin", "'=Ciné", "Repas", "Bourse"]
    assert [row[1:] for row in rows[7:]] == [["Très bien", "Bien", "À rejeter"]] * 6
    digest = hashlib.sha256(file.data).hexdigest()
    kept = db.session.get_one(Poll, poll.id).result
    assert kept is not None and digest == kept["sha256"]
    assert digest[:8] in page


def test_too_few_secret_ballots_are_not_published_one_by_one(client: Visitor) -> None:
    voters = make_voters(2)
    poll = make_poll()
    yes(poll, *voters)
    close(poll)

    page = client.get(f"/scrutins/{poll.id}").text

    assert "Adopté" in page and "Moins de 5 bulletins" in page
    assert "2 votants sur" in page
    for detail in ("2 pour", "Ce que disent les votants", "Abstention"):
        assert detail not in page
    assert client.get(f"/scrutins/{poll.id}/bulletins.csv").status_code == 404


def test_a_few_ballots_among_blank_ones_are_not_told_either() -> None:
    """Five came, four of them voted blank: the figures would be the fifth one's ballot."""
    voters = make_voters(5)
    poll = make_poll()
    yes(poll, voters[0])
    for voter in voters[1:]:
        casting.cast(poll, voter, {"blank": True})
    close(poll)
    page = queries.poll_page(poll.id)
    assert page is not None and page.result is not None

    text = deciding.prefilled(page)["text"]

    assert "5 votants sur" in text and "Moins de 5 bulletins exprimés" in text
    assert "pour," not in text and "blancs" not in text
    assert not can_read_ballots(db.session.get_one(Poll, poll.id), 5)


def test_in_the_childrens_comite_no_name_is_shown(client: Visitor) -> None:
    voters = make_voters(2)
    body = make_body(theme="enfant")
    poll = make_poll(is_secret=False)
    yes(poll, *voters)
    close(poll)
    page = queries.poll_page(poll.id)
    assert page is not None

    hidden = queries.PollPage(**{**page.__dict__, "body_theme": body.theme})

    assert len(queries.named_choices(page)) == 2
    assert queries.named_choices(hidden) == []


@pytest.mark.parametrize(
    ("turnout", "said"),
    [(0, "(0 %)"), (1, "(moins de 1 %)"), (199, "(67 %)"), (3, "(1 %)")],
)
def test_participation_is_rounded_and_never_lost(client: Visitor, turnout: int, said: str) -> None:
    make_voters(1)
    poll = make_poll()

    @atomic
    def sizes() -> None:
        db.session.execute(update(Poll).values(turnout=turnout, roll_size=299))

    sizes()
    page = client.get(f"/scrutins/{poll.id}").text.replace("\u00a0", " ").replace("\u202f", " ")

    assert said in page


def test_a_single_vote_is_told_in_the_singular() -> None:
    voter, _other = make_voters(2)
    poll = make_judgment(is_secret=False)
    judge(poll, voter, 0, 1, 4)
    close(poll)
    page = queries.poll_page(poll.id)
    assert page is not None and page.result is not None

    said = " ".join(results.sentences(page.result, page.options))

    assert "Le seul suffrage exprimé lui donne" in said and "votants" not in said
