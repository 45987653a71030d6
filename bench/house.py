"""A new house for a bench: where it lives, its database, and what is run in it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import cluster

ROOT = Path(__file__).parents[1]
ENGINES = ("SQLite", "PostgreSQL")


@contextmanager
def database(engine: str) -> Iterator[tuple[str, str]]:
    """The address of a new, empty database of that engine, and a new folder for files."""
    with tempfile.TemporaryDirectory(prefix="maisonnee-bench-") as folder:
        if engine == "SQLite":
            yield f"sqlite:///{folder}/bench.db", folder
        else:
            with cluster(durable=True) as url:
                yield url, folder


def made(url: str, folder: str, **more: str) -> dict[str, str]:
    """The environment of a house whose files are in `folder`, its database at `url` up to date."""
    house = {
        "DATABASE_URL": url,
        "INSTANCE_PATH": folder,
        "MAISONNEE_ENV": "production",
        "SECRET_KEY": "0" * 64,
        "EMBEDDED_JOBS": "0",
        "FLASK_APP": "wsgi",
        **more,
    }
    flask = [sys.executable, "-m", "flask", "db", "upgrade"]
    everywhere = {**os.environ, **house}
    subprocess.run(flask, cwd=ROOT, env=everywhere, check=True, capture_output=True)
    return house


def run(house: dict[str, str], *module: str) -> None:
    """Run a module of Python in that house; it prints here."""
    command = [sys.executable, "-m", *module]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **house}, check=True)


def said(house: dict[str, str], *module: str) -> str:
    """What a module of Python prints, run in that house."""
    command, everywhere = [sys.executable, "-m", *module], {**os.environ, **house}
    told = subprocess.run(
        command, cwd=ROOT, env=everywhere, check=True, stdout=subprocess.PIPE, text=True
    )
    return told.stdout
