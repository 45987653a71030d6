"""Mails leave once, through a real server, whatever goes wrong on the way."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from app.core import mail
from app.core.clock import at, now
from app.core.db import atomic, db
from app.core.jobs import huey
from tests.factories import make_resident


class Postman:
    """An SMTP server's memory; refuses everything while `closed`."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.closed = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.closed:
            return "451 come back later"
        self.received.append(envelope.content.decode())
        return "250 ok"


@pytest.fixture
def postman(app: Flask) -> Iterator[Postman]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Postman()
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    yield handler
    app.config["SMTP_URL"] = ""
    server.stop()


def queue(count: int = 1) -> None:
    resident = make_resident("Amina")
    for number in range(count):
        atomic(mail.send_mail)(
            "amina@example.org", "confirm_email", resident=resident, link=f"http://x/{number}"
        )


def waiting() -> int:
    unsent = select(mail.OutboxMail).where(mail.OutboxMail.sent_at.is_(None))
    return len(db.session.scalars(unsent).all())


def test_a_mail_leaves_once_in_two_forms(postman: Postman) -> None:
    queue()

    sent = (mail.deliver.call_local(), mail.deliver.call_local())

    assert sent == (1, 0)
    (text,) = postman.received
    assert "text/plain" in text
    assert "text/html" in text
    assert "Auto-Submitted: auto-generated" in text


def test_a_server_that_is_down_is_asked_again_later(postman: Postman) -> None:
    queue()
    postman.closed = True

    mail.deliver.call_local()
    at_once = mail.deliver.call_local()
    postman.closed = False
    with at(now() + timedelta(hours=1)):
        later = mail.deliver.call_local()

    assert (at_once, later) == (0, 1)
    assert len(postman.received) == 1
    assert waiting() == 0


def test_two_workers_never_send_the_same_mail(postman: Postman, app: Flask) -> None:
    queue(12)

    def work() -> None:
        with app.app_context():
            mail.deliver.call_local()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    links = [text.split("http://x/")[1].split()[0].rstrip('"') for text in postman.received]
    assert len(links) == len(set(links)) == 12


def test_an_act_that_fails_sends_nothing(postman: Postman) -> None:
    resident = make_resident("Amina")

    @atomic
    def fail() -> None:
        mail.send_mail("amina@example.org", "confirm_email", resident=resident, link="http://x/")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert waiting() == 0
    assert mail.deliver.call_local() == 0


def test_without_a_server_a_mail_is_a_file(app: Flask) -> None:
    queue()

    mail.deliver.call_local()

    (file,) = (app.config["INSTANCE"] / "mail").glob("*.eml")
    assert "amina@example.org" in file.read_text("utf-8")
    file.unlink()


def test_a_slow_server_keeps_nobody_from_writing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    written: list[str] = []

    def write() -> None:
        with app.app_context():
            written.append(make_resident("Fatou").given_name)

    def slow(_message: object) -> None:
        someone = threading.Thread(target=write)
        someone.start()
        someone.join(5)
        assert written, "the writer waits for the mail"

    monkeypatch.setattr(mail, "transport", slow)

    assert mail.deliver.call_local() == 1
    assert waiting() == 0


def test_a_queue_that_is_down_does_not_undo_the_act(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def down(*_args: object) -> None:
        raise ConnectionError("redis")

    monkeypatch.setattr(huey, "enqueue", down)

    queue()

    assert waiting() == 1
    assert "deliver_soon" in caplog.text
