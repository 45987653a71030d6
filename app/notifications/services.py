"""Tell a person something: on the site always, by e-mail when they have one."""

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic, db
from app.core.mail import send_mail
from app.notifications.models import Notification


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
    db.session.add(Notification(resident_id=resident.id, text=text[:300], url=url))
    if resident.email and resident.email_confirmed_at:
        words = {"resident": resident, "text": text, "body": body, "url": url, **more}
        send_mail(resident.email, template, parcel, **words)


@atomic
def mark_all_read(resident: Resident) -> None:
    """The person has seen what they were told."""
    unread = Notification.read_at.is_(None)
    db.session.query(Notification).filter(Notification.resident_id == resident.id, unread).update(
        {"read_at": now()}
    )
