"""An election by single transferable vote, in plain words, stage by stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.core.i18n import _, _n
from app.voting.stories.base import Result, Rows, Story, seed_words, winners
from app.voting.wording import Option, figures, joined, names_of, votes_words

LONGEST_HEADLINE = 4


@dataclass(frozen=True)
class Standing:
    """Someone at a stage: votes in words and in per cent of the longest bar, and what became."""

    name: str
    votes: str
    share: float
    state: str


@dataclass(frozen=True)
class Stage:
    """One stage told; `quota` stands at so many per cent of the longest bar."""

    number: int
    title: str
    sentences: list[str]
    standings: list[Standing]
    quota: float


class StvStory(Story):
    """Who reaches the quota, and where votes go on to."""

    key = "stv"

    def headline(self, result: Result, options: Sequence[Option]) -> str:
        names = winners(result, options)
        if not names:
            return super().headline(result, options)
        if len(names) == 1:
            return _("%(name)s remporte l’élection", name=names[0])
        if len(names) > LONGEST_HEADLINE:
            return _("%(count)d personnes sont élues", count=len(names))
        return _("%(names)s sont élus", names=joined(names))

    def sentences(self, result: Result, options: Sequence[Option]) -> list[str]:
        if not result["winners"]:
            return []
        said = [
            _(
                "Il fallait %(quota)d voix pour être élu : c’est le quota, pour %(seats)s et"
                " %(valid)s.",
                quota=result["quota"],
                seats=_n("%(num)d siège", "%(num)d sièges", result["seats"]),
                valid=_n("%(num)d bulletin valable", "%(num)d bulletins valables", result["valid"]),
            ),
            _("Dans l’ordre : %(names)s.", names=joined(winners(result, options))),
        ]
        for name, college in result["rules"]["colleges"].items():
            if college["reserved"]:
                said.append(_reserved(name, college["reserved"]))
        empty = result["seats"] - len(result["winners"])
        if empty:
            said.append(_n("%(num)d siège reste vide.", "%(num)d sièges restent vides.", empty))
        return said

    def rules(self, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        rows = [
            (_("Sièges"), str(rules["seats"])),
            (
                _("Quota"),
                _(
                    "Les bulletins valables divisés par les sièges plus un, arrondis en dessous,"
                    " plus un."
                ),
            ),
            (
                _("Transferts"),
                _("Chaque bulletin d’un élu passe au suivant pour sa part du surplus."),
            ),
        ]
        names, told = names_of(options), []
        for name, college in rules.get("colleges", {}).items():
            members = joined([names[int(member)] for member in college["members"]])
            kept = f" {_reserved(name, college['reserved'])}" if college["reserved"] else ""
            told.append(_("%(college)s : %(members)s.", college=name, members=members) + kept)
        if told:
            rows.append((_("Collèges"), " ".join(told)))
        if any(college["reserved"] for college in rules.get("colleges", {}).values()):
            rows.append(
                (
                    _("Sièges réservés"),
                    _(
                        "Qui est nécessaire pour remplir un siège réservé ne part pas. Quand il ne"
                        " reste que des sièges réservés, les autres personnes partent d’abord,"
                        " avant qu’un surplus passe plus loin."
                    ),
                )
            )
        return rows

    def ties(self, method: str, rules: Mapping[str, Any]) -> str:
        usual = super().ties(method, rules)
        return f"{usual} {seed_words(rules['seed'])}" if rules.get("seed") else usual

    def table(self, result: Result, options: Sequence[Option]) -> list[tuple[str, list[str]]]:
        """(name, votes at each stage to five decimals), in the order of the ranking."""
        names = names_of(options)
        return [
            (names[one], [figures(stage["votes"][str(one)], 5) for stage in result["stages"]])
            for tied in result["ranking"]
            for one in tied
        ]

    def stages(self, result: Result, options: Sequence[Option]) -> list[Stage]:
        """Every stage, told and drawn."""
        names = {str(number): name for number, name in names_of(options).items()}
        top = max(
            [Decimal(result["quota"])]
            + [Decimal(votes) for stage in result["stages"] for votes in stage["votes"].values()]
        )
        found = []
        elected: list[str] = []
        gone: list[str] = []
        lost = Decimal(0)
        for stage in result["stages"]:
            if stage["action"] == "exclusion":
                gone.append(stage["of"])
            ended = Decimal(stage["exhausted"]) - lost
            lost = Decimal(stage["exhausted"])
            new = list(stage["elected"])
            elected += new
            found.append(
                Stage(
                    stage["stage"],
                    _title(stage, names),
                    _told(stage, names, ended, result["quota"]),
                    [
                        Standing(
                            names[number],
                            votes_words(votes),
                            float(round(100 * Decimal(votes) / top, 2)),
                            _state(number, new, elected, gone),
                        )
                        for number, votes in sorted(
                            stage["votes"].items(), key=lambda pair: -Decimal(pair[1])
                        )
                        if number not in gone[:-1]
                    ],
                    float(round(100 * result["quota"] / top, 2)),
                )
            )
        return found


def _reserved(name: str, seats: int) -> str:
    return _n(
        "%(num)d siège au moins est réservé au collège « %(name)s ».",
        "%(num)d sièges au moins sont réservés au collège « %(name)s ».",
        seats,
        name=name,
    )


def _state(number: str, new: list[str], elected: list[str], gone: list[str]) -> str:
    if number in new:
        return "new"
    if number in elected:
        return "elected"
    return "gone" if number in gone else ""


def _title(stage: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if stage["action"] == "surplus":
        return _("Le surplus de voix : %(name)s", name=names[stage["of"]])
    if stage["action"] == "exclusion":
        cause = stage.get("reserved", {}).get("cause")
        if cause == "barred":
            return _("Plus de siège possible : %(name)s", name=names[stage["of"]])
        if cause == "guarded":
            return _("Moins de voix, sans siège réservé : %(name)s", name=names[stage["of"]])
        return _("Moins de voix que les autres : %(name)s", name=names[stage["of"]])
    if stage["action"] == "last":
        return _("Les derniers sièges")
    return _("Les premiers choix")


def _why_reserved(stage: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Why votes alone do not say who leaves, or who takes the last seats."""
    reason = stage["reserved"]
    owners = _n(
        "au collège %(names)s",
        "aux collèges %(names)s",
        len(reason["colleges"]),
        names=joined([_("« %(name)s »", name=name) for name in reason["colleges"]]),
    )
    people = joined([names[str(option)] for option in reason["people"]])
    if reason["cause"] == "barred":
        left = _n(
            "Il ne reste qu’un siège, réservé %(owners)s.",
            "Il ne reste que %(num)d sièges, réservés %(owners)s.",
            reason["left"],
            owners=owners,
        )
        outside = _n(
            "%(names)s ne peut plus être élu.",
            "%(names)s ne peuvent plus être élus.",
            len(reason["people"]),
            names=people,
        )
        return f"{left} {outside}"
    return _n(
        "%(kept)s n’a pas plus de voix, mais reste : un siège est réservé %(owners)s.",
        "%(kept)s n’ont pas plus de voix, mais restent : des sièges sont réservés %(owners)s.",
        len(reason["people"]),
        kept=people,
        owners=owners,
    )


