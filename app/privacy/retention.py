"""Nothing is kept longer than the register says."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Text, cast, delete, exists, func, select, update

from app.centre.settings import rule
from app.core.clock import PARIS, months_before, now, today
from app.core.db import atomic_unseen, db, rows_touched
from app.core.i18n import _
from app.desk.merging import UNDO_WITHIN
from app.desk.models import Assistance, Merge
from app.notifications.models import Notification
from app.privacy.erasing import sweep_up
from app.programme.models import Session, SessionAttendance
from app.programme.tap_models import AttendanceTap

A_YEAR = timedelta(days=365)


@atomic_unseen
def drop_attendance_names() -> int:
    """Take names off the sheets of sessions too long ago; how many people came stays on them.

    The ledger has the numbers too, and is not touched. Gives the number of names.
    """
    first_kept = _midnight(months_before(today(), rule("attendance_months")))
    old = select(Session.id).where(Session.ends_at < first_kept)
    named = SessionAttendance.session_id == Session.id
    came = select(func.count()).where(named).correlate(Session).scalar_subquery()
    db.session.execute(
        update(Session)
        .where(
            Session.id.in_(old),
            Session.status == "held",
            Session.head_count.is_(None),
            exists().where(named),
        )
        .values(head_count=came, count_method="compteur", counted_by=_("la feuille de présence"))
        .execution_options(synchronize_session=False)
    )
    rows_touched(delete(AttendanceTap).where(AttendanceTap.session_id.in_(old)))
    return rows_touched(delete(SessionAttendance).where(SessionAttendance.session_id.in_(old)))


@atomic_unseen
def drop_old_messages() -> int:
    """Messages on the site of more than a year, read or not."""
    return rows_touched(delete(Notification).where(Notification.created_at < now() - A_YEAR))


@atomic_unseen
def drop_old_assistances() -> int:
    """What the desk did for people more than a year ago."""
    return rows_touched(delete(Assistance).where(Assistance.started_at < now() - A_YEAR))


@atomic_unseen
def forget_joined_files() -> int:
    """What it would take to part two files, once they can no longer be."""
    late = Merge.merged_at < now() - UNDO_WITHIN
    held = cast(Merge.moved, Text) != "{}"
    return rows_touched(update(Merge).where(late, held).values(moved={}))


@atomic_unseen
def drop_counted() -> int:
    """What an erasure left for a poll that has been counted since."""
    return sweep_up()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS).astimezone(UTC)
