"""Words reduced to what a search compares: no case, no accents, no endings.

Text is folded before it is stemmed, so that `velo` typed on a phone finds « Vélos »; the same
functions serve the index and the query, on every database.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

MAX_TEXT = 200_000
MAX_QUERY = 200
MAX_QUERY_WORDS = 12
MAX_WORD = 64

# These letters have no decomposition, so NFKD alone would lose them.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i"})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})

# French elides only before a vowel or an h, which leaves « N'Diaye » whole.
_ELISION = re.compile(r"\b(?:[ldjmnstc]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=[aeiouyh])")
_WORD = re.compile(r"[a-z0-9]+")

# Grammar only: « été », « car », « son » or « avions » fold onto words people look for.
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a afin ai alors au aucun aucune aussi autre autres aux avec avez avons c ce ceci cela
        celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de depuis des
        donc dont du elle elles en encore est et etre eux fait ici il ils j je l la le les leur
        leurs lors lui m ma mais me meme memes mes moi mon n ne ni nos notre nous on ont ou par
        parce pas pendant peu peut plus pour pourquoi qu quand que quel quelle quelles quels qui
        quoi s sa sans se sera ses si sont sur t ta te tes toi ton tous tout toute toutes tres tu
        un une vos votre vous y
        """,
    )
)

# Frequent plurals in -x that the French stemmer leaves alone.
_PLURALS = {"jeux": "jeu", "lieux": "lieu", "voeux": "voeu", "feux": "feu", "bijoux": "bijou"}

_PLURAL = re.compile(r"[aiou]s$")

_local = threading.local()


def fold(text: str) -> str:
    """The text without case, accents, ligatures or surplus spaces, to compare names."""
    # Decomposed before casefold as well: « İ » would otherwise keep a stray dot.
    letters = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", letters).translate(_APOSTROPHES)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.split())


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    # A stemmer keeps its word in itself, so each thread needs its own.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = snowballstemmer.stemmer("french")
    word = _PLURALS.get(word, word)
    # Without its accent « décidée » hides its ending from the stemmer.
    if len(word) > 4 and word.endswith(("ee", "ees")):
        word = word.rstrip("s")[:-1]
    stem: str = _local.stemmer.stemWord(word)
    # The stemmer keeps the plural of words in -a, -i, -o and -u: « vélos », « amis », « menus ».
    return stem[:-1] if len(stem) > 3 and _PLURAL.search(stem) else stem


def stems(text: str) -> list[str]:
    """Stems of the text's words, in order and with repeats, each of `[a-z0-9]+`.

    Stop-words are dropped. Only the first `MAX_TEXT` characters and the first `MAX_WORD`
    characters of a word count, so that no text can make the index unreasonable.
    """
    # The remaining apostrophes are inside words: « aujourd'hui », « prud'hommes ».
    words = _ELISION.sub(" ", fold(text[:MAX_TEXT])).replace("'", "")
    return [_stem(word[:MAX_WORD]) for word in _WORD.findall(words) if word not in _STOP_WORDS]


def query_stems(text: str) -> list[str]:
    """Different stems of what someone typed in a search box, at most `MAX_QUERY_WORDS`."""
    return list(dict.fromkeys(stems(text[:MAX_QUERY])))[:MAX_QUERY_WORDS]
