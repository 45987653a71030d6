"""Private words: between two people, and nobody else."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.clock import at, now
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.entraide import apart, forgetting, queries, services, thread_queries, threads
from app.entraide.models import HelpBlock, HelpMessage, HelpNotice, HelpThread
from app.entraide.queries import Filters
from app.moderation import cases, reports
from app.moderation.case_queries import case_page
from app.moderation.cases import Choice
from app.moderation.kinds import KINDS
from app.moderation.models import HIDDEN
from tests.at_once import refused_at_once
from tests.entraide.support import SECRET, answered, count, make_child, make_notice
from tests.factories import make_resident, make_with_role
from tests.moderation.support import moderator
from tests.support import Ledger, Statements, Visitor, told

pytestmark = pytest.mark.usefixtures("app")


def test_an_answer_opens_one_conversation_and_tells_its_author_nothing_of_the_words(
    ledger: Ledger,
) -> None:
    notice = make_notice(title="Une échelle haute")
    amina = make_resident("Amina", family_name="Benali")

    first, second = answered(notice, amina), answered(notice, amina, "Toujours d’accord ?")

    mail = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).first()
    assert first.id == second.id
    assert count(HelpMessage) == 2
    assert told(notice.author) == ["Entraide\u00a0: Amina B. vous a écrit."] * 2
    assert mail is not None
    for kept_in in (mail.subject, mail.text, mail.html):
        assert SECRET not in kept_in
        assert "échelle" not in kept_in
        assert str(amina.email) not in kept_in
    assert ledger.acts() == []


def test_who_may_not_take_part_answers_nothing() -> None:
    notice = make_notice()
    silenced = make_resident(silenced_until=now() + timedelta(days=2))

    for person in (make_child(), make_resident(email_confirmed_at=None), silenced, notice.author):
        with pytest.raises(Forbidden):
            answered(notice, person)
    services.withdraw(notice, notice.author)
    with pytest.raises(Forbidden):
        answered(notice)

    assert count(HelpThread) == count(HelpMessage) == 0


def test_an_empty_word_is_refused() -> None:
    with pytest.raises(Invalid):
        answered(make_notice(), text="   ")

    assert count(HelpThread) == 0


def test_whoever_gives_their_number_is_warned_once() -> None:
    notice, amina = make_notice(), make_resident()

    with pytest.raises(threads.TellsContacts):
        answered(notice, amina, "Appelez-moi au 06 12 34 56 78.")
    assert count(HelpThread) == 0
    thread = threads.answer(notice, amina, "Appelez-moi au 06 12 34 56 78.", sure=True)
    threads.send(thread, amina, "Ou au 06 12 34 56 79.")

    with pytest.raises(threads.TellsContacts):
        threads.send(thread, notice.author, "Et moi, fatou@example.org")
    assert count(HelpMessage) == 2


def test_on_the_page_the_same_words_sent_again_go_through(client: Visitor) -> None:
    notice, amina = make_notice(), make_resident()
    client.sign_in(amina)
    words = {"text": "Appelez-moi au 06 12 34 56 78."}

    warned = client.send(f"/entraide/{notice.id}/reponses", words)
    sent = client.send(f"/entraide/{notice.id}/reponses", words | {"sure": "1"})

    assert warned.status_code == 422
    assert "06 12 34 56 78" in warned.text
    assert 'name="sure" type="hidden" value="1"' in warned.text
    assert sent.status_code == 302
    assert count(HelpMessage) == 1


@pytest.mark.parametrize("role", [None, Role.DESK, Role.DIRECTOR, Role.ADMINISTRATOR])
def test_nobody_else_opens_a_conversation_or_acts_in_it(client: Visitor, role: Role | None) -> None:
    notice = make_notice()
    thread = answered(notice)
    stranger = make_with_role(role) if role else make_resident()
    client.sign_in(stranger)
    here = f"/entraide/echanges/{thread.id}"

    answers = [client.get(here), client.get(f"{here}/arret"), client.get("/entraide/echanges")]
    answers += [
        client.send(here, {"text": "Bonjour"}),
        *(client.send(f"{here}/{act}") for act in ("arret", "reprise", "merci")),
        client.get(f"/entraide/{notice.id}/merci"),
        client.send(f"/entraide/{notice.id}/merci", {"thread_id": str(thread.id)}),
        client.get(f"/signaler/message/{thread.id}"),
        *(client.send(f"/entraide/{notice.id}/{a}") for a in ("retrait", "remise", "prolongation")),
    ]

    codes = [answer.status_code for answer in answers]
    assert codes == [404, 404, 200, *[404] * 10]
    assert not any(SECRET in answer.text for answer in answers)
    assert count(HelpMessage) == 1
    assert db.session.get_one(HelpNotice, notice.id).status == "open"


def test_a_visitor_a_child_and_someone_not_confirmed_reach_nothing(client: Visitor) -> None:
    notice = make_notice(text=SECRET)
    thread = answered(notice)
    paths = ["/entraide", f"/entraide/{notice.id}", f"/entraide/echanges/{thread.id}"]

    assert {client.get(path).status_code for path in paths} == {302}
    for person in (make_child(), make_resident(email_confirmed_at=None)):
        client.sign_in(person)
        pages = [client.get(path) for path in paths]
        assert [page.status_code for page in pages] == [200, 403, 403]
        assert not any(SECRET in page.text for page in pages)


def test_someone_put_apart_cannot_write_here_nor_under_another_notice() -> None:
    notice = make_notice()
    amina = make_resident()
    thread, another = answered(notice, amina), make_notice(notice.author)

    apart.stop(thread, notice.author)

    for write in (
        lambda: threads.send(thread, amina, "Répondez !"),
        lambda: threads.send(thread, notice.author, "Non."),
        lambda: answered(another, amina),
        lambda: apart.resume(thread, amina),
    ):
        with pytest.raises(Forbidden):
            write()
    assert count(HelpMessage) == 1
    assert queries.live_notices(amina, Filters(), 1).total == 0
    assert told(amina) == []

    apart.resume(thread, notice.author)
    threads.send(thread, amina, "Merci.")
    assert count(HelpMessage) == 2


def test_stopping_is_for_the_two_and_once() -> None:
    thread = answered(make_notice())

    with pytest.raises(Forbidden):
        apart.stop(thread, make_resident())
    apart.stop(thread, thread.other)
    with pytest.raises(Conflict):
        apart.stop(thread, thread.other)

    assert count(HelpBlock) == 1


def test_a_moderator_reads_a_message_only_once_it_is_reported_with_what_is_around_it(
    client: Visitor,
) -> None:
    notice = make_notice()
    thread = answered(notice, text="Bonjour madame")
    for words in ("Bonjour", SECRET, "C’est déplacé."):
        threads.send(thread, thread.other if words == SECRET else notice.author, words)
    said = db.session.scalars(select(HelpMessage).where(HelpMessage.text == SECRET)).one()
    kind = KINDS["message"]

    case = reports.report(notice.author, kind, said, "respect")
    page = case_page(case, kind, said)
    client.sign_in(moderator())
    shown = client.get(f"/moderation/{case.id}").text

    assert [one.text for one in page.around] == [
        "Bonjour madame",
        "Bonjour",
        SECRET,
        "C’est déplacé.",
    ]
    assert SECRET in shown
    assert f"/entraide/echanges/{thread.id}" not in shown
    cases.decide(case, moderator(), case.version, Choice(HIDDEN, "respect"))
    reader = db.session.get_one(Resident, notice.author_id)
    assert SECRET not in [line.text for line in thread_queries.messages(thread, reader)]


def test_a_stranger_cannot_report_what_they_cannot_read() -> None:
    thread = answered(make_notice())
    said = db.session.scalars(select(HelpMessage)).one()

    with pytest.raises(Forbidden):
        reports.report(make_resident(), KINDS["message"], said, "respect")
    assert thread.id


def test_it_is_one_s_turn_while_the_other_wrote_last() -> None:
    notice = make_notice()
    thread = answered(notice)

    assert thread_queries.my_turn_count(notice.author) == 1
    assert thread_queries.my_threads(notice.author, 1).items[0].my_turn
    threads.send(thread, notice.author, "Merci !")

    assert thread_queries.my_turn_count(notice.author) == 0
    assert thread_queries.my_turn_count(thread.other) == 1


def test_a_long_list_of_conversations_asks_no_more_of_the_database(
    statements: Statements,
) -> None:
    notice = make_notice()
    author = notice.author
    answered(notice)

    def cost() -> int:
        assert author.id
        statements.reset()
        thread_queries.my_threads(author, 1)
        thread_queries.my_turn_count(author)
        return len(statements)

    short = cost()
    for _number in range(12):
        answered(notice)

    assert cost() == short == 3


def test_two_taps_on_send_open_one_conversation(app: Flask) -> None:
    notice_id, amina_id = make_notice().id, make_resident().id

    def write() -> None:
        notice = db.session.get_one(HelpNotice, notice_id)
        threads.answer(notice, db.session.get_one(Resident, amina_id), "Je viens.")

    assert refused_at_once(app, [write] * 4) == []
    assert count(HelpThread) == 1


def test_what_ended_long_ago_is_forgotten_with_its_messages_and_its_cases() -> None:
    with at(now() - timedelta(days=70)):
        notice = make_notice()
        thread = answered(notice)
        said = db.session.scalars(select(HelpMessage)).one()
        case = reports.report(notice.author, KINDS["message"], said, "respect")
        case.original = {"text": SECRET}
        services.withdraw(notice, notice.author)
    kept = make_notice()

    assert thread.id
    assert forgetting.forget_closed() == 1

    db.session.expire_all()
    assert db.session.scalars(select(HelpNotice.id)).all() == [kept.id]
    assert count(HelpThread) == count(HelpMessage) == 0
    assert case.decided_at is not None
    assert case.original is None
