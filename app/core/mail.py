"""The outbox: mails are written in the act's transaction, and sent after it."""

import email
import html
import re
import secrets
import smtplib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy, default
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app
from sqlalchemy import Index, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import calendar
from app.core.clock import now
from app.core.db import Model, after_commit, atomic, db, rows_touched
from app.core.jobs import job

MOST_TRIES = 12
KEPT = timedelta(days=30)
"""A mail's address and subject, once it left or will never leave; its words go as it leaves."""


_STOP = re.compile(r'<link rel="unsubscribe" href="([^"\s<>]+)">')


class _Whole(UnstructuredHeader, BaseHeader):
    """A header that no program reads once it is cut or encoded, as a long address otherwise is."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", _Whole)
POLICY = SMTP.clone(header_factory=_headers)


class OutboxMail(Model):
    """A mail to send once. `claimed_until` keeps two workers from sending the same one.

    `parcel` names the files that go with it.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "sent_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
    html: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    tries: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    parcel: Mapped[str | None] = mapped_column(String(32), index=True)


class MailFile(Model):
    """A file that goes with every mail of one parcel, kept once however many they are."""

    __tablename__ = "mail_files"

    parcel: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(60))
    content: Mapped[bytes] = mapped_column(LargeBinary)


def pack(files: Mapping[str, tuple[str, bytes]]) -> str:
    """Keep files to send with mails of this act; gives the parcel's name.

    Args:
        files: (media type, content) by the name that the reader sees. They name no reader: an
            invitation to an event is addressed as the mail leaves.
    """
    parcel = secrets.token_hex(16)
    for name, (media_type, content) in files.items():
        db.session.add(MailFile(parcel=parcel, name=name, media_type=media_type, content=content))
    return parcel


def send_mail(to: str, template: str, parcel: str | None = None, **context: object) -> OutboxMail:
    """Queue `templates/email/<template>/{subject.txt,body.txt,body.html}` inside this act.

    Args:
        parcel: files to go with it, from `pack`.
    """
    mail = OutboxMail(
        message_id=make_msgid(domain="maisonnee"),
        to=to,
        subject=" ".join(written(template, "subject.txt", context).split())[:200],
        text=written(template, "body.txt", context),
        html=written(template, "body.html", context),
        parcel=parcel,
    )
    db.session.add(mail)
    after_commit(deliver_soon)
    return mail


def written(template: str, part: str, context: dict[str, object]) -> str:
    """One part of a mail, in words."""
    # Not what pages are given besides: a mail shows nothing of who is signed in as it is written.
    return current_app.jinja_env.get_template(f"email/{template}/{part}").render(context)


def address_of(endpoint: str, **values: object) -> str:
    """A page's full address, to be put in a mail, with or without a request at hand."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def deliver_soon() -> None:
    """Ask the job consumer to empty the outbox now rather than at its next round."""
    deliver()


@job(every_minute=True)
def deliver() -> int:
    """Send what is due; returns how many mails left."""
    sent = 0
    while mail_id := _claim():
        sent += _send_claimed(mail_id)
    return sent


@atomic
def _claim() -> int | None:
    moment = now()
    free = (OutboxMail.claimed_until.is_(None)) | (OutboxMail.claimed_until < moment)
    mail = db.session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.sent_at.is_(None),
            OutboxMail.due_at <= moment,
            OutboxMail.tries < MOST_TRIES,
            free,
        )
        .order_by(OutboxMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if mail is None:
        return None
    mail.claimed_until = moment + timedelta(minutes=5)
    mail.tries += 1
    return mail.id


def _send_claimed(mail_id: int) -> int:
    mail = db.session.get_one(OutboxMail, mail_id)
    message = as_message(mail, _files(mail))
    # A slow server would otherwise hold the database: SQLite has one writer at a time.
    db.session.rollback()
    try:
        transport(message)
    except (OSError, smtplib.SMTPException) as error:
        current_app.logger.warning("mail %s: %s", mail_id, type(error).__name__)
        _put_back(mail)
        return 0
    _note_sent(mail)
    return 1


def _files(mail: OutboxMail) -> list[MailFile]:
    if mail.parcel is None:
        return []
    mine = select(MailFile).where(MailFile.parcel == mail.parcel).order_by(MailFile.name)
    return list(db.session.scalars(mine))


@atomic
def _put_back(mail: OutboxMail) -> None:
    mail.claimed_until = None
    mail.due_at = now() + timedelta(minutes=2**mail.tries)


@atomic
def _note_sent(mail: OutboxMail) -> None:
    mail.sent_at = now()
    # They may hold a link that signs in, and have nothing more to do here.
    mail.text = mail.html = ""


@atomic
def drop_old_mails() -> int:
    """Forget the mails that left, or that no server took, more than a month ago; how many."""
    over = OutboxMail.sent_at.is_not(None) | (OutboxMail.tries >= MOST_TRIES)
    dropped = db.session.execute(
        delete(OutboxMail)
        .where(over, OutboxMail.created_at < now() - KEPT)
        .returning(OutboxMail.id)
        .execution_options(synchronize_session=False)
    )
    waited_for = select(OutboxMail.parcel).where(OutboxMail.parcel.is_not(None))
    rows_touched(delete(MailFile).where(MailFile.parcel.not_in(waited_for)))
    return len(dropped.all())


def remove_files(is_theirs: Callable[[str], bool]) -> int:
    """Delete the mails kept as files, where there is no server, whose words answer to a question.

    Args:
        is_theirs: given a mail's address, subject and words.
    """
    removed = 0
    for path in (Path(current_app.config["INSTANCE"]) / "mail").glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
        words = [str(message["To"]), str(message["Subject"]), *(p.get_content() for p in parts)]
        if is_theirs("\n".join(words)):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def as_message(mail: OutboxMail, files: Sequence[MailFile] = ()) -> EmailMessage:
    """The mail as it travels: plain text first, HTML beside it, then its files.

    An invitation goes both ways that programs look for it: as an alternative, and as a file. Where
    the mail has an address to receive no more of them, programs offer it too, in one press
    (RFC 8058).
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(mail.created_at)
    message["Auto-Submitted"] = "auto-generated"
    if stop := _STOP.search(mail.html):
        message["List-Unsubscribe"] = f"<{html.unescape(stop[1])}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    contents = {}
    for file in files:
        contents[file.name] = file.content
        if file.media_type == calendar.MEDIA_TYPE:
            mine = contents[file.name] = calendar.addressed(file.content, mail.to)
            asks = {"method": calendar.method_of(mine)}
            message.add_alternative(mine.decode(), subtype="calendar", params=asks)
    for file in files:
        kind, _slash, subtype = file.media_type.partition("/")
        message.add_attachment(
            contents[file.name], maintype=kind, subtype=subtype, filename=file.name
        )
    return message


def transport(message: EmailMessage) -> None:
    """By SMTP where `SMTP_URL` is set, else as a file in `instance/mail/`."""
    url = current_app.config["SMTP_URL"]
    if not url:
        folder = Path(current_app.config["INSTANCE"]) / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").split("@")[0]
        (folder / f"{name}.eml").write_bytes(message.as_bytes())
        return
    server = urlsplit(url)
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    default_port = 465 if server.scheme == "smtps" else 25
    with kind(server.hostname or "localhost", server.port or default_port, timeout=20) as smtp:
        if server.scheme == "smtp+starttls":
            smtp.starttls()
        if server.username:
            smtp.login(unquote(server.username), unquote(server.password or ""))
        smtp.send_message(message)
