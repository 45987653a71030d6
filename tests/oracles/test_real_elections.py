"""Elections that cities and councils held, counted by `flask polls count` from their ballots.

The ballots are read in the archives of `requirements/elections.txt`, which `script/oracles`
downloads; only their results, as those who held them published them, are written here.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.voting.cli import cli

ELECTIONS = Path(__file__).parents[2] / "build" / "elections"
VOTEKIT = ELECTIONS / "votekit-3.5.0"
ABIFTOOL = ELECTIONS / "abiftool-0.34.0" / "testdata"
PABULIB = ELECTIONS / "pabumeasures-0.2.2" / "data"


def counted(path: Path, method: str, *options: str) -> dict[str, Any]:
    words = ["count", "--json", "--method", method, *options, str(path)]
    told = CliRunner().invoke(cli, words)
    assert told.exit_code == 0, told.output
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def blt(folder: Path, names: list[str], seats: int, ballots: Iterable[str]) -> Path:
    """A BLT file; ballots are written « 155 1 3 », how many and then the preferences."""
    lines = [f"{len(names)} {seats}", *(f"{ballot} 0" for ballot in ballots), "0"]
    path = folder / "ballots.blt"
    path.write_text("\n".join([*lines, *(f'"{name}"' for name in names), ""]), "utf-8")
    return path


def votes(stage: dict[str, Any]) -> dict[str, float]:
    return {name: float(given) for name, given in stage["votes"].items()}


def test_a_scottish_ward_elects_the_councillors_it_elected_in_2012(tmp_path: Path) -> None:
    """Na Hearadh agus Ceann a Deas nan Loch, Comhairle nan Eilean Siar, 3 May 2012, three seats.

    Catherine Macdonald, Philip R Mclean and D J Macrae sat for it from 2012 to 2017; the second
    candidate of the party of Mclean had fewer first preferences, and was not elected.
    """
    rows = list(
        csv.reader(io.StringIO((VOTEKIT / "notebooks/eilean_siar_2012_ward3.csv").read_text()))
    )
    ballots = [" ".join(filter(None, row)) for row in rows[1:] if row and row[0].isdigit()]
    names = [row[1] for row in rows if row[0].startswith("Candidate")]

    result = counted(blt(tmp_path, names, int(rows[0][1]), ballots), "stv")

    assert result["winners"] == ["Catherine Macdonald", "Philip Robert Mclean", "D J Macrae"]
    assert result["ballots"] == 802
    # A quota of 201, and the surplus of 297 moved at 297/498, cut after five decimals.
    assert votes(result["rounds"][0])["Catherine Macdonald"] == 498
    assert votes(result["rounds"][1])["Catherine Macdonald"] == 201


def test_a_district_of_portland_elects_its_councillors_of_2024(tmp_path: Path) -> None:
    """District 3 of Portland, Oregon, 5 November 2024: three seats, 30 candidates and write-ins.

    The city's transferable vote is Scottish but for its decimals and its joint exclusions.
    """
    path = VOTEKIT / "tests/data/csv/Portland_D3_Condensed_remove_skipped.csv"
    lines = path.read_text("utf-8").splitlines()
    called = [pair.strip("()").rsplit(":", 1) for pair in lines[2].split("),(")]
    places = {f"{{'{short}'}}": str(place) for place, (_, short) in enumerate(called, start=1)}
    rows = csv.reader(lines[9:])
    ballots = Counter(" ".join(places[cell] for cell in row if cell in places) for row in rows)
    grouped = (f"{times} {preferences}" for preferences, times in ballots.items())

    result = counted(blt(tmp_path, [name for name, _ in called], 3, grouped), "stv")

    assert set(result["winners"]) == {"Steve Novick", "Tiffany Koyama Lane", "Angelita Morillo"}
    assert result["ballots"] == 84_515


def test_burlington_elects_its_mayor_of_2009_and_schulze_another() -> None:
    """3 March 2009: Bob Kiss, though most people preferred Andy Montroll to each of the others."""
    path = ABIFTOOL / "burl2009" / "burl2009.abif"

    runoff = counted(path, "stv", "--seats", "1")
    schulze = counted(path, "schulze")

    assert runoff["winners"] == ["Bob Kiss (Progressive)"]
    assert schulze["winners"] == ["Andy Montroll (Democrat)"]
    assert votes(runoff["rounds"][0]) == {
        "Kurt Wright (Republican)": 2951,
        "Bob Kiss (Progressive)": 2585,
        "Andy Montroll (Democrat)": 2063,
        "Dan Smith (Independent)": 1306,
        "James Simpson (Green)": 35,
        "Write-in": 36,
    }
    last = votes(runoff["rounds"][4])
    assert last["Bob Kiss (Progressive)"] == 4313
    # The city found 4061; four ballots of the archive tie people, and are null where they do.
    assert last["Kurt Wright (Republican)"] == pytest.approx(4061, abs=1)


def test_san_francisco_elects_its_mayor_of_2018() -> None:
    """Special election of 5 June 2018: London Breed, by about one per cent over Mark Leno."""
    path = ABIFTOOL / "california" / "sf2018special-results.abif"

    assert counted(path, "stv", "--seats", "1")["ranking"][:2] == [["LONDON BREED"], ["MARK LENO"]]


@pytest.mark.parametrize(
    ("file", "method", "projects"),
    [
        # The first city that shared a budget equally: Wieliczka, « Zielony Milion », April 2023.
        ("poland_wieliczka_2023_green-budget", "equal-shares", 30),
        ("poland_lodz_2024_", "greedy", 14),
        ("poland_warszawa_2024_bemowo", "greedy", 26),
        ("poland_warszawa_2024_mokotow", "greedy", 23),
        ("poland_warszawa_2024_praga-poludnie", "greedy", 17),
        ("poland_warszawa_2024_ursynow", "greedy", 21),
    ],
)
def test_a_city_s_budget_goes_to_the_projects_that_the_city_chose(
    file: str, method: str, projects: int
) -> None:
    """The city's own choice is the `selected` column of its Pabulib file."""
    path = PABULIB / f"{file}.pb"
    table = path.read_text("utf-8").split("PROJECTS\n")[1].split("VOTES\n")[0]
    rows = csv.DictReader(io.StringIO(table), delimiter=";")
    chosen = {row["project_id"] for row in rows if row["selected"] == "1"}

    result = counted(path, method)

    assert set(result["winners"]) == chosen
    assert len(chosen) == projects
