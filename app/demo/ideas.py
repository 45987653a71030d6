"""Proposals and polls of the demonstration year."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from app.accounts.models import Resident
from app.demo.people import World
from app.demo.stories import Year
from app.demo.words import COMMENTS, PROPOSALS
from app.proposals import comments, debates, lifecycle, projects, queries, services
from app.proposals.models import Proposal
from app.proposals.services import Writing
from app.voting.casting import cast
from app.voting.closing import close_poll
from app.voting.drafting import PollDraft
from app.voting.models import Poll
from app.voting.services import create_poll

DECIDED = ("adopted", "not_adopted", "under_way", "realised")
GRADES = 5


def proposals(world: World, year: Year) -> dict[str, Proposal]:
    """Every proposal goes as far as its line says; gives them by title as they appear."""
    made: dict[str, Proposal] = {}
    for rank, line in enumerate(PROPOSALS):
        title, text, category, theme, quartier, cost, end = line
        body = world.bodies.get(theme) if theme else None
        author = world.some(1, world.members[theme] if theme else None)[0]
        writing = Writing(
            title=title,
            text=text,
            category_id=world.categories[category].id,
            quartier_id=world.quartiers[quartier].id,
            body_id=body.id if body else None,
            estimated_cost=cost,
        )
        begins = year.day(_ago(rank, end), 17)
        _follow(world, year, made, author, writing, begins, end)
    return made


def _ago(rank: int, end: str) -> int:
    """How many days ago a proposal was written: those still going on are recent."""
    if end in ("gathering", "voting", "submitted", "draft"):
        return 70 - rank
    # The one that joins another must come while the other gathers supports.
    return 238 if end == "merged" else 250 - 9 * rank


def _follow(
    world: World,
    year: Year,
    made: dict[str, Proposal],
    author: Resident,
    writing: Writing,
    begins: datetime,
    end: str,
) -> None:
    title, director = writing["title"], world.director

    def later(days: float, act: Callable[[], Any]) -> None:
        year.plan(begins + timedelta(days=days), act)

    def write() -> None:
        made[title] = services.draft(author, writing, send=end != "draft")

    def back(person: Resident) -> None:
        supported(made[title], person)

    def answer(person: Resident, word: str) -> None:
        comments.comment(made[title], person, word)

    def gather(count: int) -> None:
        for person in world.some(count):
            back(person)

    later(0, write)
    if end in ("draft", "submitted"):
        return
    if end == "refused":
        why = "Le toit n’est pas ouvert au public, pour la sécurité de tous."
        later(4, lambda: lifecycle.refuse(made[title], director, why))
        return
    later(3, lambda: lifecycle.admit(made[title], director))
    if end == "withdrawn":
        later(12, lambda: lifecycle.withdraw(made[title], author, "Le terrain est en travaux."))
        return
    for rank, person in enumerate(world.some(4)):
        later(5 + rank, partial(back, person))
        word = COMMENTS[(len(title) + rank) % len(COMMENTS)]
        later(5.2 + rank, partial(answer, person, word))
    if end == "merged":
        why = "Les deux idées disent la même chose : elles avancent ensemble."
        later(
            9, lambda: lifecycle.merge(made[title], made["Des bancs devant l’école"], director, why)
        )
        return
    count = 14 if end == "gathering" else 24
    later(10, partial(gather, count))
    if end in DECIDED:
        later(14, lambda: _yes_no(world, year, made[title], end != "not_adopted", begins))
    if end in ("under_way", "realised"):
        later(40, lambda: _project(world, made[title]))
    if end == "realised":
        later(
            80,
            lambda: projects.realise(made[title], director, "Une centaine de voisins étaient là."),
        )


def supported(proposal: Proposal, person: Resident) -> None:
    """A support, unless it is one's own idea or it was given already."""
    if proposal.author_id != person.id and not queries.has_supported(proposal.id, person):
        services.support(proposal, person)


def _project(world: World, proposal: Proposal) -> None:
    association = world.associations[len(proposal.title) % 5]
    project = projects.start_project(proposal, world.director, association.id)
    for person, role in zip(
        world.some(5), ("coordination", "matériel", "affiches", "cuisine", "accueil"), strict=True
    ):
        projects.take_role(project, person, role)


