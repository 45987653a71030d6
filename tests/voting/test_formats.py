"""Elections in the formats that other tools write, and the same ones written back."""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.formats import FORMATS, base, format_of
from app.voting.formats.base import Election, FormatError, text_of
from app.voting.methods.base import Holds
from app.voting.tally import Uncountable, tally
from tests.voting.elections import approval_sets, unhurried, weak_orders

# The README of abiftool (electorama), from Wikipedia's example.
TENNESSEE = """{"title": "Capitale"}
# Distances à vol d'oiseau
=Memph:[Memphis, TN]
=Nash:[Nashville, TN]
=Chat:[Chattanooga, TN]
=Knox:[Knoxville, TN]
42:Memph/5>Nash/2>Chat/1>Knox/0
26:Nash/5>Chat/3>Knox/2>Memph/0
15:Chat/5>Knox/3>Nash/2>Memph/0
17:Knox/5>Chat/3>Nash/1>Memph/0
"""
TOI = """# FILE NAME: essai.toi
# TITLE: Essai
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 6
# NUMBER UNIQUE ORDERS: 2
# ALTERNATIVE NAME 1: Ana
# ALTERNATIVE NAME 2: Bo
# ALTERNATIVE NAME 3: Chloé
# ALTERNATIVE NAME 4: Dan
4: 1,{2,3}
2: 4
"""
OLD_SOC = "3\n1,Ana\n2,Bo\n3,Chloé\n5,5,2\n3,1,2,3\n2,3,1,2\n"
BLT = """4 2  # quatre candidats, deux sièges
-2
3 1 3 4 0
2 4 1 3 0
1 2 0
(carte 12) 1 3 0
1 1 - 4=3 0
1 0
0
"Adam"
"Basile"
"Charlotte"
"Donald"
"Club de jardinage"
"""
# The simple example of the format's own description, with Windows line ends.
PB = """META\r
key; value\r
description; Municipal PB in Wieliczka\r
country; Poland\r
unit; Wieliczka\r
instance; 2020\r
num_projects; 5\r
num_votes; 10\r
budget; 2500\r
vote_type; approval\r
rule; greedy\r
date_begin; 16.09.2023\r
date_end; 04.10.2023\r
PROJECTS\r
project_id; cost; category\r
7; 1200; education\r
1; 600; "culture; education"\r
2; 800; sport\r
4; 1400; culture\r
5; 1000; health, sport\r
VOTES\r
voter_id; age; sex; vote\r
1; 34; f; 1,2,4\r
2; 51; m; 1,2\r
3; 23; m; 2,4,5\r
4; 19; f; 5,7\r
5; 62; f; 1,4,7\r
6; 54; m; 1,7\r
7; 49; m; 5\r
8; 27; f; 4\r
9; 39; f; 2,4,5\r
10; 44; m; 4,5\r
"""


def read(key: str, text: str, holds: Holds) -> Election:
    return FORMATS[key].read(text, holds)


def refusal(key: str, text: str, holds: Holds = "ranking") -> str:
    """The line and the sentence that refuse a file."""
    with pytest.raises(FormatError) as refused:
        read(key, text, holds)
    assert refused.value.sentence.endswith(".")
    return str(refused.value)


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


def test_csv_of_a_budget_gives_costs_and_the_sum_to_share() -> None:
    text = "Budget;100\nNombre;Bancs;Arbres\nCoût;60;50\n3;x;\n2;;x\n"

    counted = tally(read("csv", text, "approval"), "greedy", {})

    assert counted["winners"] == ["Bancs"]


