"""A result in plain words: what came out, why, and what it takes to check."""

from collections.abc import Sequence

from app.core.i18n import _, _n
from app.core.typography import number_fr
from app.voting.labels import CHANNELS
from app.voting.stories import story
from app.voting.stories.base import Result
from app.voting.wording import Option

__all__ = [
    "by_proxy",
    "channels",
    "headline",
    "is_told",
    "sentences",
    "story",
    "threshold_of",
    "told",
]


def headline(result: Result, options: Sequence[Option]) -> str:
    """« Ciné plein air l’emporte »."""
    if not result["quorum_met"]:
        return _("Le quorum n’est pas atteint")
    return story(result["method"]).headline(result, options)


def sentences(result: Result, options: Sequence[Option]) -> list[str]:
    """Why it is so, for someone who has never read the rules."""
    said = _quorum(result)
    telling = story(result["method"])
    why = telling.sentences(result, options)
    if why and said:
        head = telling.headline(result, options)
        said.append(_("Voici pourtant ce que disent les bulletins. %(head)s.", head=head))
    said += why
    on_paper = result.get("paper", {"ballots": 0, "null": 0})
    null = result.get("null", 0) + result.get("unusable", 0) + on_paper["null"]
    if result["blank"]:
        said.append(_("Bulletins blancs : %(count)s.", count=number_fr(result["blank"])))
    if null:
        said.append(_("Bulletins nuls : %(count)s.", count=number_fr(null)))
    if result["signed"] != result["ballots"] + on_paper["null"]:
        said.append(
            _(
                "La liste compte %(signed)s signatures pour %(ballots)s bulletins : une personne"
                " a été effacée à sa demande pendant le vote.",
                signed=number_fr(result["signed"]),
                ballots=number_fr(result["ballots"]),
            )
        )
    return said


def told(
    result: Result, options: Sequence[Option], *, is_secret: bool, threshold: int
) -> list[str]:
    """`sentences`, or only whether the vote decides where figures would tell who voted what."""
    if is_told(result, is_secret=is_secret, threshold=threshold):
        return sentences(result, options)
    hidden = _(
        "Moins de %(threshold)d bulletins exprimés : le détail n’est pas publié, pour garder le"
        " secret de chacun.",
        threshold=threshold_of(result, threshold),
    )
    return [*_quorum(result), hidden]


def is_told(result: Result, *, is_secret: bool, threshold: int) -> bool:
    """Whether ballots, and figures drawn from them, may be published.

    Blank ballots hide nobody: a single other ballot would be its author's.
    """
    expressed: int = result["ballots"] - result["blank"]
    return not is_secret or expressed >= threshold_of(result, threshold)


def threshold_of(result: Result, threshold: int) -> int:
    """Under how many people nothing is told of a result: frozen at its count, so that what was
    published stays as it was, and what was not stays secret.

    Args:
        threshold: the centre's of today, for a result older than this rule.
    """
    frozen: int = result.get("public_threshold", threshold)
    return frozen


def _quorum(result: Result) -> list[str]:
    if result["quorum_met"]:
        return []
    return [
        _n(
            "Il fallait au moins un votant, il n’y en a pas eu. Le vote ne décide donc de rien.",
            "Il fallait au moins %(num)d votants, il y en a eu %(there)s."
            " Le vote ne décide donc de rien.",
            result["quorum_needed"],
            there=number_fr(result.get("quorum_there", result["ballots"])),
        )
    ]


def channels(result: Result, threshold: int) -> str:
    """« 97 en ligne, 24 sur papier »; nothing when a number is too small to be told."""
    found = result["channels"]
    if len(found) < 2 or min(found.values()) < threshold_of(result, threshold):
        return ""
    return ", ".join(
        f"{number_fr(found[key])} {words}" for key, words in CHANNELS.items() if key in found
    )


def by_proxy(result: Result, threshold: int) -> str:
    """« 12 votes par procuration »; nothing when they, or the others, are too few to be told."""
    represented, least = result.get("represented", 0), threshold_of(result, threshold)
    if not least <= represented <= result["signed"] - least:
        return ""
    return _n("%(num)d vote par procuration", "%(num)d votes par procuration", represented)