def _yes_no(world: World, year: Year, proposal: Proposal, adopted: bool, begins: datetime) -> None:
    poll = create_poll(
        world.director,
        PollDraft(
            title=f"{proposal.title} : oui ou non ?",
            method="yesno",
            closes_at=begins + timedelta(days=28),
            proposal_ids=[proposal.id],
            is_secret=len(proposal.title) % 2 == 0,
            quorum_percent=10,
        ),
    )
    weights = (70, 20, 10) if adopted else (25, 65, 10)

    def vote() -> None:
        for person in world.some(90):
            choice = world.chance.choices(("yes", "no", "abstain"), weights)[0]
            cast(poll, person, {"choice": choice})

    year.plan(begins + timedelta(days=20), vote)
    year.plan(poll.closes_at + timedelta(seconds=1), lambda: close_poll(poll))


def polls(world: World, year: Year, made: dict[str, Proposal]) -> None:
    """Two closed choices among free options, and two polls open now."""
    _choice(
        world,
        year,
        "Quel thème pour la fête de quartier ?",
        ("Cuisines du monde", "Jeux d’autrefois", "La nature", "Musiques"),
        year.day(150),
        is_secret=True,
    )
    _choice(
        world,
        year,
        "Quel nom pour la grande salle ?",
        ("Salle des Tilleuls", "Salle Rosa-Parks", "Le Foyer"),
        year.day(95),
        is_secret=False,
    )
    year.plan(year.day(11), lambda: _open_choice(world, year, made))
    year.plan(year.day(6), lambda: _open_question(world, year))
    debate: list[Any] = []
    body = world.bodies["famille"]
    referent = world.known["referent"]
    title, text = (
        "Que faire le mercredi ?",
        "Les enfants s’ennuient entre midi et deux. Vos idées ?",
    )
    year.plan(year.day(40), lambda: debate.append(debates.open_debate(body, referent, title, text)))

    def answer(person: Resident, word: str) -> None:
        comments.comment(debate[0], person, word)

    for rank, person in enumerate(world.some(5, world.members["famille"])):
        year.plan(year.day(39 - rank), partial(answer, person, COMMENTS[rank]))


def _choice(
    world: World,
    year: Year,
    title: str,
    options: Sequence[str],
    opens_at: datetime,
    *,
    is_secret: bool,
) -> None:
    def begin() -> None:
        poll = create_poll(
            world.director,
            PollDraft(
                title=title,
                method="majority_judgment",
                closes_at=opens_at + timedelta(days=14),
                free_options=options,
                is_secret=is_secret,
            ),
        )
        year.plan(opens_at + timedelta(days=7), lambda: judge(world, poll, 110))
        year.plan(poll.closes_at + timedelta(seconds=1), lambda: close_poll(poll))

    year.plan(opens_at, begin)


def judge(world: World, poll: Poll, count: int) -> None:
    """People give each option a grade; the first ones tend to please more."""
    for person in world.some(count):
        grades = {
            str(option.id): min(GRADES - 1, max(0, round(world.chance.gauss(1 + place * 0.5, 1.1))))
            for place, option in enumerate(poll.options)
        }
        cast(poll, person, {"grades": grades})


def _open_choice(world: World, year: Year, made: dict[str, Proposal]) -> None:
    titles = (
        "Ciné plein air au parc",
        "Bourse aux vêtements d’enfants",
        "Départ collectif à la mer",
    )
    poll = create_poll(
        world.director,
        PollDraft(
            title="Quel projet pour le printemps ?",
            text="Le centre peut porter l’un de ces trois projets. Lequel vous tient à cœur ?",
            method="majority_judgment",
            closes_at=year.day(-4, 20),
            proposal_ids=[made[title].id for title in titles],
            quorum_percent=20,
        ),
    )
    year.plan(year.day(3), lambda: judge(world, poll, 112))


def _open_question(world: World, year: Year) -> None:
    poll = create_poll(
        world.director,
        PollDraft(
            title="Le café des seniors passe-t-il au mardi ?",
            method="yesno",
            closes_at=year.day(-8, 20),
            body_id=world.bodies["senior"].id,
            is_secret=False,
        ),
    )

    def vote() -> None:
        for person in world.some(9, world.members["senior"]):
            cast(poll, person, {"choice": world.chance.choice(("yes", "yes", "no"))})

    year.plan(year.day(2), vote)
