"""A real browser on a real server, in front of the demonstration centre."""

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, ViewportSize
from werkzeug.serving import make_server

import config
from app.core.db import db
from app.demo.load import load
from tests.databases import empty_database

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    started = playwright.chromium.launch(
        executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
    )
    yield started
    started.close()


@pytest.fixture(scope="package")
def centre(suite_app: Flask) -> Iterator[Flask]:
    """The application on the demonstration centre; the database is emptied after."""
    with suite_app.test_request_context():
        load()
        db.session.remove()
    yield suite_app
    with suite_app.app_context():
        db.session.remove()
        empty_database()


@pytest.fixture(scope="package")
def site(centre: Flask) -> Iterator[str]:
    """The address of a server on the demonstration centre."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, centre, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Open a browser window: `visit()` on a phone, `visit(DESKTOP)`, `visit(javascript=False)`."""
    contexts = []

    def open_window(
        viewport: dict[str, int] = PHONE, *, dark: bool = False, javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport=ViewportSize(width=viewport["width"], height=viewport["height"]),
            base_url=site,
            locale="fr-FR",
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_window
    for context in contexts:
        context.close()


def sign_in(page: Page, identifier: str, secret: str) -> None:
    """Type one's identifier and secret."""
    page.goto("/connexion")
    page.fill("#identifier", identifier)
    page.fill("#secret", secret)
    page.get_by_role("button", name="Me connecter").click()
    page.wait_for_load_state()
    if page.url.endswith("/connexion/code"):
        give_code(page)
    page.wait_for_url("**/moi")


def give_code(page: Page) -> None:
    """Type the code of the demonstration’s phone: each serves once, three are good at a time."""
    phone = pyotp.TOTP(config.Testing.DEMO_SECOND_FACTOR)
    deadline = time.monotonic() + 60
    while page.url.endswith("/connexion/code") and time.monotonic() < deadline:
        for seconds in (-30, 0, 30):
            if page.url.endswith("/connexion/code"):
                page.fill("#code", phone.at(int(time.time()) + seconds))
                page.get_by_role("button", name="Entrer").click()
                page.wait_for_load_state()
