"""How many voters prefer each option to each other, from rankings.

Ballots are laid side by side in the bits of large integers: bit i of an option's plane k is bit k
of its rank on ballot i, so that a comparison of two options is a few operations on whole planes
for tens of thousands of ballots at once, exact like any other integer arithmetic.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from app.voting.methods.ballots import RankingBallot
from app.voting.methods.base import InvalidCount

MOST_OPTIONS = 250
"""A rank takes a byte."""

_ROWS_AT_ONCE = 1 << 16


def pairwise_matrix(
    options: Sequence[int], ballots: Mapping[RankingBallot, int]
) -> list[list[int]]:
    """`matrix[i][j]`: voters who rank the i-th option strictly above the j-th.

    Options that a ballot leaves out are under all those it ranks and tied with each other.

    Raises:
        InvalidCount: a ballot ranks an unknown option, or there are more than 250 options.
    """
    size = len(options)
    if size > MOST_OPTIONS:
        raise InvalidCount(f"Un classement porte sur {MOST_OPTIONS} options au plus.")
    matrix = [[0] * size for _ in options]
    for weight, rows in _by_weight(options, ballots):
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            _compare(matrix, rows[start : start + _ROWS_AT_ONCE], weight)
    return matrix


def _by_weight(
    options: Sequence[int], ballots: Mapping[RankingBallot, int]
) -> Iterator[tuple[int, list[bytes]]]:
    """Rows of ranks, in the order of options, by power of two in the times they were cast."""
    place = {option: where for where, option in enumerate(options)}
    left_out = bytes([len(options)]) * len(options)
    by_weight: defaultdict[int, list[bytes]] = defaultdict(list)
    for ballot, times in ballots.items():
        row = bytearray(left_out)
        rank = 0
        try:
            for tier in ballot.tiers:
                for option in tier:
                    row[place[option]] = rank
                rank += 1
        except KeyError:
            raise InvalidCount("Un bulletin ne correspond pas aux options de ce scrutin.") from None
        for bit in range(times.bit_length()):
            if times >> bit & 1:
                by_weight[1 << bit].append(bytes(row))
    yield from by_weight.items()


def _compare(matrix: list[list[int]], rows: Sequence[bytes], weight: int) -> None:
    size = len(matrix)
    sheet = b"".join(rows)
    digits = [
        bytes(49 if rank >> bit & 1 else 48 for rank in range(256))
        for bit in reversed(range(size.bit_length()))
    ]
    planes = [
        [int(sheet[place::size].translate(table), 2) for table in digits] for place in range(size)
    ]
    everyone = (1 << len(rows)) - 1
    for one in range(size):
        for other in range(one):
            above = under = 0
            equal = everyone
            for a, b in zip(planes[one], planes[other], strict=True):
                apart = equal & (a ^ b)
                # Where the ranks part, the one with a 0 is the smaller: it is preferred.
                above |= apart & b
                under |= apart & a
                equal ^= apart
            matrix[one][other] += above.bit_count() * weight
            matrix[other][one] += under.bit_count() * weight
