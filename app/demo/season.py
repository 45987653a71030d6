"""The present season of the demonstration centre: series, places, hands wanted."""

from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from app.centre.settings import rule
from app.core.clock import civil_day, now
from app.core.db import db
from app.demo.people import World
from app.demo.stories import Year
from app.programme import (
    changes,
    kind_services,
    registration_services,
    series_services,
    volunteer_services,
)
from app.programme.models import Action
from app.programme.recurrence import Rhythm
from app.programme.services import ActionDetails, add_session, create_action, to_come

HOLIDAYS = (
    ("Toussaint", (10, 17), (11, 1), 0),
    ("Noël", (12, 19), (1, 3), 1),
    ("Hiver", (2, 6), (2, 21), 0),
    ("Printemps", (4, 3), (4, 18), 0),
    ("Été", (7, 3), (8, 31), 0),
)
"""Name, first and last day (month, day), and in how many years it ends."""

WELCOME = "On vient comme on est. Un goûter est offert."


def season(world: World, year: Year) -> None:
    """What the team planned a week ago, and what people answered since."""
    year.plan(year.day(7, 9), partial(_plan, world))


def _plan(world: World) -> None:
    _holidays(world)
    kind_services.add_kind(world.director, "Sortie familiale", "animation_quartier")
    tuesday, wednesday, thursday = 1, 2, 3
    children = _action(
        world, "Mercredis enfants : la saison", "activite", "enfants", "Grande salle", 12
    )
    _series(world, children, Rhythm("weekly", (wednesday,), *_days(), "14:00", 150))
    service = _action(world, "Permanence GUSP", "service", "tous", "Bureau d’accueil")
    _series(world, service, Rhythm("fortnightly", (thursday,), *_days(), "09:30", 150))
    cafe = _action(world, "Café des seniors : la saison", "activite", "seniors", "Cafétéria", 20)
    _series(world, cafe, Rhythm("monthly", (tuesday,), *_days(), "15:00", 120, rank=1))
    _register(world, children, cafe)
    _party(world)


def _days() -> tuple[date, date]:
    today = civil_day(now())
    return today, min(series_services.season_end(today), today + timedelta(days=140))


def _holidays(world: World) -> None:
    today = civil_day(now())
    first = today.year if today.month >= int(rule("season_month")) else today.year - 1
    for name, start, end, later in HOLIDAYS:
        begins = first if start[0] >= 9 else first + 1
        days = date(begins, *start), date(begins + later, *end)
        series_services.add_holiday(world.director, f"{name} {days[0].year}", *days)


def _action(
    world: World, title: str, kind: str, public: str, place: str, capacity: int | None = None
) -> Action:
    details = ActionDetails(
        title=title,
        kind=kind,
        description=WELCOME,
        place=place,
        public=public,
        takes_registrations=capacity is not None,
        capacity=capacity,
        renews_id=_same_before(title),
    )
    return create_action(world.director, details)


def _same_before(title: str) -> int | None:
    """The action of the last season that this one goes on with, if there was one."""
    before = title.split("\u00a0:")[0]
    return db.session.scalar(select(Action.id).where(Action.title == before).limit(1))


def _series(world: World, action: Action, rhythm: Rhythm) -> None:
    series_services.plan_series(world.director, action, rhythm)


def _register(world: World, children: Action, cafe: Action) -> None:
    """The parent takes a place for the children; the café's first date fills up and is awaited."""
    parent = world.known["resident"]
    for session in to_come(children.id)[:3]:
        for part in ("elder", "younger"):
            registration_services.register(parent, session, world.known[part])
    date_of_cafe = to_come(cafe.id)[0]
    grown = [one for one in world.residents if (one.year_of_birth or 0) < now().year - 60]
    for person in grown[:22]:
        registration_services.register(person, date_of_cafe, person)


def _party(world: World) -> None:
    """The fête of a quartier in three weeks, and a walk called off for want of sun."""
    quartier = next(iter(world.quartiers.values()))
    details = ActionDetails(
        title="Fête de quartier : préparons-la ensemble",
        kind="fete_quartier",
        description="Jeux, musique, repas partagé. Chacun apporte un plat.",
        is_offsite=True,
        quartier_id=quartier.id,
        place="Place du marché",
        public="familles",
    )
    party = create_action(world.director, details)
    start = now() + timedelta(days=28)
    day = add_session(world.director, party, start, start + timedelta(hours=6))
    later = day.starts_at + timedelta(days=7)
    walk = add_session(world.director, party, later, later + timedelta(hours=2))
    bar = volunteer_services.ask_for_hands(world.director, party, "Tenir la buvette", 3, day)
    volunteer_services.ask_for_hands(world.director, party, "Monter les tables", 6, day)
    for person in [one for one in world.residents if not one.is_under_15_on(civil_day(now()))][:2]:
        volunteer_services.offer(person, bar, day)
    changes.cancel_session(world.director, walk, "La place est en travaux cette semaine-là.")
