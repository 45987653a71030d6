"""Arrows only go down."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
FLOORS = (
    ("demo",),
    ("home", "administration", "privacy"),
    ("desk", "api", "pastlife"),
    ("moderation",),
    ("mandates",),
    ("indicators", "voting", "entraide"),
    ("proposals",),
    ("bodies",),
    ("associations",),
    ("partners",),
    ("programme",),
    ("notifications",),
    ("accounts",),
    ("centre",),
    ("audit",),
    ("ledger",),
    ("core",),
)
HEIGHT = {room: len(FLOORS) - floor for floor, rooms in enumerate(FLOORS) for room in rooms}
ASSEMBLY = {"__init__.py", "features.py", "tables.py"}
"""The three files that put the rooms together see them all."""


def imports(source: str) -> Iterator[tuple[str, bool]]:
    """Each module of ours that a source imports, and whether it does so at the top."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom):
            if node.level:
                names = ["app.relative"]
            elif node.module == "app":
                names = [f"app.{alias.name}" for alias in node.names]
            else:
                names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith("app."):
                yield name, node in tree.body


def faults(room: str, source: str) -> list[str]:
    """What is wrong with the imports of a source that lives in a room."""
    found = []
    for module, at_top in imports(source):
        other = module.split(".")[1]
        if not at_top:
            found.append(f"{module} is imported inside a block")
        elif other not in HEIGHT:
            found.append(f"{module} is in no known room")
        elif other != room and HEIGHT[other] >= HEIGHT[room]:
            found.append(f"{room} imports {module}, which is not below it")
        elif room == "indicators" and other not in ("indicators", "ledger", "centre", "core"):
            found.append(f"indicators imports {module}: the fact belongs on the ledger entry")
    return found


FILES = [
    path for path in sorted(APP.rglob("*.py")) if path.name not in ASSEMBLY or path.parent != APP
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(APP)))
def test_a_file_imports_only_what_is_below(path: Path) -> None:
    room = path.relative_to(APP).parts[0]

    assert faults(room, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("core", "from app.ledger.acts import Act"),
        ("bodies", "from app.proposals import models"),
        ("indicators", "from app.accounts.models import Resident"),
        ("voting", "def f():\n    from app.core.db import db"),
        ("voting", "from .models import Poll"),
        ("desk", "from app.home import queries"),
    ],
)
def test_an_arrow_up_is_seen(room: str, source: str) -> None:
    assert faults(room, source) != []
