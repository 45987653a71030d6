"""A server of several processes on the suite's database, and voters who reach it over HTTP."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

import config
from app.accounts.models import Resident
from app.core.db import db
from tests.servers.ports import free_port
from tests.support import Visitor

PATIENCE = 30
"""Seconds a server may take to start."""


@dataclass(frozen=True)
class Server:
    """Its port, and the process whose group it is."""

    port: int
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """As a power cut does: nothing is told to any of its processes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


@contextmanager
def serving(workers: int = 2) -> Iterator[Server]:
    """The site on the database the suite is at, served by so many processes."""
    db.session.rollback()
    db.engine.dispose()
    port = free_port()
    surroundings = os.environ | {"PORT": str(port), "WEB_WORKERS": str(workers), "WEB_THREADS": "4"}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"],
        cwd=config.ROOT,
        env=surroundings,
        start_new_session=True,
    )
    server = Server(port, process)
    try:
        _wait_for(port)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/sante")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


@dataclass(frozen=True)
class Voter:
    """Someone signed in, as their browser would be."""

    id: int
    cookie: str
    token: str

    def vote(self, connection: http.client.HTTPConnection, poll_id: int, choice: str) -> int:
        """Send a ballot; the status answered: 302 once it is in the box."""
        fields = urllib.parse.urlencode({"csrf_token": self.token, "choice": choice})
        headers = {
            "Cookie": f"session={self.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", f"/scrutins/{poll_id}/bulletin", fields, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status


def signed_in(app: Flask, residents: Sequence[Resident]) -> list[Voter]:
    """A session of their own for each."""
    signer = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token")
    voters = []
    for resident in residents:
        visitor = Visitor(app).sign_in(resident)
        with visitor.session_transaction() as mine:
            mine["csrf_token"] = "0123456789abcdef"
        cookie = visitor.get_cookie("session")
        assert cookie is not None
        voters.append(Voter(resident.id, cookie.value, signer.dumps("0123456789abcdef")))
    return voters


def from_clients(
    number: int, port: int, works: Sequence[Callable[[http.client.HTTPConnection], None]]
) -> None:
    """So many clients take the works in turn, each on a connection that it keeps.

    A client whose server is gone stops there.
    """
    waiting = iter(works)
    turn = threading.Lock()

    def run() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with turn:
                work = next(waiting, None)
            if work is None:
                return
            try:
                work(connection)
            except (OSError, http.client.HTTPException):
                return

    clients = [threading.Thread(target=run) for _ in range(number)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
