"""Telephone numbers, however they are typed."""

import re

import pytest

from app.core.phones import in_pairs, normalised


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "0612345678"),
        ("06.12.34.56.78", "0612345678"),
        ("+33 6 12 34 56 78", "0612345678"),
        ("0033612345678", "0612345678"),
        ("+33 (0)1 23 45 67 89", "0123456789"),
        ("+32 470 12 34 56", "+32470123456"),
        ("0032470123456", "+32470123456"),
    ],
)
def test_a_number_is_kept_as_digits(typed: str, kept: str) -> None:
    assert normalised(typed) == kept


@pytest.mark.parametrize("typed", ["06 12", "0012", "bonjour", "1234567890", "+"])
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(typed)):
        normalised(typed)


def test_a_number_is_read_in_pairs() -> None:
    assert in_pairs("0612345678") == "06\u00a012\u00a034\u00a056\u00a078"
