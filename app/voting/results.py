"""A result in plain words: what came out, why, and what it takes to check."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.i18n import _
from app.voting.labels import ANSWERS, CHANNELS, WHO


@dataclass(frozen=True)
class Option:
    """One of the things voted upon."""

    id: int
    label: str
    proposal_id: int | None = None


@dataclass(frozen=True)
class Bar:
    """An option's grades, best first, with its rank and majority grade in words."""

    name: str
    counts: Sequence[int]
    grade: str | None
    rank: int


Result = dict[str, Any]


def headline(result: Result, options: Sequence[Option]) -> str:
    """« Ciné plein air l’emporte »."""
    names = [option.label for option in options if option.id in result["winners"]]
    if not result["quorum_met"]:
        return _("Le quorum n’est pas atteint")
    if result["method"] == "yesno":
        if result["adopted"]:
            return _("Adopté : %(name)s", name=options[0].label)
        return _("Non adopté : %(name)s", name=options[0].label)
    if not names:
        return _("Personne ne s’est prononcé")
    if len(names) == 1:
        return _("%(name)s l’emporte", name=names[0])
    first = ", ".join(names[:-1])
    return _("%(first)s et %(last)s sont à égalité", first=first, last=names[-1])


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
    if result["method"] == "yesno":
        said.append(_yesno(result))
    elif result["winners"]:
        said += _judgment(result, {option.id: option.label for option in options})
    if result["blank"]:
        said.append(_("Bulletins blancs : %(count)d.", count=result["blank"]))
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


def bars(result: Result, options: Sequence[Option]) -> list[Bar]:
    """The profiles of a majority judgment, in the order of the ranking."""
    names = {option.id: option.label for option in options}
    ranks = {}
    place = 1
    for tied in result["ranking"]:
        ranks.update(dict.fromkeys(tied, place))
        place += len(tied)
    grades = result["rules"]["grades"]
    return [
        Bar(
            name=names[profile["option"]],
            counts=profile["counts"],
            grade=None if profile["majority_grade"] is None else grades[profile["majority_grade"]],
            rank=ranks[profile["option"]],
        )
        for profile in result["profiles"]
    ]


def yesno_rows(result: Result) -> list[tuple[str, int]]:
    """(answer, votes)."""
    return [(str(words), result["counts"][key]) for key, words in ANSWERS.items()]


def channels(result: Result, threshold: int) -> str:
    """« 97 en ligne, 24 sur papier »; nothing when a number is too small to be told."""
    found = result["channels"]
    if len(found) < 2 or min(found.values()) < threshold:
        return ""
    return ", ".join(f"{found[key]} {words}" for key, words in CHANNELS.items() if key in found)


def choice_words(
    choice: dict[str, Any], rules: Result, options: Sequence[Option]
) -> list[tuple[str, str]]:
    """A ballot as rows of (question, answer)."""
    if choice.get("blank"):
        return [(_("Votre vote"), _("Vote blanc"))]
    if "choice" in choice:
        return [(options[0].label, str(ANSWERS[choice["choice"]]))]
    words, given = rules["grades"], choice["grades"]
    nothing = _("Aucune mention : comptera comme « %(worst)s »", worst=words[-1])
    return [
        (option.label, words[given[str(option.id)]] if str(option.id) in given else nothing)
        for option in options
    ]


def _yesno(result: Result) -> str:
    counts = result["counts"]
    return _(
        "%(yes)d pour, %(no)d contre, abstentions : %(abstain)d. Il fallait au moins %(needed)d"
        " « pour », plus de la moitié des %(base)d %(who)s.",
        yes=counts["yes"],
        no=counts["no"],
        abstain=counts["abstain"],
        needed=result["needed"],
        base=result["base_size"],
        who=WHO[result["rules"]["base"]],
    )


def _judgment(result: Result, names: dict[int, str]) -> list[str]:
    grades = result["rules"]["grades"]
    best = result["profiles"][0]
    grade = grades[best["majority_grade"]]
    if len(result["winners"]) > 1:
        return [_("Ces choix ont reçu exactement les mêmes mentions.")]
    said = [
        _(
            "La moitié des %(count)d votants au moins lui donne la mention « %(grade)s » ou mieux."
            " C’est la meilleure mention majoritaire.",
            count=result["judged"],
            grade=grade,
        )
        if best["majority_grade"]
        else _(
            "La moitié des %(count)d votants au moins lui donne la mention « %(grade)s »,"
            " la meilleure.",
            count=result["judged"],
            grade=grade,
        )
    ]
    parting = result["separations"][0] if result["separations"] else None
    if parting and parting["withdrawn"]:
        said.append(
            _(
                "« %(second)s » a la même mention. Pour les départager, on retire une à une les"
                " mentions du milieu : après %(count)d, il reste « %(one)s » d’un côté et"
                " « %(other)s » de l’autre.",
                second=names[parting["second"]],
                count=parting["withdrawn"],
                one=grades[parting["first_grade"]],
                other=grades[parting["second_grade"]],
            )
        )
    return said
