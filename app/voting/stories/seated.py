"""Approval and dots, in plain words: the most marked take the seats."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from app.core.i18n import _, _n
from app.voting.stories.base import Bar, Result, Rows, Story, seed_words, winners
from app.voting.wording import Option, joined, names_of, share


class SeatedStory(Story):
    """So many seats, for those with most marks."""

    @abstractmethod
    def marks(self, result: Result) -> Mapping[str, int]:
        """What each option got, by the text of its number."""

    @abstractmethod
    def got(self, result: Result, option: int) -> str:
        """« 34 gommettes », « 12 bulletins »."""

    def headline(self, result: Result, options: Sequence[Option]) -> str:
        names = winners(result, options)
        if len(names) > 1 and result["rules"]["seats"] > 1:
            return _("%(names)s l’emportent", names=joined(names))
        return super().headline(result, options)

    def sentences(self, result: Result, options: Sequence[Option]) -> list[str]:
        names, won = names_of(options), result["winners"]
        if not won:
            return []
        seats, drawn = result["rules"]["seats"], result["drawn"]
        told = [
            _("%(name)s (%(got)s)", name=names[option], got=self.got(result, option))
            for option in won
        ]
        said = [self.why(result, joined(told), seats)]
        after = [option for tied in result["ranking"] for option in tied if option not in won]
        if drawn:
            lucky = [names[option] for option in won if option in drawn]
            said.append(
                _(
                    "À égalité pour la dernière place : %(tied)s. Le tirage au sort annoncé avant"
                    " le vote a désigné %(lucky)s.",
                    tied=joined([names[option] for option in drawn]),
                    lucky=joined(lucky),
                )
            )
        elif len(won) > seats:
            tied = next(tied for tied in reversed(result["ranking"]) if won[-1] in tied)
            said.append(
                _(
                    "%(tied)s sont exactement à égalité. La règle le disait : personne n’est"
                    " écarté.",
                    tied=joined([names[option] for option in tied]),
                )
            )
        elif after:
            next_one = after[0]
            said.append(
                _(
                    "Ensuite vient %(name)s (%(got)s).",
                    name=names[next_one],
                    got=self.got(result, next_one),
                )
            )
        return said

    def why(self, result: Result, told: str, seats: int) -> str:
        """The first sentence: who is ahead."""
        if seats == 1:
            return _("En tête : %(told)s.", told=told)
        return _("%(seats)d places. En tête : %(told)s.", seats=seats, told=told)

    def rules(self, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        return [
            (
                _("Gagnants"),
                _n("%(num)d choix l’emporte.", "%(num)d choix l’emportent.", rules["seats"]),
            )
        ]

    def ties(self, method: str, rules: Mapping[str, Any]) -> str:
        if not rules.get("seed"):
            return super().ties(method, rules)
        lots = _("À égalité pour la dernière place, un tirage au sort que chacun peut refaire.")
        return f"{lots} {seed_words(rules['seed'])}"

    def bars(self, result: Result, options: Sequence[Option]) -> list[Bar]:
        """From the most marked to the least."""
        names, marks = names_of(options), self.marks(result)
        return [
            Bar(
                names[option],
                marks[str(option)],
                self.bar_words(result, option),
                option in result["winners"],
            )
            for tied in result["ranking"]
            for option in tied
        ]

    def bar_words(self, result: Result, option: int) -> str:
        """What stands at the end of a bar."""
        return str(self.marks(result)[str(option)])


class ApprovalStory(SeatedStory):
    """Marks are ticks: as many as ballots that bear them."""

    key = "approval"

    def marks(self, result: Result) -> Mapping[str, int]:
        found: Mapping[str, int] = result["approvals"]
        return found

    def got(self, result: Result, option: int) -> str:
        return _n("%(num)d bulletin", "%(num)d bulletins", self.marks(result)[str(option)])

    def why(self, result: Result, told: str, seats: int) -> str:
        ahead = super().why(result, told, seats)
        expressed = result["expressed"]
        return (
            ahead
            + " "
            + _n(
                "%(num)d bulletin coche au moins un choix.",
                "%(num)d bulletins cochent au moins un choix.",
                expressed,
            )
        )

    def rules(self, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        most = rules.get("most")
        limit = _("Autant de cases que l’on veut.")
        if most:
            limit = _n("%(num)d case au plus.", "%(num)d cases au plus.", most)
        return [*super().rules(rules, options), (_("Sur un bulletin"), limit)]

    def bar_words(self, result: Result, option: int) -> str:
        count = self.marks(result)[str(option)]
        return _("%(count)d · %(share)d %%", count=count, share=share(count, result["expressed"]))


class DotsStory(SeatedStory):
    """Marks are dots, from so many people."""

    key = "dots"

    def marks(self, result: Result) -> Mapping[str, int]:
        found: Mapping[str, int] = result["stuck"]
        return found

    def got(self, result: Result, option: int) -> str:
        return _n("%(num)d gommette", "%(num)d gommettes", self.marks(result)[str(option)])

    def sentences(self, result: Result, options: Sequence[Option]) -> list[str]:
        said = super().sentences(result, options)
        if said and result["unused"]:
            said.append(
                _n(
                    "%(num)d gommette n’a pas été collée.",
                    "%(num)d gommettes n’ont pas été collées.",
                    result["unused"],
                )
            )
        return said

    def rules(self, rules: Mapping[str, Any], options: Sequence[Option]) -> Rows:
        dots = _n("%(num)d par personne", "%(num)d par personne", rules["dots"])
        most = _("%(most)d au plus sur un même choix.", most=rules["most"])
        return [*super().rules(rules, options), (_("Gommettes"), f"{dots}, {most}")]

    def bar_words(self, result: Result, option: int) -> str:
        voters = result["voters"][str(option)]
        people = _n("%(num)d personne", "%(num)d personnes", voters)
        return _("%(dots)d · %(people)s", dots=self.marks(result)[str(option)], people=people)
