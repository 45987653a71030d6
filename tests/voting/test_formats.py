"""Elections in the formats that other tools write."""

import json
from typing import Any

import pytest

from app.voting.formats import format_of
from app.voting.formats.base import Election
from app.voting.methods.base import Holds
from app.voting.tally import Uncountable, tally
from tests.voting.files import BLT, OLD_SOC, PB, TENNESSEE, TOI, read


def test_abif_gives_rankings_or_scores_as_the_method_wants() -> None:
    ranked = read("abif", TENNESSEE, "ranking")
    scored = read("abif", TENNESSEE, "grades")

    assert ranked.names[1] == "Nashville, TN"
    assert ranked.ballots[((1,), (2,), (3,), (4,))] == 42
    assert scored.ballots[((1, 5), (2, 2), (3, 1), (4, 0))] == 42
    assert tally(ranked, "schulze", {})["winners"] == ["Nashville, TN"]
    judged = tally(scored, "majority_judgment", {})
    assert judged["winners"] == ["Chattanooga, TN"]
    assert judged["rules"]["grades"] == ["5", "4", "3", "2", "1", "0"]


def test_abif_reads_ties_commas_quotes_and_blank_ballots() -> None:
    text = '3:A=[Le Puy]>"C d"\n2*A>C\n1: A/5, [Le Puy]/5, C/0 # fin\n4:\n'

    election = read("abif", text.replace('"C d"', "C"), "ranking")

    assert election.names == ("A", "Le Puy", "C")
    assert election.ballots == {((1, 2), (3,)): 4, ((1,), (3,)): 2}
    assert election.blank == 4


def test_preflib_reads_ties_and_options_left_out_in_both_layouts() -> None:
    recent = read("preflib", TOI, "ranking")
    old = read("preflib", OLD_SOC, "ranking")

    assert recent.names == ("Ana", "Bo", "Chloé", "Dan")
    assert recent.ballots == {((1,), (2, 3)): 4, ((4,),): 2}
    assert old.ballots == {((1,), (2,), (3,)): 3, ((3,), (1,), (2,)): 2}


def test_blt_takes_those_who_withdrew_out_of_every_ballot() -> None:
    election = read("blt", BLT, "ranking")

    assert election.names == ("Adam", "Charlotte", "Donald")
    assert (election.seats, election.title) == (2, "Club de jardinage")
    assert election.ballots == {
        ((1,), (2,), (3,)): 3,
        ((3,), (1,), (2,)): 2,
        ((1,), (2,)): 1,
        ((1,), (2, 3)): 1,
    }
    assert election.blank == 2
    assert tally(election, "stv", {})["rules"]["seats"] == 2


def test_pabulib_reads_a_budget_with_windows_line_ends_and_quotes() -> None:
    election = read("pb", PB, "approval")

    assert election.ids == ("1", "2", "4", "5", "7")
    assert (election.budget, election.costs) == (2500, (600, 800, 1400, 1000, 1200))
    assert sum(election.ballots.values()) == 10
    shared = tally(election, "equal_shares", {})
    assert shared["winners"] == ["4", "1"]
    assert shared["rules"]["completion"] == ["add1", "greedy"]
    assert shared["rules"]["ties"] == ["maxvotes", "mincost", "id"]
    assert tally(election, "greedy", {})["winners"] == ["4", "5"]


def test_pabulib_counts_cents_rankings_and_points() -> None:
    cents = read("pb", PB.replace("; 600;", "; 600.50;"), "approval")
    ordered = read("pb", PB.replace("; approval", "; ordinal"), "ranking")
    pointed = read(
        "pb",
        PB.replace("; approval", "; cumulative")
        .replace("sex; vote", "sex; vote; points")
        .replace("1,2,4\r", "1,2,4; 3,2,1\r")
        .split("2; 51")[0]
        .replace("num_votes; 10", "num_votes; 1"),
        "points",
    )

    assert (cents.budget, cents.costs[0], cents.unit) == (25000, 6005, 10)
    assert ordered.ballots[((1,), (2,), (3,))] == 1
    assert pointed.ballots == {((1, 3), (2, 2), (3, 1)): 1}


