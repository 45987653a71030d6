"""What members receive of a meeting: a mail, a paper, a date for their calendar."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
import vobject
from icalendar import Calendar
from pypdf import PdfReader
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from app.bodies import convocation_queries, convoking, meeting_services
from app.bodies.convocation_models import Convocation
from app.bodies.models import Meeting
from app.core.clock import at
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.mail import MailFile, OutboxMail, _files, as_message, drop_old_mails
from app.ledger.acts import Act
from tests.bodies.factories import (
    EVENING,
    make_director,
    make_held,
    make_meeting,
    make_member,
    make_referent,
)
from tests.factories import make_body, make_resident
from tests.support import Ledger, Statements, Visitor

pytestmark = pytest.mark.usefixtures("app")

LINK = "https://visio.exemple.fr/conseil"
FORM = {
    "title": "Réunion de rentrée",
    "starts_at": "2090-03-12T18:30",
    "ends_at": "2090-03-12T20:30",
    "place": "Grande salle",
    "is_open": "y",
}


def moved(meeting: Meeting, **changed: Any) -> dict[str, Any]:
    """What a meeting is, but for what changes."""
    names = ("title", "starts_at", "ends_at", "place", "is_open", "online_url")
    return {name: getattr(meeting, name) for name in names} | changed


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def message_of(mail: OutboxMail) -> EmailMessage:
    return as_message(mail, _files(mail))


def part(message: EmailMessage, media_type: str) -> bytes:
    found = [one for one in message.walk() if one.get_content_type() == media_type]
    content = found[-1].get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def test_members_receive_a_paper_and_a_date_that_is_addressed_to_them() -> None:
    body = make_body()
    first, second = make_member(body), make_member(body)
    make_meeting(body, make_referent(body), online_url=LINK)

    messages = [message_of(mail) for mail in mails()]

    assert [message["To"] for message in messages] == [first.email, second.email]
    letter = messages[0].get_body(("plain",))
    assert letter is not None and LINK in letter.get_content()
    paper = PdfReader(BytesIO(part(messages[0], "application/pdf"))).pages[0].extract_text()
    assert "Grande salle" in paper and "La fête" in paper
    calendars = [Calendar.from_ical(part(message, "text/calendar")) for message in messages]
    (event,) = calendars[1].walk("VEVENT")
    assert str(event["ATTENDEE"]) == f"mailto:{second.email}"
    assert (event["SEQUENCE"], str(calendars[1]["METHOD"])) == (0, "REQUEST")
    assert LINK in str(event["DESCRIPTION"])
    # One file for all, however many they are.
    assert len(db.session.scalars(select(MailFile)).all()) == 2


def test_two_programs_read_the_same_hour_whatever_the_clocks_do_in_between() -> None:
    """Convened in summer time, held in winter time: it is 18 h 30 in Paris all the same."""
    evening = datetime(2026, 10, 29, 17, 30, tzinfo=UTC)
    body = make_body()
    meeting = make_meeting(
        body,
        starts_at=evening,
        ends_at=evening + timedelta(hours=2),
        convened_at=datetime(2026, 10, 1, 9, 0, tzinfo=UTC),
    )
    sent = convoking.latest(meeting.id)
    assert sent is not None
    content = convoking.calendar(meeting, sent)

    (event,) = Calendar.from_ical(content).walk("VEVENT")
    other = vobject.readOne(content.decode()).vevent

    for starts, ends in (
        (event.decoded("DTSTART"), event.decoded("DTEND")),
        (other.dtstart.value, other.dtend.value),
    ):
        assert starts.astimezone(UTC) == evening
        assert (starts.hour, starts.minute) == (18, 30)
        assert ends - starts == timedelta(hours=2)
    assert other.uid.value == str(event["UID"]) == f"reunion-{meeting.id}@127.0.0.1"


def test_a_changed_meeting_takes_the_place_of_the_one_in_calendars(ledger: Ledger) -> None:
    body = make_body()
    make_member(body)
    referent = make_referent(body)
    meeting = make_meeting(body, referent)
    later = EVENING + timedelta(days=7)

    with at(EVENING - timedelta(days=5)):
        meeting_services.move_meeting(referent, meeting, **moved(meeting, starts_at=later))
        meeting_services.cancel_meeting(referent, meeting, "La salle est prise.")

    first, second, third = (
        Calendar.from_ical(part(message_of(mail), "text/calendar")) for mail in mails()
    )
    events = [calendar.walk("VEVENT")[0] for calendar in (first, second, third)]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [event.decoded("SEQUENCE") for event in events] == [0, 1, 2]
    assert [str(calendar["METHOD"]) for calendar in (second, third)] == ["REQUEST", "CANCEL"]
    assert events[1].decoded("DTSTART").astimezone(UTC) == later
    assert str(events[2]["STATUS"]) == "CANCELLED"
    assert "La salle est prise." in mails()[-1].text
    names = [one.get_filename() for one in message_of(mails()[-1]).iter_attachments()]
    assert names == ["reunion.ics"]
    assert [Act(entry.act) for entry in ledger.entries()] == [
        Act.MEETING_CONVENED,
        Act.MEETING_CANCELLED,
    ]


def test_the_notice_counts_anew_when_the_day_changes() -> None:
    body = make_body()
    referent = make_referent(body)
    meeting = make_meeting(body, referent)

    with at(EVENING - timedelta(days=3)):
        meeting_services.move_meeting(
            referent, meeting, **moved(meeting, starts_at=EVENING + timedelta(days=1))
        )
        place = moved(meeting, place="Salle du bas")
        meeting_services.move_meeting(referent, meeting, **place)

    sent = convocation_queries.sendings(meeting, full_names=False).sent
    assert [(one.kind, one.notice_days) for one in sent] == [
        ("moved", 4),
        ("moved", 4),
        ("convened", 21),
    ]
    assert meeting.convened_at == EVENING - timedelta(days=3)
    assert "Délai court" in convoking.short_notice(sent[0])
    assert convoking.short_notice(sent[2]) == ""


def test_what_was_sent_stays_as_it_left() -> None:
    meeting = make_meeting(make_body())

    for statement in (
        update(Convocation).values(place="Ailleurs"),
        delete(Convocation).where(Convocation.meeting_id == meeting.id),
    ):
        with pytest.raises(DatabaseError, match="stays as it was sent"):
            db.session.execute(statement)
        db.session.rollback()


def test_a_meeting_that_began_or_was_held_no_longer_moves() -> None:
    body = make_body()
    director = make_director()
    begun, held = make_meeting(body, director), make_held(body, director, title="Une autre")
    later = EVENING + timedelta(days=30)

    with at(EVENING + timedelta(minutes=5)), pytest.raises(Conflict):
        meeting_services.move_meeting(director, begun, **moved(begun, starts_at=later))
    with pytest.raises(Forbidden):
        meeting_services.move_meeting(director, held, **moved(held, starts_at=later))
    with at(EVENING - timedelta(days=2)), pytest.raises(Forbidden):
        meeting_services.move_meeting(make_resident(), begun, **moved(begun, starts_at=later))
    with at(EVENING - timedelta(days=2)), pytest.raises(Invalid, match="Rien n’a changé"):
        meeting_services.move_meeting(director, begun, **moved(begun))
    assert len(db.session.scalars(select(Convocation)).all()) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"starts_at": "2020-01-01T10:00", "ends_at": ""}, "Choisissez une date à venir."),
        ({"online_url": "javascript:alert(1)"}, "Copiez le lien entier."),
        ({"online_url": "http://visio.exemple.fr"}, "Copiez le lien entier."),
        ({"ends_at": "2090-03-11T10:00"}, "La fin doit venir après le début"),
    ],
)
def test_a_wrong_change_is_refused_and_keeps_what_was_typed(
    client: Visitor, wrong: dict[str, str], said: str
) -> None:
    body = make_body(name="Comité famille")
    referent = make_referent(body)
    client.sign_in(referent)
    meeting = make_meeting(body, referent, starts_at=EVENING + timedelta(days=10_000))

    answer = client.send(f"/reunions/{meeting.id}/changement", {**FORM, **wrong})

    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert said in page
    assert 'value="Réunion de rentrée"' in page
    assert len(db.session.scalars(select(Convocation)).all()) == 1


def test_the_pages_of_a_convocation(client: Visitor) -> None:
    body = make_body(name="Comité famille")
    referent = make_referent(body)
    on_paper = make_member(body, make_resident(email=None, given_name="Lucette"))
    meeting = make_meeting(
        body, referent, starts_at=EVENING + timedelta(days=10_000), online_url=LINK
    )
    here = f"/reunions/{meeting.id}"

    assert LINK not in client.get(here).get_data(as_text=True)
    public = client.get(f"{here}/reunion.ics")
    assert (public.mimetype, LINK in public.get_data(as_text=True)) == ("text/calendar", False)
    assert client.get(f"{here}/convocation.pdf").data.startswith(b"%PDF")
    assert client.get(f"{here}/convocations").status_code == 302

    client.sign_in(on_paper)
    assert LINK in client.get(here).get_data(as_text=True)
    assert client.get(f"{here}/convocations").status_code == 403
    client.sign_in(referent)
    page = client.get(f"{here}/convocations").get_data(as_text=True)
    assert "1 membre sans e-mail" in page and "Lucette" in page
    client.send(f"{here}/annuler", {"reason": "La salle est prise."})
    assert client.get(f"{here}/convocation.pdf").status_code == 404
    assert "CANCEL" in client.get(f"{here}/reunion.ics").get_data(as_text=True)


def test_what_was_sent_is_read_in_two_statements(statements: Statements) -> None:
    body = make_body()
    referent = make_referent(body)
    meeting = make_meeting(body, referent)
    for number in range(5):
        with at(EVENING - timedelta(days=9)):
            changed = moved(meeting, place=f"Salle {number}")
            meeting_services.move_meeting(referent, meeting, **changed)
        make_member(body, make_resident(email=None))
    db.session.refresh(meeting)
    assert meeting.body.name

    statements.reset()
    page = convocation_queries.sendings(meeting, full_names=False)

    assert len(statements) == 2
    assert (len(page.sent), len(page.unreached)) == (6, 5)


def test_files_go_once_no_mail_waits_for_them() -> None:
    body = make_body()
    make_member(body)
    with at(EVENING - timedelta(days=60)):
        make_meeting(body, convened_at=EVENING - timedelta(days=60))
    db.session.execute(text("UPDATE outbox SET sent_at = created_at"))
    db.session.commit()

    with at(EVENING):
        drop_old_mails()

    assert mails() == []
    assert db.session.scalars(select(MailFile)).all() == []