def _told(
    stage: Mapping[str, Any], names: Mapping[str, str], ended: Decimal, quota: int
) -> list[str]:
    said = []
    moved = ", ".join(
        _("%(name)s +%(votes)s", name=names[number], votes=votes_words(votes))
        for number, votes in stage["moved"].items()
    )
    tie = stage["tie"]
    if tie:
        tied = joined([names[str(number)] for number in tie["among"]])
        if tie["by"] == "drawn":
            said.append(_("À égalité : %(tied)s. Le tirage au sort décide.", tied=tied))
        else:
            earlier = tie["by"].removeprefix("stage ")
            said.append(
                _(
                    "À égalité : %(tied)s. L’étape %(stage)s, où leurs voix différaient, décide.",
                    tied=tied,
                    stage=earlier,
                )
            )
    if stage["action"] == "first":
        said.append(_("Chaque bulletin compte pour la personne qu’il met en premier."))
    if stage["action"] == "surplus":
        said.append(_("Ce qui dépasse le quota de %(quota)d voix passe plus loin.", quota=quota))
    if stage.get("reserved"):
        said.append(_why_reserved(stage, names))
    if stage["action"] == "exclusion":
        said.append(_("Cette personne quitte l’élection ; ses bulletins passent à la suivante."))
    if stage["action"] == "last" and not stage.get("reserved"):
        said.append(_("Il ne reste pas plus de personnes que de sièges."))
    if moved and stage["action"] != "first":
        said.append(_("Reçoivent : %(moved)s.", moved=moved))
    if ended:
        said.append(
            _(
                "Bulletins qui ne classent plus personne : %(votes)s.",
                votes=votes_words(str(ended)),
            )
        )
    if stage["elected"]:
        names_in = joined([names[option] for option in stage["elected"]])
        said.append(
            _n(
                "%(names)s obtient un siège.",
                "%(names)s obtiennent un siège.",
                len(stage["elected"]),
                names=names_in,
            )
        )
    return said
