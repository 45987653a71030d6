"""One mail to many people: written once, each one's given name put in its place afterwards."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.utils import make_msgid
from itertools import islice

from markupsafe import escape
from sqlalchemy import insert

from app.core.db import after_commit, db
from app.core.mail import OutboxMail, deliver_soon, written

BATCH = 500
"""Mails a statement."""


@dataclass(frozen=True)
class Recipient:
    """An address, and what its owner is called by."""

    email: str
    given_name: str


class _Anyone:
    """Stands for each recipient while the mail is written; has nothing but a given name."""

    def __init__(self) -> None:
        self.given_name = secrets.token_hex(16)

    def __getattr__(self, name: str) -> object:
        raise ValueError(f"a mail to many people cannot use « {name} » of each")


def send_mails(
    people: Iterable[Recipient], template: str, parcel: str | None = None, **context: object
) -> None:
    """Queue the same mail to each, inside this act, as `core.mail.send_mail` does for one.

    Args:
        template: one that uses nothing of `resident` but the given name.
        parcel: files to go with them all, from `core.mail.pack`.
    """
    anyone = _Anyone()
    given = {**context, "resident": anyone}
    subject, text, html = (
        written(template, part, given) for part in ("subject.txt", "body.txt", "body.html")
    )

    def rows() -> Iterator[dict[str, object]]:
        for one in people:
            called = one.given_name
            yield {
                "message_id": make_msgid(domain="maisonnee"),
                "to": one.email,
                "subject": " ".join(subject.replace(anyone.given_name, called).split())[:200],
                "text": text.replace(anyone.given_name, called),
                "html": html.replace(anyone.given_name, str(escape(called))),
                "parcel": parcel,
            }

    waiting = rows()
    while batch := list(islice(waiting, BATCH)):
        db.session.execute(insert(OutboxMail), batch)
        after_commit(deliver_soon)