def test_csv_reads_what_people_type_blank_and_null_ballots_and_how_many_of_each() -> None:
    ranks = read("csv", "Nombre;Ana;Bo\n3;1;2\n2;;1\n1;blanc;\n4;nul;\n", "ranking")
    ticks = read("csv", "Ana,Bo\nx,\nX,1\n", "approval")
    marks = read("csv", "\ufeffAna;Bo\nBien;Très bien\n;à rejeter\n", "grades")
    points = read("csv", "Ana\tBo\n2\t1\n", "points")
    words = read("csv", "Des bancs ?\npour\nContre\nabstention\nblanc\n", "choice")

    assert ranks.ballots == {((1,), (2,)): 3, ((2,),): 2}
    assert (ranks.blank, ranks.null) == (1, 4)
    assert ticks.ballots == {(1,): 1, (1, 2): 1}
    assert marks.ballots == {((1, 1), (2, 0)): 1, ((2, 4),): 1}
    assert points.ballots == {((1, 2), (2, 1)): 1}
    assert words.ballots == {"yes": 1, "no": 1, "abstain": 1}
    assert words.blank == 1


@pytest.mark.parametrize("holds", ["ranking", "approval", "grades", "points"])
def test_csv_says_the_same_however_its_cells_and_lines_are_written(holds: Holds) -> None:
    plain = "Nombre;Ana;Bo;Chloé\n3;1;;1\n2;;1;\n1;blanc;;\n\n1; 1 ;;1\n4;nul;;\n"
    quoted = plain.replace("Ana", '"Ana"').replace("3;1;", '3;"1";')

    said = read("csv", plain, holds)

    assert said.names == ("Ana", "Bo", "Chloé") and said.null == 4
    for other in (quoted, plain.replace("\n", "\r\n"), plain.replace("\n", "\r"), plain[:-1]):
        assert read("csv", other, holds) == said


def test_csv_of_a_budget_gives_costs_and_the_sum_to_share() -> None:
    text = "Budget;100\nNombre;Bancs;Arbres\nCoût;60;50\n3;x;\n2;;x\n"

    counted = tally(read("csv", text, "approval"), "greedy", {})

    assert counted["winners"] == ["Bancs"]


def test_json_holds_every_kind_of_ballot() -> None:
    def counted(ballots: list[Any], key: str, **about: Any) -> dict[str, Any]:
        text = json.dumps({"options": ["A", "B"], "ballots": ballots, **about})
        return tally(read("json", text, "ranking"), key, {})

    ranked = counted([{"times": 2, "ranking": ["A", ["B"]]}, {"blank": True}], "schulze")
    assert (ranked["winners"], ranked["ballots"], ranked["blank"]) == (["A"], 3, 1)
    assert counted([{"approved": ["B"]}, {"null": True}], "approval")["null"] == 1
    assert counted([{"grades": {"A": "Bien"}}], "majority_judgment")["winners"] == ["A"]
    assert counted([{"grades": {"B": 9}}], "majority_judgment")["winners"] == ["B"]
    assert counted([{"points": {"A": 2, "B": 1}}], "dots")["winners"] == ["A"]
    costs = [{"name": "A", "cost": 5}, {"name": "B", "cost": 3}]
    assert counted([{"approved": ["A"]}], "greedy", options=costs, budget=5)["winners"] == ["A"]


def test_ballots_of_another_kind_are_not_counted_by_guessing() -> None:
    ranked = read("abif", "3:A>B", "ranking")
    large = Election("points", ("A",), {((1, 400),): 1}, top=400)

    with pytest.raises(Uncountable, match="classements"):
        tally(ranked, "approval", {})
    with pytest.raises(Uncountable, match="10 au plus"):
        tally(large, "majority_judgment", {})
    with pytest.raises(Uncountable, match="budget"):
        tally(Election("approval", ("A",), {(1,): 1}), "greedy", {})
    with pytest.raises(Uncountable, match="Règle inconnue"):
        tally(ranked, "schulze", {"seats": 2})


def test_a_ballot_that_breaks_the_rules_is_null() -> None:
    ticks = Election("approval", ("A", "B"), {(1,): 3, (1, 2): 2}, null=1)
    dots = Election("points", ("A", "B"), {((1, 9),): 1, ((1, 1), (2, 0)): 2}, top=9)

    counted = tally(ticks, "approval", {"most": 1})

    assert (counted["ballots"], counted["null"], counted["winners"]) == (6, 3, ["A"])
    assert tally(dots, "dots", {"dots": 3})["null"] == 1


def test_the_end_of_a_name_tells_the_format() -> None:
    found = [format_of(name) for name in ("a.SOC", "b.toi", "c.blt", "d.pb", "e.txt")]

    assert [each.key if each else None for each in found] == ["preflib"] * 2 + ["blt", "pb", None]
