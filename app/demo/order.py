"""A few days of moderation: a word hidden, one reported, and one that waits for a référent."""

from functools import partial

from sqlalchemy import select

from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.core.db import db
from app.demo.people import World
from app.demo.stories import Year
from app.demo.words import UNKIND, WONDERED, WONDERING
from app.moderation import cases, reports
from app.moderation.cases import Choice
from app.moderation.kinds import KINDS
from app.moderation.models import CHILD, HIDDEN, KEPT, Case
from app.moderation.opening import case_of
from app.proposals import comments, debates
from app.proposals.models import Comment, Debate, Proposal

ABOUT = "Des bancs devant l’école"


def moderation(world: World, year: Year, made: dict[str, Proposal]) -> None:
    """People are taken in order, not drawn: the rest of the year stays as it was.

    None of them holds a role: whoever decides in a comité is not the one who is reported.
    """
    deciding = set(db.session.scalars(select(Grant.resident_id)))
    people = [person for person in world.residents if person.id not in deciding][:6]
    said: list[Comment] = []
    opened: list[Debate] = []

    def speak(person: Resident, words: str) -> None:
        said.append(comments.comment(made[ABOUT], person, words))

    def report(person: Resident, rank: int, rule: str, words: str) -> None:
        reports.report(person, KINDS["commentaire"], said[rank], rule, words)

    def hide() -> None:
        case = case_of(KINDS["commentaire"], said[0].id)
        if case is not None:
            words = "Parlons de l’idée, pas de la personne."
            cases.decide(case, world.desk, case.version, Choice(HIDDEN, "respect", words))

    def open_debate() -> None:
        title, text = WONDERING
        opened.append(debates.open_debate(world.bodies["enfant"], world.director, title, text))

    def answer() -> None:
        comments.comment(opened[0], world.known["elder"], WONDERED)

    for ago in range(350, 2, -7):
        year.plan(year.day(ago, 18), partial(_read_what_waits, world.director))
    year.plan(year.day(9), partial(speak, people[0], UNKIND[0]))
    year.plan(year.day(8, 12), partial(report, people[1], 0, "respect", "C’est blessant."))
    year.plan(year.day(8, 18), partial(report, people[2], 0, "respect", ""))
    year.plan(year.day(7), hide)
    year.plan(year.day(5), open_debate)
    year.plan(year.day(2), partial(speak, people[3], UNKIND[1]))
    year.plan(year.day(1, 18), partial(report, people[4], 1, "publicite", "Rien à voir ici."))
    year.plan(year.day(1), answer)


def _read_what_waits(reader: Resident) -> None:
    """Once a week, so that nothing written by the young waits in vain."""
    waiting = select(Case).where(Case.decided_at.is_(None), Case.cause == CHILD)
    for case in db.session.scalars(waiting).all():
        cases.decide(case, reader, case.version, Choice(KEPT))
