from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.typography import (
    card_fr,
    date_fr,
    datetime_fr,
    day_fr,
    number_fr,
    of_fr,
    time_fr,
    typo,
)


def visible(text: str) -> str:
    """Non-breaking spaces made visible: _ for U+00A0, ~ for U+202F."""
    return text.replace("\u00a0", "_").replace("\u202f", "~")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("l'ecole d'Aix", "l’ecole d’Aix"),
        ("l'11 novembre", "l’11 novembre"),
        ('dire "oui" vite', "dire «_oui_» vite"),
        ('"Oui" et "non"', "«_Oui_» et «_non_»"),
        ('l\'"idée"', "l’«_idée_»"),
        ("« oui »", "«_oui_»"),
        ("«oui»", "«_oui_»"),
        ("Bonjour!", "Bonjour~!"),
        ("Bonjour !", "Bonjour~!"),
        ("Vraiment ?!", "Vraiment~?!"),
        ('"Vraiment?"', "«_Vraiment~?_»"),
        ("un ; deux", "un~; deux"),
        ("Horaires: 9 h", "Horaires_: 9 h"),
        ("Horaires : 9 h", "Horaires_: 9 h"),
        ("50 % ou 50%", "50_% ou 50_%"),
        ("**Attention !**", "**Attention~!**"),
        ('voir "https://a.fr/?x=1" !', "voir «_https://a.fr/?x=1_»~!"),
        ("(où ?)", "(où~?)"),
    ],
)
def test_french_typography_is_applied(typed: str, shown: str) -> None:
    assert visible(typo(typed)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://exemple.fr/a?b=1;c=2!&d='x'",
        "www.exemple.fr/?q=1",
        "mailto:a@b.fr?subject=x",
        "jean.o'neil@exemple.fr",
        "18:30",
        "de 18:30 à 20:00",
        "![image](https://a.fr/x.png)",
        '[lien](https://a.fr "titre: ici")',
        '`"code": 1!`',
        "```\nx = 'a b': \"c\"\n```",
        "| :--- | ---: |",
        "&amp; &eacute;",
        "a=b?c",
        'un écran de 27"',
        "fin\n! pas de mot avant",
    ],
)
def test_addresses_hours_and_code_are_left_alone(text: str) -> None:
    assert typo(text) == text


@given(
    st.one_of(
        st.text(),
        st.text("ab1 \"'«»:;!?%\n\u00a0\u202f\t`[](){}*_@.&\uf8ff-/"),
        st.lists(
            st.sampled_from(
                ['"', "a", " ", "https://a.fr", "b@c.fr", "!", " : ", "«", "»", "'", "`"]
            )
        ).map("".join),
    )
)
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = typo(text)

    assert typo(once) == once


def test_a_long_hostile_text_does_not_slow_the_page() -> None:
    for piece in ('"', '"a ', "`", "](", "a@", "a.", " ", "« ", "[", "```", "&", "http://"):
        typo(piece * 20_000)


def test_thousands_are_separated_by_narrow_spaces() -> None:
    assert number_fr(1234) == "1\u202f234"
    assert number_fr(1_234_567) == "1\u202f234\u202f567"
    assert number_fr(999) == "999"
    assert number_fr(-1000) == "−1\u202f000"


def test_days_are_named_in_french() -> None:
    day = date(2026, 12, 3)

    assert day_fr(day, today=date(2026, 1, 1)) == "jeudi 3 décembre"
    assert day_fr(day, today=date(2025, 12, 31)) == "jeudi 3 décembre 2026"
    assert date_fr(day) == "3 décembre 2026"


def test_the_first_of_the_month_is_an_ordinal() -> None:
    first = date(2026, 5, 1)

    assert date_fr(first) == "1er mai 2026"
    assert day_fr(first, today=first) == "vendredi 1er mai"


def test_moments_are_told_in_paris_time_winter_and_summer() -> None:
    assert time_fr(datetime(2026, 12, 3, 17, 30, tzinfo=UTC)) == "18\u00a0h\u00a030"
    assert time_fr(datetime(2026, 7, 3, 16, 0, tzinfo=UTC)) == "18\u00a0h"
    assert time_fr(datetime(2026, 7, 3, 16, 5, tzinfo=UTC)) == "18\u00a0h\u00a005"


def test_a_late_evening_in_utc_is_the_next_day_in_paris() -> None:
    moment = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert date_fr(moment) == "1er janvier 2027"
    assert (
        datetime_fr(moment, today=date(2026, 12, 31))
        == "vendredi 1er janvier 2027, 0\u00a0h\u00a030"
    )


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        time_fr(datetime(2026, 12, 3, 18, 30))


def test_a_card_number_is_shown_as_on_the_card() -> None:
    assert visible(card_fr("20260014")) == "20_26_00_14"


@pytest.mark.parametrize(
    "name",
    ["Inès", "Amina", "Émile", "Œdipe", "Ousmane", "Yves", "Hélène", "Henri", "Hortense", "Hugues"],
)
def test_de_is_elided_before_a_vowel_or_a_mute_h(name: str) -> None:
    assert of_fr(name) == f"d’{name}"


@pytest.mark.parametrize(
    "name", ["Samir", "Yasmine", "Oualid", "Hassan", "Hana", "Hicham", "Houda", "Çağla"]
)
def test_de_stays_whole_before_a_consonant(name: str) -> None:
    assert of_fr(name) == f"de {name}"
