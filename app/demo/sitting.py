"""How the conseil is made up: seats, someone drawn, someone who left, a call; and a règlement."""

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.models import Mandate
from app.core.clock import now, today
from app.core.db import db
from app.demo.people import World
from app.demo.stories import Year
from app.mandates import call_services, draw_services, role_services, text_services
from app.mandates.electorate import may_represent
from app.mandates.models import Call, Draw
from app.mandates.role_models import RoleElection
from app.mandates.seat_services import Seats, resign, set_seats

SEATS = {
    "habitants": Seats(7, 3),
    "associations": Seats(2, 1),
    "partenaires": Seats(2, 1),
    "elus": Seats(2, 1),
    "equipe": Seats(2, 1),
}
LEAVES = 4
"""The place, among those who sit, of someone who is none of the known identities."""

CALLED = (
    "Le conseil se réunit quatre fois par an, le mardi soir. On y parle des projets du centre et"
    " on suit ce qui a été décidé. Aucun diplôme, aucune expérience n’est demandée."
)
REGLEMENT = (
    "## Qui vient\n\nTous les parents du quartier, avec ou sans leurs enfants.\n\n"
    "## Comment on parle\n\nChacun son tour. On n’interrompt personne.\n\n"
    "## Quand on finit\n\nÀ 20 h au plus tard."
)
REASONS = (
    "J’habite ici depuis vingt ans. Je voudrais que les seniors soient mieux entendus.",
    "Avec deux enfants à l’école, je veux parler des mercredis et des vacances.",
    "Je viens d’arriver dans le quartier et j’ai envie d’aider.",
    "Le jardin partagé m’a donné envie d’aller plus loin.",
)


def sitting(world: World, year: Year) -> None:
    """Nobody is taken by chance here: the rest of the year stays as it was."""
    set_seats(world.director, world.bodies["conseil"], SEATS)
    leaving = world.members["conseil"][LEAVES]
    known = {*(one.id for one in world.known.values())}
    known |= {one.id for one in world.members["conseil"]}
    # The last ones: a draw says who sits, and the first ones are reported some day (`order`).
    others = [one for one in reversed(world.residents) if one.id not in known]
    free = [one for one in others if may_represent(one, "habitants")]
    drawn = _call(world, year, 300, 20, free[:4])
    _draw(world, year, drawn, 279)
    year.plan(year.day(40), partial(_leave, leaving))
    _call(world, year, 9, 21, free[4:7])
    _rules(world, year)
    _role(world, year)


def _call(world: World, year: Year, ago: int, days: int, people: list[Resident]) -> list[Call]:
    opened: list[Call] = []

    def open_call() -> None:
        opened.append(
            call_services.open_call(
                world.director,
                world.bodies["conseil"],
                college="habitants",
                seats=1,
                text=CALLED,
                closes_at=now() + timedelta(days=days),
            )
        )

    def stand(place: int, person: Resident) -> None:
        call_services.stand(person, opened[0], REASONS[place], agrees=True)

    year.plan(year.day(ago, 9), open_call)
    for place, person in enumerate(people):
        year.plan(year.day(ago - 1 - place, 19), partial(stand, place, person))
    return opened


def _draw(world: World, year: Year, called: list[Call], ago: int) -> None:
    """One refuses, the next accepts."""
    made: list[Draw] = []

    def commit() -> None:
        made.append(draw_services.commit_draw(world.director, called[0]))

    def do() -> None:
        draw_services.do_draw(world.director, made[0])
        for accepts in (False, True):
            number = draw_services.called_now(made[0])[0]
            draw_services.answer(world.director, made[0], number, accepts=accepts)

    year.plan(year.day(ago, 9), commit)
    year.plan(year.day(ago - 2, 18), do)


def _leave(person: Resident) -> None:
    mine = select(Mandate).where(Mandate.resident_id == person.id)
    resign(person, db.session.scalars(mine).one(), "Je déménage.")


def _rules(world: World, year: Year) -> None:
    """The comité famille has a règlement, and is about to change it."""
    body = world.bodies["famille"]

    def propose(content: str, why: str) -> None:
        text_services.propose_version(world.known["referent"], body, "reglement", content, why)

    def adopt() -> None:
        version = text_services.latest(body.id, "reglement")
        if version is not None:
            text_services.adopt(world.director, version, today())

    def amend() -> None:
        version = text_services.latest(body.id, "reglement")
        if version is not None:
            words = "Prévoir quelqu’un pour garder les plus petits."
            text_services.amend(world.known["card"], version, words)

    year.plan(year.day(320), partial(propose, REGLEMENT, "Nos premières règles."))
    year.plan(year.day(300, 19), adopt)
    later = REGLEMENT.replace("20 h", "20 h 30") + "\n\nUn goûter est prévu pour les enfants."
    year.plan(year.day(6), partial(propose, later, "Finir plus tard, avec un goûter."))
    year.plan(year.day(3), amend)


def _role(world: World, year: Year) -> None:
    """The comité famille looks for someone to welcome newcomers."""
    made: list[RoleElection] = []
    one, two, three = (world.members["famille"][place] for place in (1, 2, 3))

    def open_election() -> None:
        made.append(
            role_services.open_election(
                world.known["referent"],
                world.bodies["famille"],
                title="Accueillir les nouvelles familles",
                months=12,
                criteria="Être là un samedi par mois, aimer parler avec les gens.",
            )
        )

    def name(by: Resident, named: Resident, why: str) -> None:
        role_services.name_someone(by, made[0], named.id, why)

    year.plan(year.day(8, 20), open_election)
    year.plan(year.day(7), partial(name, one, two, "Elle parle trois langues."))
    year.plan(year.day(6, 12), partial(name, three, two, "Tout le monde la connaît déjà."))
    year.plan(year.day(6, 18), partial(name, two, one, "Toujours de bonne humeur."))
