"""A server of mails that is down, workers killed: each convocation arrives, and arrives once.

One moment is beyond anyone's reach: between the server's « 250 » and our note of it. A worker
killed there sends the mail again, under the Message-ID it had, by which mailboxes know it.
"""

import email
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

import config
from app.core.clock import now
from app.core.db import db
from app.core.mail import OutboxMail
from tests.bodies.factories import make_director, make_meeting, make_member
from tests.factories import make_body, make_resident
from tests.servers.ports import free_port

MEMBERS = 12
PATIENCE = 60
"""Seconds a worker may take."""


class Cutter:
    """An SMTP server that refuses while `closed`, and kills the worker it talks to when asked.

    `cut`: (« MAIL », « RCPT » or « DATA », how many mails were accepted before).
    """

    def __init__(self) -> None:
        self.accepted: list[email.message.Message] = []
        self.refused = 0
        self.closed = False
        self.cut: tuple[str, int] | None = None
        self.worker: subprocess.Popen[str] | None = None

    def _cut_at(self, step: str) -> None:
        if self.cut == (step, len(self.accepted)) and self.worker is not None:
            self.cut = None
            self.worker.kill()
            self.worker.wait(PATIENCE)

    async def handle_MAIL(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        self._cut_at("MAIL")
        envelope.mail_from = address
        return "250 ok"

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        self._cut_at("RCPT")
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.closed:
            self.refused += 1
            return "451 come back later"
        self.accepted.append(email.message_from_bytes(envelope.content))
        self._cut_at("DATA")
        return "250 ok"


@pytest.fixture
def cutter(app: Flask) -> Iterator[tuple[Cutter, str]]:
    handler, port = Cutter(), free_port()
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    yield handler, f"smtp://127.0.0.1:{port}"
    server.stop()


def convene() -> set[str]:
    """Convocations to twelve members; the Message-ID of each."""
    body = make_body()
    for number in range(MEMBERS):
        address = f"membre{number}@example.org"
        make_member(body, make_resident(email=address, email_confirmed_at=now()))
    starts_at = now() + timedelta(days=20)
    make_meeting(body, make_director(email=None), starts_at=starts_at, convened_at=now())
    queued = select(OutboxMail.message_id).where(OutboxMail.to.startswith("membre"))
    found = set(db.session.scalars(queued))
    db.session.rollback()
    return found


def deliver(cutter: Cutter, url: str, moment: datetime) -> int | None:
    """Run a worker at this moment, to its end; how many mails it sent, None when it was killed."""
    db.session.rollback()
    command = [sys.executable, "-m", "tests.servers.postman", moment.isoformat()]
    cutter.worker = subprocess.Popen(
        command,
        cwd=config.ROOT,
        env=os.environ | {"SMTP_URL": url},
        stdout=subprocess.PIPE,
        text=True,
    )
    said, _ = cutter.worker.communicate(timeout=PATIENCE)
    return int(said) if cutter.worker.returncode == 0 else None


def received(cutter: Cutter) -> Counter[str]:
    """How many times each Message-ID was accepted."""
    return Counter(str(message["Message-ID"]) for message in cutter.accepted)


def test_an_hour_without_a_server_and_two_workers_killed_send_each_mail_once(
    cutter: tuple[Cutter, str],
) -> None:
    server, url = cutter
    queued, start = convene(), now()

    server.closed = True
    refused = [deliver(server, url, start + timedelta(minutes=after)) for after in (1, 30)]
    server.closed = False
    server.cut = ("RCPT", 3)
    first = deliver(server, url, start + timedelta(minutes=60))
    server.cut = ("MAIL", 7)
    second = deliver(server, url, start + timedelta(minutes=61))
    rest = deliver(server, url, start + timedelta(minutes=62))
    held = deliver(server, url, start + timedelta(minutes=70))

    assert (refused, server.refused) == ([0, 0], 2 * MEMBERS)
    assert (first, second) == (None, None)
    assert (rest, held) == (MEMBERS - 7 - 2, 2)
    assert received(server) == dict.fromkeys(queued, 1)
    assert len(queued) == MEMBERS


def test_a_worker_killed_as_the_server_accepts_sends_again_under_the_same_number(
    cutter: tuple[Cutter, str],
) -> None:
    server, url = cutter
    queued, start = convene(), now()

    server.cut = ("DATA", 4)
    killed = deliver(server, url, start + timedelta(minutes=1))
    rest = deliver(server, url, start + timedelta(minutes=2))
    held = deliver(server, url, start + timedelta(minutes=7))

    assert (killed, rest, held) == (None, MEMBERS - 4, 1)
    (twice,) = [number for number, times in received(server).items() if times == 2]
    assert received(server) == dict.fromkeys(queued, 1) | {twice: 2}
    first, second = (one for one in server.accepted if one["Message-ID"] == twice)
    assert (first["To"], first["Date"]) == (second["To"], second["Date"])
