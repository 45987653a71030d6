"""A new house for a bench: where it lives, its database, and what is run in it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


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
