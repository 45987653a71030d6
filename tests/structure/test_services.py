"""Every service that changes something records an act, or says why it is silent."""

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
WRITERS = {"record", "void"}

SILENT = {
    "accounts.services.open_sign_in": "signing in never counts",
    "accounts.services.end_sign_in": "signing out never counts",
    "accounts.services.sign_out_everywhere": "signing out never counts",
    "accounts.services.confirm_email": "it confirms a registration already recorded",
    "accounts.services.resend_confirmation": "a mail again",
    "accounts.services.ask_reset": "a mail; says nothing of who has an account",
    "accounts.services.reset_password": "a secret of the person's own",
    "accounts.services.reset_pin": "a secret of the person's own",
    "accounts.services.give_role": "the grant itself keeps who, when and why",
    "accounts.services.end_role": "the grant itself keeps its end",
    "notifications.services.mark_all_read": "reading never counts",
}


def services(source: str, module: str) -> dict[str, bool]:
    """Each `@atomic` function of a source, and whether it reaches a writer of the ledger."""
    functions = {
        node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
    }

    def calls(node: ast.FunctionDef) -> set[str]:
        return {
            inner.func.id if isinstance(inner.func, ast.Name) else inner.func.attr
            for inner in ast.walk(node)
            if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name | ast.Attribute)
        }

    def records(name: str, seen: frozenset[str] = frozenset()) -> bool:
        called = calls(functions[name])
        if called & WRITERS:
            return True
        inner = (called & functions.keys()) - seen - {name}
        return any(records(other, seen | {name}) for other in inner)

    return {
        f"{module}.{name}": records(name)
        for name, node in functions.items()
        if any(isinstance(mark, ast.Name) and mark.id == "atomic" for mark in node.decorator_list)
        and not name.startswith("_")
    }


def every_service() -> dict[str, bool]:
    found: dict[str, bool] = {}
    for path in sorted(APP.glob("*/*.py")):
        room = path.parent.name
        if room not in ("core", "demo") and path.stem != "cli":
            found |= services(path.read_text("utf-8"), f"{room}.{path.stem}")
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
    assert services(source, "m") == expected
