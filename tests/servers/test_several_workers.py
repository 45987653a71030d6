"""Several processes, one Redis: limits are counted together, and jobs are done once."""

import http.cookiejar
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis

import config
from tests.databases import ENGINE, SCRATCH
from tests.servers import redis
from tests.servers.ports import free_port

pytestmark = [pytest.mark.sqlite, pytest.mark.redis]
PATIENCE = 20
"""Seconds a server may take to start."""


@pytest.fixture
def queue() -> Iterator[str]:
    with redis.running() as address:
        yield address


@pytest.fixture
def surroundings(suite_app: Flask, tmp_path: Path, queue: str) -> dict[str, str]:
    """The environment of a production server on a database of its own."""
    assert ENGINE == "sqlite"
    shutil.copy(SCRATCH / "empty.db", tmp_path / "maisonnee.db")
    return {
        "PATH": os.environ["PATH"],
        "MAISONNEE_ENV": "production",
        "SECRET_KEY": "0123456789abcdef" * 4,
        "INSTANCE_PATH": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'maisonnee.db'}",
        "REDIS_URL": queue,
        "PORT": str(free_port()),
        "EMBEDDED_JOBS": "0",
    }


@contextmanager
def serving(surroundings: dict[str, str], workers: int) -> Iterator[str]:
    """The site, served by so many processes; gives its address."""
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    environment = surroundings | {"WEB_WORKERS": str(workers), "WEB_THREADS": "2"}
    process = subprocess.Popen(command, cwd=config.ROOT, env=environment)
    address = f"http://127.0.0.1:{surroundings['PORT']}"
    try:
        _wait_for(f"{address}/sante")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def tries_before_a_pause(address: str) -> int:
    """How many wrong passwords one visitor may type before being told to wait."""
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    visitor = urllib.request.build_opener(cookies)
    page = visitor.open(f"{address}/connexion", timeout=20).read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    typed = {"csrf_token": token[1], "identifier": "x@example.org", "secret": "pas le bon du tout"}
    for tried in range(100):
        try:
            visitor.open(f"{address}/connexion", urllib.parse.urlencode(typed).encode(), timeout=20)
        except urllib.error.HTTPError as refusal:
            if refusal.code == 429:
                return tried
            assert refusal.code in (401, 422)
    raise AssertionError("nobody was told to wait")


def test_several_processes_count_the_same_tries(surroundings: dict[str, str]) -> None:
    with serving(surroundings, workers=1) as address:
        alone = tries_before_a_pause(address)
    with Redis.from_url(surroundings["REDIS_URL"]) as counts:
        counts.flushall()

    with serving(surroundings, workers=3) as address:
        together = tries_before_a_pause(address)

    assert 3 <= alone <= 12
    assert together == alone


LEAVE_A_MAIL = """
from types import SimpleNamespace

from wsgi import app
from app.core.db import atomic
from app.core.mail import send_mail

@atomic
def leave():
    fatou = SimpleNamespace(given_name="Fatou")
    send_mail("x@example.org", "notice", resident=fatou, text="Bonjour", body="", url="/")

with app.test_request_context():
    leave()
"""


def test_a_mail_left_by_the_site_is_sent_by_the_consumer_on_another_machine(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    subprocess.run(
        [sys.executable, "-c", LEAVE_A_MAIL], cwd=config.ROOT, env=surroundings, check=True
    )
    assert not (tmp_path / "mail").exists()

    consumer = subprocess.Popen(
        [str(Path(sys.executable).with_name("huey_consumer")), "wsgi.huey", "-q"],
        cwd=config.ROOT,
        env=surroundings,
    )
    end = time.monotonic() + PATIENCE
    while not list(tmp_path.glob("mail/*.eml")) and time.monotonic() < end:
        time.sleep(0.1)
    consumer.terminate()
    consumer.wait(20)

    assert len(list(tmp_path.glob("mail/*.eml"))) == 1
