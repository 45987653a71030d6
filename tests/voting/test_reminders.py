"""Those who have not voted are reminded once, unless they said they want none of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import reminders
from app.accounts.models import Resident
from app.centre.services import change_rules
from app.core import clock
from app.core.clock import now
from app.core.db import db
from app.core.mail import OutboxMail, as_message
from app.core.rights import Role
from app.core.security import sign
from app.notifications.models import Notification
from app.voting.jobs import tend_polls
from app.voting.models import Poll
from app.voting.reminding import remind
from tests.at_once import all_at_once
from tests.factories import make_resident, make_with_role
from tests.support import Visitor
from tests.voting.polls import make_poll, make_voters, yes

pytestmark = pytest.mark.usefixtures("app")


def long_poll(**fields: Any) -> Poll:
    fields = {"closes_at": now() + timedelta(days=5), **fields}
    return make_poll(make_with_role(Role.DIRECTOR, standing="team"), **fields)


def reminded() -> set[int]:
    told = select(Notification.resident_id).where(Notification.text.contains("pas encore voté"))
    return set(db.session.scalars(told))


def mailed() -> set[str]:
    query = select(OutboxMail.to).where(OutboxMail.subject.contains("pas encore voté"))
    return set(db.session.scalars(query))


def each_minute() -> None:
    tend_polls.call_local()
    # What this session saw before is no longer what is.
    db.session.rollback()


def before_the_end(poll: Poll, hours: float) -> Any:
    return clock.at(poll.closes_at - timedelta(hours=hours))


def test_who_has_not_voted_is_reminded_once_a_day_before_the_end() -> None:
    voted, waits = make_voters(2)
    no_mail = make_resident(email=None, email_confirmed_at=None, registered_by_id=voted.id)
    poll = long_poll()
    late = make_resident()
    yes(poll, voted)

    with before_the_end(poll, 25):
        each_minute()
        early = reminded()
    with before_the_end(poll, 24):
        each_minute()
        each_minute()

    assert early == set()
    assert reminded() >= {waits.id, no_mail.id} and not reminded() & {voted.id, late.id}
    sent = select(OutboxMail.subject).where(OutboxMail.to == waits.email)
    assert sum("pas encore voté" in subject for subject in db.session.scalars(sent)) == 1
    assert db.session.get_one(Poll, poll.id).reminded_at is not None


def test_a_vote_shorter_than_the_delay_reminds_nobody() -> None:
    make_voters(2)
    poll = long_poll(closes_at=now() + timedelta(hours=20))

    with before_the_end(poll, 5):
        each_minute()

    assert reminded() == set() and poll.reminded_at is None


def test_a_centre_may_want_no_reminder_at_all() -> None:
    administrator = make_with_role(Role.ADMINISTRATOR)
    make_voters(2)
    poll = long_poll()
    change_rules(administrator, {"poll_reminder_hours": 0})

    with before_the_end(poll, 1):
        each_minute()

    assert reminded() == set()


def test_someone_who_wants_no_mail_is_told_on_the_site_alone() -> None:
    wants, refuses = make_voters(2)
    reminders.set_vote_reminders(refuses, False)
    poll = long_poll()

    with before_the_end(poll, 10):
        remind(poll)

    assert {wants.id, refuses.id} <= reminded()
    assert wants.email in mailed() and refuses.email not in mailed()


def test_the_mail_itself_stops_them_without_signing_in(client: Visitor) -> None:
    waits = make_resident()
    poll = long_poll()
    with before_the_end(poll, 10):
        remind(poll)
    mail = db.session.scalars(
        select(OutboxMail).where(OutboxMail.to == waits.email).order_by(OutboxMail.id.desc())
    ).first()
    assert mail is not None
    link = re.search(r"/rappels/\S+", mail.text)
    assert link is not None

    seen = client.get(link[0])
    still = db.session.get_one(Resident, waits.id).vote_reminders
    answer = client.send(link[0])

    # Reading the page changes nothing: mail filters open every link.
    assert seen.status_code == 200 and still
    assert answer.status_code == 302 and "C’est fait" in client.get(link[0]).text
    assert not db.session.get_one(Resident, waits.id).vote_reminders


def test_a_mail_program_offers_to_stop_them_in_one_press(app: Flask) -> None:
    waits, refuses_nothing = make_resident(), make_resident()
    poll = long_poll()
    with before_the_end(poll, 10):
        remind(poll)
    kept = db.session.scalars(
        select(OutboxMail).where(OutboxMail.to == waits.email).order_by(OutboxMail.id.desc())
    ).first()
    assert kept is not None

    sent = as_message(kept).as_bytes().decode()
    link = re.search(r"^List-Unsubscribe: <(\S+)>\r$", sent, re.M)
    assert link is not None and link[1] in kept.text.replace("\n", " ")
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in sent
    # From a machine of the mail service: no cookie, no token of a form, no page read before.
    path = link[1].removeprefix(app.config["PUBLIC_URL"])
    answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code < 400
    assert not db.session.get_one(Resident, waits.id).vote_reminders
    assert db.session.get_one(Resident, refuses_nothing.id).vote_reminders


def test_a_mail_that_cannot_be_refused_offers_no_such_thing() -> None:
    voter = make_resident()
    make_poll()

    told = db.session.scalars(select(OutboxMail).where(OutboxMail.to == voter.email)).all()

    assert told and all("List-Unsubscribe" not in as_message(one) for one in told)


def test_a_link_that_is_not_ours_changes_nothing(client: Visitor) -> None:
    someone = make_resident()
    other = sign("another purpose", [someone.id])

    assert client.get(f"/rappels/{other}").status_code == 404
    assert client.send(f"/rappels/{other}").status_code == 404
    assert db.session.get_one(Resident, someone.id).vote_reminders


def test_the_account_page_takes_them_back(client: Visitor) -> None:
    someone = make_resident()
    client.sign_in(someone)

    client.send("/moi/compte/rappels", {"wanted": "no"})
    off = db.session.get_one(Resident, someone.id).vote_reminders
    page = client.get("/moi/compte").text
    client.send("/moi/compte/rappels", {"wanted": "yes"})

    assert not off and "Me les rappeler" in page
    assert db.session.get_one(Resident, someone.id).vote_reminders


def test_two_workers_at_once_remind_once(app: Flask) -> None:
    waits = make_resident()
    poll = long_poll()
    number, moment = poll.id, poll.closes_at - timedelta(hours=3)

    def work() -> bool:
        with clock.at(moment):
            return remind(db.session.get_one(Poll, number))

    outcomes = all_at_once(app, [work] * 6)

    assert sorted(map(str, outcomes)) == ["False"] * 5 + ["True"]
    count = select(func.count()).where(
        Notification.resident_id == waits.id, Notification.text.contains("pas encore voté")
    )
    assert db.session.scalar(count) == 1