def test_what_a_spreadsheet_would_compute_is_written_as_text_and_read_back() -> None:
    election = Election("approval", ("=1+1", "@Bo"), {(1,): 2})

    written = FORMATS["csv"].write(election)

    assert "'=1+1" in written
    assert read("csv", written, "approval").names == election.names


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


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("abif", "3:A>B\nA>C\n", "Ligne 2"),
        ("abif", "3:A>B\n2:A>>C\n", "Ligne 2"),
        ("abif", "3:A>B\n2:A>A\n", "Ligne 2"),
        ("abif", "=A:[Ana]\n3:A>Bb\n", "Ligne 2"),
        ("abif", "=A:Ana\n", "Ligne 1"),
        ("abif", "1:A,B\n", "Ligne 1"),
        ("preflib", TOI + "x: 1\n", "Ligne 13"),
        ("preflib", TOI + "1: 1,9\n", "Ligne 13"),
        ("preflib", TOI + "1: 1,{1,2}\n", "Ligne 13"),
        ("preflib", TOI + "1: 0\n", "Ligne 13"),
        ("preflib", "# TITLE: x\n1: 1\n", "NUMBER ALTERNATIVES"),
        ("preflib", "2\n1,A\n2;B\n", "Ligne 3"),
        ("blt", "2\n", "Ligne 1"),
        ("blt", "2 1\n1 1 2\n0\n", "Ligne 2"),
        ("blt", "2 1\n1 1 3 0\n0\n", "Ligne 2"),
        ("blt", "2 1\n1 1 1 0\n0\n", "Ligne 2"),
        ("blt", '2 1\n1 1 0\n0\n"A"\n', "Ligne 4"),
        ("blt", "2 1\n1 1 0\n", "Ligne 2"),
        ("pb", PB.replace("budget; 2500\r\n", ""), "budget"),
        ("pb", PB.replace("approval", "wish"), "Ligne 10"),
        ("pb", PB.replace("1200", "beaucoup"), "Ligne 16"),
        ("pb", PB.replace("num_votes; 10", "num_votes; 11"), "Ligne 8"),
        ("pb", PB.replace("; 5,7\r", "; 5,8\r"), "Ligne 26"),
        ("pb", PB.replace("\n10; 44", "\n1; 44"), "Ligne 32"),
        ("pb", PB.replace("PROJECTS", "PROJETS"), "PROJECTS"),
        ("pb", "Bonjour\n", "Ligne 1"),
        ("csv", "A;B\n1;x\n", "Ligne 2"),
        ("csv", "A;B\n1;2;3\n", "Ligne 2"),
        ("csv", "A;A\n1;2\n", "Ligne 1"),
        ("csv", "A;\n1;2\n", "Ligne 2"),
        ("csv", "Nombre;A;B\n-1;1;2\n", "Ligne 2"),
        ("csv", "A;B\n1;2\n;\n", "Ligne 3"),
        ("csv", "Règles;{\nA;B\n", "Ligne 1"),
        ("csv", 'A;B\n"1;2\n' + "x" * 200_000, "Ligne"),
        ("json", "{", "Ligne 1"),
        ("json", "[]", "Ligne 1"),
        ("json", "[" * 100_000, "Ligne 1"),
        (
            "json",
            '{"options": ["A"],\n"ballots": [\n{"ranking": ["A"]},\n{"ranking": ["B"]}]}',
            "4",
        ),
        ("json", '{"options": ["A"],\n"ballots": [\n{"times": 0.5, "ranking": ["A"]}]}', "Ligne 3"),
        ("json", '{"options": ["A", "A"], "ballots": []}', "deux fois"),
        ("json", '{"options": [null], "ballots": []}', "nom"),
        ("json", '{"options": ["A"], "ballots": [{"ranking": ["A"], "approved": []}]}', "seule"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line_and_a_sentence(
    key: str, text: str, said: str
) -> None:
    assert said in refusal(key, text)


def test_files_of_hostile_size_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MOST_BYTES", 100)

    with pytest.raises(FormatError, match="dépasse"):
        text_of(b"x" * 101)

    assert "1000 options" in refusal("abif", "1:" + ">".join(f"o{i}" for i in range(1001)))
    assert "1000000000000" in refusal("abif", "1000000000001:A")
    assert "1000000000000" in refusal("abif", f"{'9' * 5000}:A")
    with pytest.raises(FormatError, match="plus de bulletins"):
        read("abif", "1000000000000:A\n1000000000000:B\n", "ranking")


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "vide"), (b"A;B\n\xff", "Ligne 2"), (b"A\n\0", "Ligne 2"), (b" \n ", "vide")],
)
def test_what_is_no_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        text_of(data)


@pytest.mark.parametrize("key", list(FORMATS))
@unhurried
@given(text=st.text(alphabet="AB123;:,>={}[]()/\"'#-\n\t é0", max_size=60))
def test_whatever_a_file_holds_it_is_read_or_refused(key: str, text: str) -> None:
    for holds in ("ranking", "grades", "approval"):
        try:
            FORMATS[key].read(text, holds)
        except FormatError as refused:
            assert refused.sentence


@pytest.mark.parametrize("key", ["csv", "json", "abif", "preflib", "blt"])
@unhurried
@given(ballots=st.lists(weak_orders(4), max_size=6))
def test_rankings_written_in_a_format_are_read_back(key: str, ballots: list[Any]) -> None:
    grouped = Counter(ballot.tiers for ballot in ballots if ballot.tiers)
    election = Election("ranking", ("A", "Bo-Bo", "C d", "É"), grouped, title="Fête")

    again = read(key, FORMATS[key].write(election), "ranking")

    assert (again.names, again.ballots) == (election.names, election.ballots)


@pytest.mark.parametrize("key", ["csv", "json", "pb"])
@unhurried
@given(ballots=st.lists(approval_sets(3), max_size=6))
def test_budgets_written_in_a_format_are_read_back(key: str, ballots: list[Any]) -> None:
    grouped = Counter(ballot.approved for ballot in ballots)
    blank = grouped.pop((), 0)
    if not grouped:
        return
    election = Election(
        "approval", ("A", "B", "C"), grouped, blank=blank, costs=(5, 6, 7), budget=12
    )

    again = read(key, FORMATS[key].write(election), "approval")

    assert (again.names, again.ballots, again.blank) == (election.names, grouped, blank)
    assert (again.costs, again.budget) == ((5, 6, 7), 12)


def test_a_budget_is_written_with_its_obligatory_keys_and_new_voters() -> None:
    election = Election(
        "approval", ("A", "B"), {(1,): 500, (2,): 500}, costs=(1, 2), budget=3, title="Fonds"
    )

    written = FORMATS["pb"].write(election).splitlines()

    meta = dict(line.split(";", 1) for line in written[2 : written.index("PROJECTS")])
    assert {
        "description", "country", "unit", "instance", "num_projects", "num_votes", "budget",
        "vote_type", "rule", "date_begin", "date_end",
    } <= set(meta)  # fmt: skip
    votes = [line.split(";") for line in written[written.index("VOTES") + 2 :]]
    assert [voter for voter, _ in votes] == [str(number) for number in range(1, 1001)]
    # A thousand shuffled votes do not come out grouped: it would take one chance in 10 ** 298.
    assert [vote for _, vote in votes] != sorted(vote for _, vote in votes)


@pytest.mark.parametrize(
    ("key", "election"),
    [
        ("preflib", Election("approval", ("A",), {(1,): 1})),
        ("blt", Election("grades", ("A",), {})),
        ("abif", Election("choice", ("A",), {"yes": 1})),
        ("abif", Election("ranking", ("A]",), {})),
        ("pb", Election("ranking", ("A",), {})),
    ],
)
def test_a_format_that_cannot_hold_ballots_says_so(key: str, election: Election) -> None:
    with pytest.raises(FormatError):
        FORMATS[key].write(election)


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
