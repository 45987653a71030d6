"""Tell a person something: on the site always, by e-mail when they have one."""

from typing import Any

from sqlalchemy import Select, insert, literal, select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic, db
from app.core.mail import send_mail
from app.core.mailing import Recipient, send_mails
from app.notifications.models import LONGEST, Notification


def notify(
    resident: Resident,
    text: str,
    url: str,
    *,
    body: str = "",
    template: str = "notice",
    parcel: str | None = None,
    **more: object,
) -> None:
    """Tell someone, inside the caller's act; nobody, once their account is closed or erased.

    Args:
        text: one sentence, shown on the site and the subject of the mail.
        url: path on this site, where to read more.
        body: what the mail says besides.
        template: the mail's own, where « notice » is not enough; `more` is for it.
        parcel: files to go with the mail (see `core.mail.pack`).
    """
    if resident.closed_at or resident.erased_at:
        return
    db.session.add(Notification(resident_id=resident.id, text=text[:LONGEST], url=url))
    if resident.email and resident.email_confirmed_at:
        words = {"resident": resident, "text": text, "body": body, "url": url, **more}
        send_mail(resident.email, template, parcel, **words)


def notify_all(
    ids: Select[Any],
    text: str,
    url: str,
    *,
    body: str = "",
    template: str = "notice",
    parcel: str | None = None,
    shown: str = "",
    **more: object,
) -> None:
    """As `notify`, for many people in a few statements; the mail is written once for all.

    Args:
        shown: what the site says, where the subject of the mail is not enough.
        ids: a statement that gives their numbers, each once.
        template: one that uses nothing of each person but the given name.
    """
    people = Resident.id.in_(ids) & Resident.closed_at.is_(None) & Resident.erased_at.is_(None)
    said = (
        literal((shown or text)[:LONGEST]),
        literal(url),
        literal(now(), Notification.created_at.type),
    )
    rows = select(Resident.id, *said).where(people).order_by(Resident.id)
    columns = ["resident_id", "text", "url", "created_at"]
    db.session.execute(insert(Notification).from_select(columns, rows, include_defaults=False))
    confirmed = Resident.email.is_not(None) & Resident.email_confirmed_at.is_not(None)
    reachable = select(Resident.email, Resident.given_name).where(people, confirmed)
    addresses = db.session.execute(reachable.order_by(Resident.id))
    found = [Recipient(str(email), given_name) for email, given_name in addresses]
    send_mails(found, template, parcel, text=text, body=body, url=url, **more)


@atomic
def mark_all_read(resident: Resident) -> None:
    """The person has seen what they were told."""
    unread = Notification.read_at.is_(None)
    db.session.query(Notification).filter(Notification.resident_id == resident.id, unread).update(
        {"read_at": now()}
    )
