"""Every night, once: what has been kept long enough goes, and numbers stay."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.core import mail
from app.core.clock import at, now
from app.core.db import Model, atomic, db
from app.core.errors import Conflict
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.desk.merging import UNDO_WITHIN, join_files
from app.desk.models import Assistance, Merge
from app.notifications.models import Notification
from app.privacy import retention, rounds
from app.privacy.models import Round
from app.programme import attendance
from app.programme.models import Action, Session, SessionAttendance
from tests.factories import make_resident, make_with_role
from tests.support import Ledger

pytestmark = pytest.mark.usefixtures("app")

NIGHT = datetime(2026, 3, 10, 4, tzinfo=UTC)


@atomic
def keep(*rows: Model) -> None:
    for row in rows:
        db.session.add(row)
        db.session.flush()


def how_many(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def make_held_session(ended_at: datetime, **fields: object) -> Session:
    action = Action(title="Atelier", kind="activite")
    keep(action)
    start = ended_at - timedelta(hours=2)
    session = Session(
        action_id=action.id, starts_at=start, ends_at=ended_at, status="held", **fields
    )
    keep(session)
    for _ in range(3):
        who = {"session_id": session.id, "resident_id": make_resident().id}
        keep(SessionAttendance(**who, role="public"))
    return session


def test_names_leave_old_sheets_and_how_many_came_stays() -> None:
    old = make_held_session(now() - timedelta(days=800))
    counted = {"head_count": 40, "count_method": "photo", "counted_by": "Léa"}
    crowd = make_held_session(now() - timedelta(days=800), **counted)
    recent = make_held_session(now() - timedelta(days=30))

    dropped = retention.drop_attendance_names()

    db.session.expire_all()
    assert (dropped, retention.drop_attendance_names()) == (6, 0)
    assert (old.head_count, crowd.head_count, recent.head_count) == (3, 40, None)
    assert {row.session_id for row in db.session.query(SessionAttendance)} == {recent.id}


def test_a_sheet_without_its_names_is_not_opened_again(ledger: Ledger) -> None:
    old = make_held_session(now() - timedelta(days=800))

    with pytest.raises(Conflict):
        attendance.reopen(make_with_role(Role.DESK), old, "Une erreur")

    assert (old.status, ledger.acts()) == ("held", [])


def test_messages_and_what_the_desk_did_go_after_a_year() -> None:
    person = make_resident()
    a_year_ago, recently = now() - timedelta(days=366), now() - timedelta(days=300)
    for moment in (a_year_ago, recently):
        keep(
            Notification(resident_id=person.id, text="Bonjour", url="/", created_at=moment),
            Assistance(
                resident_id=person.id,
                started_at=moment,
                until=moment + timedelta(minutes=20),
                ended_at=moment,
            ),
        )

    assert (retention.drop_old_messages(), retention.drop_old_assistances()) == (1, 1)
    assert (how_many(Notification), how_many(Assistance)) == (1, 1)


def test_what_would_part_two_files_goes_once_they_can_no_longer_be() -> None:
    desk = make_with_role(Role.DESK)
    kept, merged = make_resident(email=None, phone="0612345678"), make_resident()
    merge = join_files(desk, kept, merged, "même personne")
    early = retention.forget_joined_files()
    still = db.session.get_one(Merge, merge.id).moved

    with at(now() + UNDO_WITHIN + timedelta(days=1)):
        late = (retention.forget_joined_files(), retention.forget_joined_files())

    db.session.expire_all()
    assert (early, late) == (0, (1, 0))
    assert still["said"]["merged"]["email"] is not None
    assert db.session.get_one(Merge, merge.id).moved == {}


def test_a_mail_forgets_its_words_as_it_leaves_and_goes_a_month_later() -> None:
    person = make_resident()
    quoting = {"text": "Un lien secret", "body": "", "url": "/"}
    atomic(mail.send_mail)("amina@example.org", "notice", resident=person, **quoting)
    mail.deliver.call_local()
    db.session.expire_all()
    sent = db.session.scalars(select(OutboxMail)).one()

    assert (sent.text, sent.html) == ("", "")
    assert mail.drop_old_mails() == 0
    with at(now() + timedelta(days=31)):
        assert mail.drop_old_mails() == 1


def test_a_mail_that_waits_keeps_its_words_and_one_given_up_goes() -> None:
    for tries in (0, mail.MOST_TRIES):
        words = {"subject": "Bonjour", "text": "Bonjour", "html": "Bonjour", "tries": tries}
        keep(OutboxMail(message_id=str(tries), to="a@example.org", **words))

    with at(now() + timedelta(days=31)):
        dropped = mail.drop_old_mails()

    assert dropped == 1
    assert db.session.scalars(select(OutboxMail.text)).all() == ["Bonjour"]


def test_the_round_runs_once_a_day_in_the_night_and_says_numbers_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    make_resident("Zébuline")
    with caplog.at_level(logging.INFO):
        with at(NIGHT - timedelta(hours=3)):
            early = rounds.daily_round.call_local()
        with at(NIGHT):
            first, second = rounds.daily_round.call_local(), rounds.daily_round.call_local()
        with at(NIGHT + timedelta(days=1)):
            tomorrow = rounds.daily_round.call_local()

    assert early is None
    assert first is not None and tomorrow is not None
    assert second is None
    assert set(first) <= set(rounds.WORDS)
    assert how_many(Round) == 2
    said = [one.getMessage() for one in caplog.records if "privacy round" in one.getMessage()]
    assert len(said) == 2
    assert "ébuline" not in "".join(said)


def test_a_round_cut_short_is_taken_up_again() -> None:
    with at(NIGHT):
        keep(Round(day=NIGHT.date(), started_at=now(), counts={}))
        under_way = rounds.daily_round.call_local()
    with at(NIGHT + timedelta(hours=3)):
        again = rounds.daily_round.call_local()

    assert under_way is None
    assert again is not None


def test_a_step_that_fails_keeps_the_others_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> dict[str, int]:
        raise RuntimeError

    monkeypatch.setattr(rounds, "_erasures", fails)
    with at(NIGHT):
        counts = rounds.daily_round.call_local()

    assert counts["failed"] == 1
    assert "messages" in counts
