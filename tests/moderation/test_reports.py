"""Reporting what breaks a rule of the house."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic, db
from app.core.errors import Forbidden, Invalid
from app.entraide.models import HelpMessage
from app.mandates.models import Candidacy
from app.moderation import queries, reports
from app.moderation.kinds import KINDS
from app.moderation.models import Case, Report
from tests.associations.factories import make_association, make_formed
from tests.entraide.support import answered, make_notice
from tests.factories import make_body, make_proposal, make_resident
from tests.mandates.calling import make_call, make_candidates
from tests.moderation.debates import open_debate
from tests.moderation.support import (
    WORDS,
    case_about,
    hidden,
    moderator,
    new_account,
    reported,
    said,
)
from tests.proposals.support import drafted
from tests.support import Visitor


def count(model: type[Case] | type[Report]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@atomic
def silenced(person: Resident) -> None:
    person.silenced_until = now().replace(year=now().year + 1)


def test_a_report_opens_a_case_and_hides_nothing(app: Flask) -> None:
    one = said()

    for _number in range(5):
        reported(one)

    case = case_about(one)
    assert (case.confirmed_reports, count(Case), count(Report)) == (5, 1, 5)
    assert one.is_shown


def test_someone_reports_a_content_once(app: Flask) -> None:
    one, neighbour = said(), make_resident()
    reported(one, neighbour)

    with pytest.raises(reports.AlreadyReported):
        reported(one, neighbour, rule="haine")

    assert count(Report) == 1
    assert case_about(one).confirmed_reports == 1


def test_one_s_own_words_hidden_words_and_no_rule_are_refused(app: Flask) -> None:
    author = make_resident()
    own, gone = said(author=author), said()
    hidden(gone)
    before = count(Report)

    with pytest.raises(Forbidden):
        reported(own, author)
    with pytest.raises(Forbidden):
        reported(gone)
    with pytest.raises(Invalid):
        reported(own, rule="invente")

    assert count(Report) == before


def test_someone_whose_voice_is_suspended_reports_nothing(app: Flask) -> None:
    person, one = make_resident(), said()
    silenced(person)

    with pytest.raises(Forbidden, match="jusqu’au"):
        reported(one, person)

    assert count(Case) == 0


def test_an_unconfirmed_account_reports_but_does_not_press(app: Flask) -> None:
    one = said()

    for _number in range(4):
        reported(one, make_resident(email_confirmed_at=None))

    [row] = queries.queue(moderator(), "a-lire", 1).items
    assert (row.reports, row.is_pressing) == (4, False)


def test_what_several_people_report_comes_first(app: Flask) -> None:
    early, pressing = said(), said()
    reported(early)
    for _number in range(3):
        reported(pressing)

    rows = queries.queue(moderator(), "a-lire", 1).items

    assert [row.id for row in rows] == [case_about(pressing).id, case_about(early).id]


def test_every_kind_of_content_can_be_reported(client: Visitor) -> None:
    make_candidates(make_call()[0], "Fatou")
    reader = make_resident()
    answered(make_notice(reader))
    contents = {
        "candidature": db.session.scalars(select(Candidacy.id)).one(),
        "proposition": make_proposal().id,
        "commentaire": said().id,
        "debat": open_debate(make_body()).id,
        "association": make_association().id,
        "collectif": make_formed().id,
        "annonce": make_notice().id,
        "message": db.session.scalars(select(HelpMessage.id)).one(),
    }
    client.sign_in(reader)

    assert contents.keys() == KINDS.keys()
    for kind, number in contents.items():
        path = f"/signaler/{kind}/{number}"
        assert client.get(path).status_code == 200, kind
        assert client.send(path, {"rule": "respect"}).status_code == 302, kind
    assert count(Case) == len(KINDS)


def test_reporting_twice_from_the_page_keeps_the_words(client: Visitor) -> None:
    one = said()
    client.sign_in(make_resident())
    path = f"/signaler/commentaire/{one.id}"
    client.send(path, {"rule": "respect"})

    again = client.send(path, {"rule": "haine", "words": "J’insiste vraiment."})

    assert again.status_code == 409
    assert "J’insiste vraiment." in again.get_data(as_text=True)


def test_a_report_without_a_rule_gives_the_page_back(client: Visitor) -> None:
    one = said()
    client.sign_in(make_resident())

    answer = client.send(f"/signaler/commentaire/{one.id}", {"words": "C’est faux."})

    assert answer.status_code == 422 and "C’est faux." in answer.get_data(as_text=True)
    assert count(Report) == 0


def test_nobody_reports_what_they_cannot_see(client: Visitor) -> None:
    unseen = (
        f"commentaire/{said(author=new_account()).id}",
        f"proposition/{drafted().id}",
        "proposition/999999",
        "scrutin/1",
    )
    client.sign_in(make_resident())

    assert [client.get(f"/signaler/{path}").status_code for path in unseen] == [404] * 4
    assert [client.send(f"/signaler/{p}", {"rule": "respect"}).status_code for p in unseen] == (
        [404] * 4
    )


def test_signed_out_one_is_asked_to_sign_in_first(client: Visitor) -> None:
    one = said()

    answer = client.get(f"/signaler/commentaire/{one.id}")

    assert answer.status_code == 302 and "/connexion" in answer.location


def test_who_reported_is_on_no_page(client: Visitor) -> None:
    teller = make_resident("Télesphore")
    case = reported(by=teller)
    client.sign_in(moderator())

    page = client.get(f"/moderation/{case.id}").get_data(as_text=True)

    assert "C’est blessant." in page and "Télesphore" not in page


def test_whoever_reports_reads_the_text_they_report(client: Visitor) -> None:
    comment = said()
    client.sign_in(make_resident())

    page = client.get(f"/signaler/commentaire/{comment.id}").text

    assert WORDS in page
    assert "déjà signalé" not in page


def test_whoever_has_reported_reads_when_and_no_form(client: Visitor) -> None:
    comment, person = said(), make_resident()
    reported(comment, by=person)
    client.sign_in(person)

    page = client.get(f"/signaler/commentaire/{comment.id}").text

    assert "Vous l’avez déjà signalé le" in page
    assert 'name="rule"' not in page
