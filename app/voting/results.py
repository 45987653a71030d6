"""A result in plain words: what came out, why, and what it takes to check."""

from collections.abc import Sequence

from app.core.i18n import _
from app.voting.labels import CHANNELS
from app.voting.stories import story
from app.voting.stories.base import Result
from app.voting.wording import Option

__all__ = ["channels", "headline", "sentences", "story"]


def headline(result: Result, options: Sequence[Option]) -> str:
    """« Ciné plein air l’emporte »."""
    if not result["quorum_met"]:
        return _("Le quorum n’est pas atteint")
    return story(result["method"]).headline(result, options)


def sentences(result: Result, options: Sequence[Option]) -> list[str]:
    """Why it is so, for someone who has never read the rules."""
    said = []
    if not result["quorum_met"]:
        said.append(
            _(
                "Il fallait au moins %(needed)d votants, il y en a eu %(ballots)d."
                " Le vote ne décide donc de rien.",
                needed=result["quorum_needed"],
                ballots=result["ballots"],
            )
        )
    said += story(result["method"]).sentences(result, options)
    null = result.get("null", 0) + result.get("unusable", 0)
    if result["blank"]:
        said.append(_("Bulletins blancs : %(count)d.", count=result["blank"]))
    if null:
        said.append(_("Bulletins nuls : %(count)d.", count=null))
    if result["signed"] != result["ballots"]:
        said.append(
            _(
                "La liste compte %(signed)d signatures pour %(ballots)d bulletins : une personne"
                " a été effacée à sa demande pendant le vote.",
                signed=result["signed"],
                ballots=result["ballots"],
            )
        )
    return said


def channels(result: Result, threshold: int) -> str:
    """« 97 en ligne, 24 sur papier »; nothing when a number is too small to be told."""
    found = result["channels"]
    if len(found) < 2 or min(found.values()) < threshold:
        return ""
    return ", ".join(f"{found[key]} {words}" for key, words in CHANNELS.items() if key in found)
