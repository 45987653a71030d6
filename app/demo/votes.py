"""Polls of the demonstration year that rank, elect, and share a budget."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from app.demo.people import World
from app.demo.stories import Year
from app.voting.casting import cast
from app.voting.closing import close_poll
from app.voting.drafting import PollDraft
from app.voting.models import Poll
from app.voting.services import create_poll

SEED = 7
VOTERS = 64
Ballot = Callable[[Random, list[int]], dict[str, Any]]

PROJECTS = (
    "Des bancs à l’ombre ; 1800",
    "Une boîte à livres ; 450",
    "Une fresque sous le passage ; 2500",
    "Des composteurs partagés ; 900",
    "Une fête des voisins ; 1200",
    "Un terrain de pétanque ; 3500",
)
COLLEGES = ("habitants", "habitants", "habitants", "associations", "associations", "partenaires")


def votes(world: World, year: Year) -> None:
    """A shared budget and an election, both closed; a ranking that is open now."""
    chance = Random(SEED)
    draft = PollDraft(
        title="Fonds de participation des habitants",
        text="6 000 € pour le quartier. Cochez tous les projets qui vous conviennent.",
        method="equal_shares",
        closes_at=year.day(50, 20),
        free_options=PROJECTS,
        settings={"budget": "6000"},
    )
    _plan(world, year, chance, draft, 64, 55, _ticked)
    people = chance.sample(world.residents, len(COLLEGES))
    names = [person.full_name for person in people]
    lines = zip(names, COLLEGES, strict=True)
    draft = PollDraft(
        title="Élire trois délégués au conseil de maison",
        method="stv",
        closes_at=year.day(75, 20),
        free_options=[f"{name} ; {college}" for name, college in lines],
        settings={"seats": 3, "reserved": "associations ; 1"},
    )
    _plan(world, year, chance, draft, 90, 80, _ranked)
    draft = PollDraft(
        title="Comment appeler la nouvelle salle ?",
        text="Classez les noms, votre préféré d’abord. Deux noms peuvent avoir le même rang.",
        method="schulze",
        closes_at=year.day(-6, 20),
        free_options=("La Ruche", "Salle des Tilleuls", "Le Fil", "Salle Joséphine-Baker"),
    )
    _plan(world, year, chance, draft, 8, 2, _ranked)


def _plan(
    world: World,
    year: Year,
    chance: Random,
    draft: PollDraft,
    opens: int,
    voted: int,
    ballot: Ballot,
) -> None:
    """Open a poll so many days ago, vote so many days ago, and close it when its time has come."""

    def vote(poll: Poll) -> None:
        options = [option.id for option in poll.options]
        for person in chance.sample(world.residents, VOTERS):
            cast(poll, person, ballot(chance, options))

    def begin() -> None:
        poll = create_poll(world.director, draft)
        year.plan(year.day(voted), lambda: vote(poll))
        year.plan(poll.closes_at + timedelta(seconds=1), lambda: close_poll(poll))

    year.plan(year.day(opens), begin)


def _preferred(chance: Random, options: Sequence[int]) -> list[int]:
    """The first ones tend to please more."""
    drawn = {option: chance.gauss(place, 2) for place, option in enumerate(options)}
    return sorted(options, key=drawn.__getitem__)


def _ticked(chance: Random, options: list[int]) -> dict[str, Any]:
    return {"approved": _preferred(chance, options)[: chance.randint(1, 3)]}


def _ranked(chance: Random, options: list[int]) -> dict[str, Any]:
    kept = _preferred(chance, options)[: chance.randint(2, len(options))]
    return {"ranking": [[option] for option in kept]}
