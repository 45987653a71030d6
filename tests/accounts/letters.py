"""The mails that leave after an answer, and the links in them."""

import re

from sqlalchemy import select

from app.accounts.email_services import write_changes
from app.accounts.link_services import write_links
from app.core.db import db
from app.core.mail import OutboxMail


def post() -> list[OutboxMail]:
    """Do the jobs that write what was asked; every mail so far, the oldest first."""
    write_links.call_local()
    write_changes.call_local()
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def link_in(mail: OutboxMail) -> str:
    """The path of the link that a mail carries."""
    found = re.search(r"http://[^/\s]+(/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def last_link(to: str) -> str:
    """The path of the link in the newest mail to an address."""
    return link_in([mail for mail in post() if mail.to == to][-1])
