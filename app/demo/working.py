"""The team's year: meetings of partners, trainings, actions of the town, members, help given."""

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from app.accounts.adhesion_models import Kind, Payment
from app.accounts.adhesion_services import season_now, take_adhesion
from app.accounts.household_services import gather
from app.accounts.models import Resident
from app.core.db import db
from app.demo.people import World
from app.demo.stories import Year
from app.demo.work_words import BACKED, WORK, Work
from app.partners import together
from app.partners.models import Partner
from app.programme import attendance
from app.programme.models import Action, Session
from app.programme.services import ActionDetails, add_session, create_action
from app.proposals import backing
from app.proposals.models import Project

PLANNED = 21
"""Days before its day that a session is put on the programme."""

MEMBERS, HOMES = 40, 8
PAYMENTS = (Payment.CASH, Payment.CHEQUE, Payment.CARD)


def working(world: World, year: Year) -> None:
    """People are taken in order, not drawn: the rest of the year stays as it was."""
    for rank, work in enumerate(WORK):
        made: list[Action] = []
        start = max(work.days) + PLANNED
        year.plan(year.day(start, 9), partial(_begin, world, work, made))
        for ago in work.days:
            _hold(world, year, work, made, ago, rank)
        if work.ahead is not None:
            year.plan(year.day(2, 11), partial(_date, world, year, work, made, -work.ahead, []))
    year.plan(year.day(18, 11), partial(_back, world))
    _members(world, year)


def _begin(world: World, work: Work, made: list[Action]) -> None:
    quartier = world.quartiers[work.quartier].id if work.quartier else None
    details = ActionDetails(
        title=work.title,
        kind=work.kind,
        lead=work.lead,
        nature=work.nature,
        is_offsite=quartier is not None,
        quartier_id=quartier,
        place=work.place,
    )
    made.append(create_action(world.director, details))


def _date(
    world: World, year: Year, work: Work, made: list[Action], ago: int, dates: list[Session]
) -> None:
    start = year.day(ago, 10)
    end = start + timedelta(minutes=work.minutes)
    dates.append(add_session(world.director, made[0], start, end))


def _hold(world: World, year: Year, work: Work, made: list[Action], ago: int, rank: int) -> None:
    dates: list[Session] = []

    def hold() -> None:
        session, first = dates[0], rank * 7
        came = [world.director, world.desk, *world.residents[first : first + work.residents]]
        for person in came:
            attendance.sign(world.desk, session, person, "public")
        if work.partners:
            partners = db.session.scalars(select(Partner).order_by(Partner.id)).all()
            chosen = [partners[(ago + one * 3) % len(partners)] for one in range(work.partners)]
            together.set_session_partners(
                world.desk, session, {partner.id: "present" for partner in chosen}
            )
        count = work.heads and attendance.HeadCount(work.heads, "passages", "Samba Konaté")
        attendance.close(world.desk, session, count or None)

    year.plan(year.day(ago + PLANNED, 10), partial(_date, world, year, work, made, ago, dates))
    year.plan(year.day(ago, 18), hold)


def _back(world: World) -> None:
    """What the centre gave to the first projects."""
    projects = db.session.scalars(select(Project).order_by(Project.id).limit(2)).all()
    for rank, (kind, note, euros) in enumerate(BACKED):
        project = projects[rank % len(projects)]
        backing.back_project(project, world.desk, kind=kind, note=note, amount=euros)


def _members(world: World, year: Year) -> None:
    """Alone or as a family, all through the year, each for the season of the day."""
    for rank in range(MEMBERS):
        ago = 350 - rank * 345 // MEMBERS
        year.plan(year.day(ago, 16), partial(_take, world, rank, world.residents[-1 - rank]))
    grown = world.residents[: 2 * HOMES]
    for rank in range(HOMES):
        one, other = grown[2 * rank : 2 * rank + 2]
        year.plan(year.day(330 - rank * 45, 17), partial(_take, world, rank, one, other))


def _take(world: World, rank: int, holder: Resident, other: Resident | None = None) -> None:
    if other is not None:
        gather(world.desk, holder, other)
    take_adhesion(
        world.desk,
        holder,
        kind=Kind.INDIVIDUAL if other is None else Kind.FAMILY,
        season=season_now(),
        fee_cents=500 if other is None else 800,
        payment=PAYMENTS[rank % len(PAYMENTS)],
        people=() if other is None else (other.id,),
    )
