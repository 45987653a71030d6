import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.search_text import MAX_QUERY_WORDS, MAX_TEXT, fold, query_stems, stems


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("velo", "Vélos"),
        ("VÉLO", "vélos"),
        ("activite", "activités"),
        ("coeur", "CŒUR"),
        ("ecole", "l’École"),
        ("ecole", "l'école"),
        ("aide", "d’aides"),
        ("habitants", "qu’habitant"),
        ("decidee", "décidé"),
        ("jeu", "Jeux"),
        ("ndiaye", "N’Diaye"),
        ("e\u0301cole", "école"),
    ],
)
def test_what_is_typed_plainly_finds_what_is_written_well(typed: str, written: str) -> None:
    assert query_stems(typed) == stems(written) != []


def test_grammar_words_are_dropped_but_summer_stays() -> None:
    assert stems("La fête de l'été est dans le parc") == stems("fete ete parc")
    assert len(stems("fête été")) == 2


def test_repeats_count_in_the_index_but_not_in_the_query() -> None:
    text = "jardin jardins JARDIN"

    assert len(stems(text)) == 3
    assert len(query_stems(text)) == 1


def test_a_search_of_grammar_words_alone_has_nothing_to_look_for() -> None:
    assert query_stems("le la les d’") == []


def test_a_very_long_text_or_query_is_cut() -> None:
    assert len(stems("ab " * MAX_TEXT)) <= MAX_TEXT // 3 + 1
    assert len(query_stems(" ".join(f"mot{n}" for n in range(500)))) == MAX_QUERY_WORDS


def test_names_written_differently_compare_equal() -> None:
    assert fold("  Zoé  LEFÈVRE-Œuvrard ") == fold("zoe lefevre-oeuvrard")
    assert fold("Łukasz Øster") == "lukasz oster"
    assert fold("L’Haÿ") == "l'hay"


@given(st.text())
def test_any_text_gives_only_plain_tokens(text: str) -> None:
    assert all(stem.isascii() and stem.isalnum() for stem in stems(text))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
