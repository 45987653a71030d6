"""One key between several tellers: twelve words each, and so many of them open the box.

The poll's private key is split by Shamir's scheme (SLIP-39); each share is sealed for one teller,
whose key comes from twelve French words (BIP-39) that the site never keeps.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from functools import cache

from mnemonic import Mnemonic
from nacl.public import PrivateKey
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from app.voting.seal import seal, unseal

STRENGTH = 128
"""Bits in twelve words: they cannot be guessed, and need no slow hash."""

WORDS = 12
PURPOSE = b"maisonnee teller"


class NotWords(ValueError):
    """What was typed is not twelve words of a teller; `word` is the first unknown one, if any, and
    `count` how many there were."""

    def __init__(self, word: str | None = None, count: int = WORDS) -> None:
        super().__init__(word)
        self.word, self.count = word, count


def new_words() -> list[str]:
    """Twelve words drawn for a teller, who writes them down."""
    return _french().generate(STRENGTH).split()


def key_of(typed: str) -> bytes:
    """The private key behind a teller's words; case, accents and blanks aside.

    Raises:
        NotWords: too few or too many, one that is in no list, or a slip that the last one shows.
    """
    known = _by_folded()
    words = [_fold(word) for word in typed.split()]
    unknown = next((word for word in words if word not in known), None)
    if unknown is not None or len(words) != WORDS:
        raise NotWords(unknown, len(words))
    try:
        entropy = _french().to_entropy([known[word] for word in words])
    except ValueError as error:
        raise NotWords from error
    return hashlib.blake2b(bytes(entropy), digest_size=32, person=PURPOSE).digest()


def split(key: bytes, needed: int, tellers: Sequence[bytes]) -> list[bytes]:
    """The poll's key in as many sealed shares as there are tellers (their public keys).

    Any `needed` of them, two at least, give it back; fewer say nothing of it.
    """
    (shares,) = generate_mnemonics(1, [(needed, len(tellers))], key)
    return [seal(box, share) for box, share in zip(tellers, shares, strict=True)]


def join(shares: Sequence[str]) -> bytes:
    """The poll's key, from as many opened shares as are needed.

    Raises:
        ValueError: too few, or of different keys.
    """
    try:
        key: bytes = combine_mnemonics(shares)
    except MnemonicError as error:
        raise ValueError("these shares do not open this box") from error
    return key


def open_share(key: bytes, sealed: bytes) -> str:
    """A teller's share, with the key of their words.

    Raises:
        BrokenSeal: someone else's words.
    """
    return unseal(key, sealed)


def public_key(key: bytes) -> bytes:
    """What the site keeps of a teller's words."""
    return bytes(PrivateKey(key).public_key)


@cache
def _french() -> Mnemonic:
    return Mnemonic("french")


@cache
def _by_folded() -> dict[str, str]:
    return {_fold(word): word for word in _french().wordlist}


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip(",.;")
