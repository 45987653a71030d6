"""Every service that changes something records an act, or says why it is silent."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.structure.silent import SILENT

APP = Path(__file__).parents[2] / "app"
WRITERS = {"record", "void", "void_all"}


@dataclass(frozen=True)
class Function:
    """A function at the top of a source: what it calls, and whether it is a public service."""

    calls: frozenset[str]
    is_service: bool


def functions_of(source: str) -> dict[str, Function]:
    """The functions at the top of a source."""
    return {
        node.name: Function(
            frozenset(
                inner.func.id if isinstance(inner.func, ast.Name) else inner.func.attr
                for inner in ast.walk(node)
                if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name | ast.Attribute)
            ),
            not node.name.startswith("_")
            and any(
                isinstance(mark, ast.Name) and mark.id == "atomic" for mark in node.decorator_list
            ),
        )
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }


def services(
    module: str, functions: dict[str, Function], room: dict[str, Function]
) -> dict[str, bool]:
    """Each service of a module, and whether it reaches a writer of the ledger.

    `room` holds the functions of the other files of the same room, which it may go through.
    """
    known = room | functions

    def reached(name: str) -> set[str]:
        seen: set[str] = set()
        waiting = {name}
        while waiting:
            seen |= waiting
            called = {call for one in waiting for call in known[one].calls}
            if called & WRITERS:
                return called & WRITERS
            waiting = (called & known.keys()) - seen
        return set()

    return {
        f"{module}.{name}": bool(reached(name))
        for name, function in functions.items()
        if function.is_service
    }


@cache
def every_service() -> dict[str, bool]:
    found: dict[str, bool] = {}
    for folder in sorted(APP.iterdir()):
        if not folder.is_dir() or folder.name in ("core", "demo", "__pycache__"):
            continue
        modules = {path.stem: functions_of(path.read_text("utf-8")) for path in folder.glob("*.py")}
        room: dict[str, Function] = {}
        for functions in modules.values():
            room |= functions
        for stem, functions in modules.items():
            if stem != "cli":
                found |= services(f"{folder.name}.{stem}", functions, room)
    return found


def test_every_changing_service_records_or_is_listed_silent() -> None:
    unsaid = [
        name for name, records in every_service().items() if not records and name not in SILENT
    ]

    assert unsaid == []


def test_the_silent_list_names_only_silent_services() -> None:
    found = every_service()

    assert [name for name in SILENT if found.get(name, True)] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@atomic\ndef forget(x):\n    db.session.add(x)", {"m.forget": False}),
        ("@atomic\ndef keep(x):\n    record(Act.X)", {"m.keep": True}),
        ("def _in(x):\n    record(x)\n\n@atomic\ndef keep(x):\n    _in(x)", {"m.keep": True}),
    ],
)
def test_a_service_that_says_nothing_is_seen(source: str, expected: dict[str, bool]) -> None:
    assert services("m", functions_of(source), {}) == expected
