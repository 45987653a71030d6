"""The words on a teller's sheet, and the share of the key that they open."""

from itertools import combinations, permutations

import pytest

from app.core.errors import Invalid
from app.voting import bench_services, seal, shares
from tests.voting.tellers import named

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(("needed", "count"), [(2, 2), (2, 3), (3, 5)])
def test_any_of_them_in_number_open_and_fewer_learn_nothing(needed: int, count: int) -> None:
    key = seal.new_key()
    held = [shares.key_of(" ".join(shares.new_words())) for _ in range(count)]
    sealed = shares.split(key, needed, [shares.public_key(one) for one in held])
    opened = [shares.open_share(one, share) for one, share in zip(held, sealed, strict=True)]

    for some in combinations(opened, needed):
        assert shares.join(some) == key
    for few in combinations(opened, needed - 1):
        with pytest.raises(ValueError, match="do not open"):
            shares.join(few)
    with pytest.raises(seal.BrokenSeal):
        shares.open_share(held[0], sealed[1])


def test_words_are_read_as_people_type_them() -> None:
    words = shares.new_words()
    key = shares.key_of(" ".join(words))
    plain = str.maketrans("éèêàâîïôûç", "eeeaaiiouc")

    assert shares.key_of("\n ".join(words).upper()) == key
    assert shares.key_of(", ".join(words).translate(plain)) == key


@pytest.mark.parametrize("typed", ["", "soleil", "soleil " * 12, "abaisser " * 13])
def test_other_words_are_refused_and_a_stranger_is_named(typed: str) -> None:
    with pytest.raises(shares.NotWords):
        shares.key_of(typed)

    with pytest.raises(shares.NotWords) as refused:
        shares.key_of("abaisser xylophagez " + typed)
    assert refused.value.word == "xylophagez"


def test_a_slip_in_the_words_is_said_for_what_it_is() -> None:
    poll, (person, *_others) = named()
    words = bench_services.take_words(poll, person)
    # One order in sixteen would be the words of somebody else.
    turned = next(
        slip for slip in permutations(words) if list(slip) != words and not is_a_key(" ".join(slip))
    )

    said = []
    for typed in (words[:11], [*words, words[0]], turned):
        with pytest.raises(Invalid) as refused:
            bench_services.prove_words(poll, person, " ".join(typed))
        said.append(refused.value.message)

    assert "il en manque un" in said[0] and "en voilà 13" in said[1]
    assert "dans l’ordre" in said[2]


def is_a_key(typed: str) -> bool:
    try:
        return bool(shares.key_of(typed))
    except shares.NotWords:
        return False
