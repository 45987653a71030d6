"""A real browser on a real server, in front of the demonstration centre."""

import os
import shutil
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright
from werkzeug.serving import make_server

from app.core.db import db
from app.demo.load import load
from tests.databases import empty_database

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    started = playwright.chromium.launch(
        executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
    )
    yield started
    started.close()


@pytest.fixture(scope="module")
def site(suite_app: Flask) -> Iterator[str]:
    """The address of a server on the demonstration centre; the database is emptied after."""
    with suite_app.app_context():
        load()
        db.session.remove()
    server = make_server("127.0.0.1", 0, suite_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    with suite_app.app_context():
        db.session.remove()
        empty_database()
