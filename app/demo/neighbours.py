"""Associations, collectifs and the programme of the demonstration year."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from app.associations import collectif_services, connection_services, services
from app.associations.details import Details
from app.associations.models import Association, Connection
from app.demo.neighbour_words import ACTIONS, ASSOCIATIONS, COLLECTIFS, MORE_ASSOCIATIONS, PLACES
from app.demo.people import World
from app.demo.stories import Year
from app.programme import attendance
from app.programme.models import Action, Session
from app.programme.services import ActionDetails, add_session, create_action

WEDNESDAY, WEDNESDAYS = 2, "Mercredis enfants"


def associations(world: World) -> None:
    """Forty in the directory, each listed by its representative and approved by the team."""
    lines = [*ASSOCIATIONS]
    lines += [
        (name.format(place), family, purpose)
        for name, family, purpose in MORE_ASSOCIATIONS
        for place in PLACES
    ]
    quartiers = list(world.quartiers.values())
    for rank, (name, family, purpose) in enumerate(lines):
        lister = world.known["association"] if rank == 0 else world.some(1)[0]
        details = Details(
            name=name,
            purpose=purpose,
            family=family,
            activities="- Une rencontre par semaine\n- Une fête par an",
            quartier_id=quartiers[rank % len(quartiers)].id,
            publics=(("familles", "seniors", "enfants", "tous")[rank % 4],),
            phone=f"01 00 00 00 {rank:02d}",
            address="Au centre social",
        )
        association = services.list_association(lister, details)
        services.approve(world.desk, association)
        world.associations.append(association)
        world.listers[association.id] = lister


def connections(world: World, year: Year) -> None:
    """Nine accepted introductions, one declined, two unanswered."""

    def ask(asker: Association, asked: Association, answer: str) -> None:
        connection = connection_services.ask(
            world.listers[asker.id], asker, asked, "Et si nous faisions quelque chose ensemble ?"
        )
        year.plan(
            year.today if answer == "none" else connection.asked_at + timedelta(days=3),
            lambda: _answer(world, connection, asked, answer),
        )

    answers = ["yes"] * 9 + ["no", "none", "none"]
    for rank, answer in enumerate(answers):
        asker, asked = world.associations[rank], world.associations[(rank * 3 + 7) % 20 + 20]
        year.plan(year.day(220 - rank * 18), partial(ask, asker, asked, answer))


def _answer(world: World, connection: Connection, asked: Association, answer: str) -> None:
    acts = {"yes": connection_services.accept, "no": connection_services.decline}
    if answer in acts:
        acts[answer](world.listers[asked.id], connection)


def collectifs(world: World, year: Year) -> None:
    """Three are born in the year, each of residents who accepted."""
    for rank, (name, purpose, quartier) in enumerate(COLLECTIFS):
        people = world.some(4)

        def gather(
            name: str = name, purpose: str = purpose, quartier: str = quartier, people: Any = people
        ) -> None:
            founder, *others = people
            collectif = collectif_services.start(
                founder, name, purpose, world.quartiers[quartier].id
            )
            for person in others:
                collectif_services.invite(founder, collectif, person.card_number)
                collectif_services.accept(person, collectif)

        year.plan(year.day(200 - rank * 55), gather)


def programme(world: World, year: Year) -> None:
    """Sixty sessions held over the year, and those of the weeks to come."""
    for rank, line in enumerate(ACTIONS):
        title, kind, offsite, quartier, place, count, people, volunteers, heads = line
        action = create_action(
            world.director,
            ActionDetails(
                title=title,
                kind=kind,
                nature="habitants" if kind == "presentation_concept" else None,
                is_offsite=offsite,
                quartier_id=world.quartiers[quartier].id if quartier else None,
                place=place,
                description="Entrée libre. On vient comme on est.",
            ),
        )
        for number in range(count):
            ago = 8 + rank % 5 + number * 300 / count
            _session(world, year, action, ago, people, volunteers, heads)
        if count > 3:
            for week in (1, 2, 3):
                starts_at = _moment(year, title, rank % 5 - 7 * week)
                year.plan(year.day(1), _dated(world, action, starts_at))


def _moment(year: Year, title: str, ago: float) -> datetime:
    """In the afternoon of that day, or of the day of the week that the title says."""
    return year.weekday(WEDNESDAY, ago, 15) if title == WEDNESDAYS else year.day(ago, 15)


def _dated(world: World, action: Action, starts_at: Any) -> Callable[[], Session]:
    return lambda: add_session(
        world.director, action, starts_at, starts_at + timedelta(minutes=120)
    )


def _session(
    world: World,
    year: Year,
    action: Action,
    ago: float,
    people: int,
    volunteers: int,
    heads: int | None,
) -> None:
    starts_at = _moment(year, action.title, ago)
    added: list[Session] = []

    def hold() -> None:
        came = world.some(people + volunteers)
        for place, person in enumerate(came):
            role = "volunteer" if place < volunteers else "public"
            attendance.sign(world.desk, added[0], person, role)
        count = None
        if heads is not None:
            seen = max(len(came), heads + world.chance.randrange(-heads // 5, heads // 5 + 1))
            count = attendance.HeadCount(seen, "passages", "Samba Konaté")
        attendance.close(world.desk, added[0], count)

    year.plan(year.day(ago + 14), lambda: added.append(_dated(world, action, starts_at)()))
    year.plan(starts_at + timedelta(hours=3), hold)
