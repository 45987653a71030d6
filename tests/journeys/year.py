"""A small centre of its own whose clock the test moves, and neighbours who live there."""

import logging
import re
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pyotp
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, Locator, Page, ViewportSize
from werkzeug.serving import make_server

import config
from app import create_app
from app.core.clock import PARIS, at
from app.core.db import db
from tests.databases import ENGINE, SCRATCH
from tests.journeys.conftest import PHONE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

YEAR = 2025
PASSWORD = "soleil-pont-carotte"
MONTH = timedelta(days=29)


class Calendar:
    """The moment at which the server and the test live; it goes on by itself, and leaps when told.

    The clock of the application belongs to a thread: whoever serves a page is told it each time.
    """

    def __init__(self) -> None:
        self.leap(1, 6)

    def leap(
        self, month: int, day: int, hour: int = 18, minute: int = 0, *, years: int = 0
    ) -> None:
        """Go to this moment of the centre, `years` after YEAR."""
        self._set_to = datetime(YEAR + years, month, day, hour, minute, tzinfo=PARIS)
        self._since = time.monotonic()

    def wait(self, minutes: int) -> None:
        self._set_to += timedelta(minutes=minutes)

    def now(self) -> datetime:
        return self._set_to + timedelta(seconds=time.monotonic() - self._since)

    def typed(self, **later: int) -> str:
        """So much later, as a form's box of a day and hour takes it."""
        return (self.now() + timedelta(**later)).strftime("%Y-%m-%dT%H:%M")


@dataclass(frozen=True)
class Town:
    """The application, its address, and its clock."""

    app: Flask
    address: str
    calendar: Calendar

    @contextmanager
    def there(self) -> Iterator[None]:
        """Inside the application, at its moment: what jobs do, and what the test reads."""
        with self.app.test_request_context(), at(self.calendar.now()):
            yield
            db.session.remove()


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    """An empty centre on a database of its own, served at the moment its calendar says."""

    class OnItsOwn(config.Testing):
        INSTANCE = folder
        SQLALCHEMY_DATABASE_URI = f"sqlite:///{folder / 'year.db'}"
        RATELIMIT_ENABLED = False

    app, calendar = create_app(OnItsOwn), Calendar()
    if ENGINE == "sqlite":
        shutil.copy(SCRATCH / "empty.db", folder / "year.db")
    else:
        with app.app_context():
            upgrade()

    def serve(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        with at(calendar.now()):
            return app.wsgi_app(environ, start)

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, serve, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Town(app, f"http://127.0.0.1:{server.server_port}", calendar)
    server.shutdown()
    thread.join()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class Neighbour:
    """Someone with an old phone: 360 px wide, and no JavaScript unless told otherwise."""

    def __init__(
        self,
        browser: Browser,
        place: Town,
        who: tuple[int, str],
        *keys: str,
        javascript: bool = False,
    ) -> None:
        self.id, self.name = who
        self._keys, self._calendar = keys, place.calendar
        self._seen: datetime | None = None
        self._context = browser.new_context(
            viewport=ViewportSize(width=PHONE["width"], height=PHONE["height"]),
            base_url=place.address,
            locale="fr-FR",
            java_script_enabled=javascript,
        )
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(10_000)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def go(self, address: str) -> None:
        """Open a page that exists, signed in: who did not come for a month is asked again."""
        if self._seen is None or self._calendar.now() - self._seen > MONTH:
            self._sign_in()
        self._seen = self._calendar.now()
        answer = self.page.goto(address, wait_until="domcontentloaded")
        assert answer is not None
        assert answer.status == 200, f"{self.name}: {address}: {answer.status}"

    def follow(self, words: str) -> None:
        """Touch the first link of the page that says this."""
        self.main.get_by_role("link", name=words).first.click()

    def press(self, words: str, within: str = "main") -> None:
        """Touch the first button that says this; the answer is no refusal."""
        self.page.locator(within).first.get_by_role("button", name=words).first.click()
        self.page.wait_for_load_state("domcontentloaded")
        assert not self.page.locator(".error-summary").count(), self.read()

    def fill(self, **typed: str) -> None:
        """Type in boxes, by their names."""
        for name, value in typed.items():
            self.page.fill(f"main [name={name}]", value)

    def read(self) -> str:
        """What the page says."""
        return " ".join(self.main.inner_text().split())

    def number(self) -> int:
        """The number that the address of the page holds."""
        found = re.search(r"/(\d+)(/|$)", self.page.url)
        assert found, self.page.url
        return int(found.group(1))

    def _sign_in(self) -> None:
        self.page.goto("/connexion", wait_until="domcontentloaded")
        self.page.fill("#identifier", self._keys[0])
        self.page.fill("#secret", self._keys[1])
        self.press("Me connecter")
        if self.page.url.endswith("/connexion/code"):
            phone = pyotp.TOTP(config.Testing.DEMO_SECOND_FACTOR)
            self.page.fill("#code", phone.at(self._calendar.now()))
            self.press("Entrer")
        assert "/moi" in self.page.url, self.read()
