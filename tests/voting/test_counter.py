"""`flask polls`: counting files, exporting polls and checking what was published."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.core.db import atomic, db
from app.voting.cli import cli
from app.voting.closing import close_poll
from app.voting.models import Poll
from tests.voting.files import BLT, PB, TENNESSEE
from tests.voting.polls import after, judge, make_judgment, make_poll, make_voters, yes

ROOT = Path(__file__).parents[2]
CSV = "Nombre;Ana;Bo;Chloé\n3;1;2;\n2;;1;\n1;blanc;;\n1;nul;;\n"


def count(folder: Path, name: str, text: str, *options: str) -> Result:
    path = folder / name
    path.write_text(text, "utf-8", newline="")
    return CliRunner().invoke(cli, ["count", *options, str(path)])


def told(folder: Path, name: str, text: str, *options: str) -> dict[str, Any]:
    result = count(folder, name, text, "--json", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_result_in_json_has_these_keys_and_no_others(tmp_path: Path) -> None:
    for name, text, method in (
        ("a.csv", CSV, "schulze"),
        ("a.csv", CSV, "stv"),
        ("a.abif", TENNESSEE, "majority-judgment"),
        ("a.abif", TENNESSEE, "dots"),
        ("a.csv", "A;B\nx;\n", "approval"),
        ("a.csv", "A\npour\n", "yesno"),
        ("a.pb", PB, "equal-shares"),
        ("a.pb", PB, "greedy"),
    ):
        result = told(tmp_path, name, text, "--method", method)

        assert list(result) == [
            "method",
            "winners",
            "ranking",
            "rounds",
            "ballots",
            "blank",
            "null",
            "rules",
        ]
        assert result["method"] == method
        assert isinstance(result["rounds"], list) and isinstance(result["rules"], dict)


def test_blank_and_null_ballots_are_counted_apart(tmp_path: Path) -> None:
    result = told(tmp_path, "a.csv", CSV, "--method", "schulze")

    assert (result["ballots"], result["blank"], result["null"]) == (7, 1, 1)
    assert result["ranking"] == [["Ana"], ["Bo"], ["Chloé"]]


def test_seats_come_from_the_file_or_from_the_command(tmp_path: Path) -> None:
    assert len(told(tmp_path, "a.blt", BLT, "--method", "stv")["winners"]) == 2
    assert told(tmp_path, "a.blt", BLT, "--method", "stv", "--seats", "1")["winners"] == ["Adam"]


def test_a_budget_says_its_completion_and_its_ties(tmp_path: Path) -> None:
    usual = told(tmp_path, "a.pb", PB, "--method", "equal-shares")
    other = told(
        tmp_path, "a.pb", PB, "--method", "equal-shares", "--ties", "maxcost, id",
        "--rules", '{"completion": []}',
    )  # fmt: skip

    assert usual["rules"]["ties"] == ["maxvotes", "mincost", "id"]
    assert usual["rules"]["completion"] == ["add1", "greedy"]
    assert other["rules"]["ties"] == ["maxcost", "id"]
    assert other["rules"]["completion"] == []
    assert usual["rules"]["costs"]["4"] == 1400


def test_a_person_reads_who_won_in_a_few_lines(tmp_path: Path) -> None:
    result = count(tmp_path, "a.abif", TENNESSEE, "--method", "schulze")

    assert result.stdout.splitlines() == [
        "schulze : Nashville, TN",
        "1. Nashville, TN",
        "2. Chattanooga, TN",
        "3. Knoxville, TN",
        "4. Memphis, TN",
        "100 bulletins, dont 0 blancs et 0 nuls",
    ]


@pytest.mark.parametrize(
    ("name", "text", "options", "said"),
    [
        ("a.csv", "A;B\n1;2\n1;x\n", ["--method", "schulze"], "Ligne 3"),
        ("a.csv", CSV, ["--method", "approval"], "Ligne 2"),
        ("a.pb", PB, ["--method", "schulze"], "options cochées"),
        ("a.csv", CSV, ["--method", "schulze", "--seats", "2"], "Règle inconnue"),
        ("a.csv", CSV, ["--method", "stv", "--rules", "{"], "objet JSON"),
        ("a.txt", CSV, ["--method", "stv"], "--format"),
        ("a.csv", CSV, ["--method", "borda"], "borda"),
        ("a.pb", PB, ["--method", "greedy", "--ties", "fate"], "maxvotes"),
    ],
)
def test_what_cannot_be_counted_ends_in_two_with_a_sentence(
    tmp_path: Path, name: str, text: str, options: list[str], said: str
) -> None:
    result = count(tmp_path, name, text, *options)

    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_file_that_is_not_there_ends_in_two(tmp_path: Path) -> None:
    missing = CliRunner().invoke(cli, ["count", "--method", "stv", str(tmp_path / "no.csv")])
    folder = CliRunner().invoke(cli, ["count", "--method", "stv", "--format", "csv", str(tmp_path)])

    assert (missing.exit_code, folder.exit_code) == (2, 2)


def test_no_database_is_needed_to_count(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV, "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "flask", "polls", "count", "--method", "schulze", str(path)],
        cwd=ROOT,
        env={
            **os.environ,
            "FLASK_APP": "wsgi",
            "MAISONNEE_ENV": "development",
            "INSTANCE_PATH": str(tmp_path / "instance"),
            "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nowhere",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("schulze : Ana")


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(cli, words)


def closed_judgment() -> Poll:
    voters = make_voters(12)
    poll = make_judgment()
    for place, voter in enumerate(voters):
        judge(poll, voter, place % 5, 1, (place * 2) % 5)
    with after(poll):
        close_poll(poll)
    return db.session.get_one(Poll, poll.id)


def test_a_closed_poll_is_exported_and_its_file_gives_its_winners(
    app: Flask, tmp_path: Path
) -> None:
    poll = closed_judgment()
    winners = [
        option.label for option in poll.options if option.id in (poll.result or {})["winners"]
    ]

    for key in ("csv", "json", "abif"):
        path = tmp_path / f"a.{key}"
        written = run(app, "export", str(poll.id), "--format", key, "--output", str(path))
        assert written.exit_code == 0, written.output
        again = CliRunner().invoke(
            cli, ["count", "--json", "--method", "majority-judgment", str(path)]
        )
        assert json.loads(again.stdout)["winners"] == winners

    assert run(app, "export", str(poll.id), "--format", "blt").exit_code == 2


def test_a_poll_still_open_or_with_too_few_ballots_is_not_exported(app: Flask) -> None:
    voters = make_voters(2)
    poll = make_poll()
    yes(poll, *voters)

    assert run(app, "export", str(poll.id), "--format", "csv").exit_code == 1
    with after(poll):
        close_poll(poll)
    few = run(app, "export", str(poll.id), "--format", "csv")

    assert few.exit_code == 1
    assert "secret" in few.output


def test_the_published_file_counted_again_gives_the_published_result(app: Flask) -> None:
    poll = closed_judgment()
    assert run(app, "verify", str(poll.id)).exit_code == 0

    @atomic
    def alter() -> None:
        poll.result = {**(poll.result or {}), "sha256": "0" * 64, "judged": 13}

    alter()
    refused = run(app, "verify", str(poll.id))

    assert refused.exit_code == 1
    assert "le décompte (judged) ; l’empreinte du fichier" in refused.output
