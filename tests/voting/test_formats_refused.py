"""Files of elections that are broken or hostile: refused with a line and a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.formats import FORMATS, base
from app.voting.formats.base import FormatError, text_of
from app.voting.methods.base import Holds
from tests.voting.elections import unhurried
from tests.voting.files import PB, TOI, read


def refusal(key: str, text: str, holds: Holds = "ranking") -> str:
    """The line and the sentence that refuse a file."""
    with pytest.raises(FormatError) as refused:
        read(key, text, holds)
    assert refused.value.sentence.endswith(".")
    return str(refused.value)


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
