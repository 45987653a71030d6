"""Partners of the demonstration year: who they are, what is signed, and sessions held together."""

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from app.core.clock import today
from app.core.db import db
from app.demo.partner_words import CONVENTIONS, PARTNERS, SCHEMES, SENT
from app.demo.people import World
from app.demo.stories import Year
from app.partners import conventions, orientations, schemes, services, together
from app.partners.details import ContactDetails, PartnerDetails
from app.partners.models import Mission, Partner
from app.programme.models import Action, Session

EVERY, APART, SHARED = 4, 3, 5
"""One session in four, one action in five; a second partner stands three further in the list."""


def partners(world: World, year: Year) -> None:
    """Eight in the directory since the first day; what follows happens in its time."""
    missions = {mission.name: mission.id for mission in db.session.scalars(select(Mission))}
    quartiers = list(world.quartiers.values())
    made: list[Partner] = []
    for name, kind, purpose, doing, publics, places, phone, contact in PARTNERS:
        details = PartnerDetails(
            name=name,
            kind=kind,
            purpose=purpose,
            mission_ids=tuple(missions[mission] for mission in doing),
            publics=publics,
            quartier_ids=tuple(quartiers[place].id for place in places),
            phone=phone,
        )
        made.append(services.add_partner(world.desk, details))
        if contact is not None:
            services.save_contact(world.desk, made[-1], ContactDetails(*contact))
    year.plan(year.day(1, 9), partial(_sign, world, made))
    year.plan(year.day(1, 10), partial(_watch, world))
    bands = orientations.age_bands()
    for place, reason, ago, band, quartier in SENT:
        given = orientations.Orientation(
            reason=reason,
            day=year.day(ago).date(),
            age_band=None if band is None else bands[min(band, len(bands) - 1)],
            quartier_id=None if quartier is None else quartiers[quartier].id,
        )
        year.plan(year.day(ago, 11), partial(orientations.orient, world.desk, made[place], given))
    year.plan(year.day(300, 8), partial(_join, world, made))
    for ago in range(360, 0, -7):
        year.plan(year.day(ago, 8), partial(_expect, world, made))


def _sign(world: World, made: list[Partner]) -> None:
    day = today() + timedelta(days=1)
    for place, title, first, last, signed_by in CONVENTIONS:
        details = conventions.ConventionDetails(
            title=title,
            starts_on=day + timedelta(days=first),
            ends_on=day + timedelta(days=last),
            signed_by=signed_by,
        )
        conventions.save_convention(world.director, made[place], details)


def _watch(world: World) -> None:
    for title, audience, text, where_to_go, first, last in SCHEMES:
        details = schemes.SchemeDetails(
            title=title,
            text=text,
            audience=audience,
            where_to_go=where_to_go,
            source_url="https://www.service-public.fr",
            valid_from=today() + timedelta(days=first),
            valid_until=today() + timedelta(days=last),
        )
        schemes.save_scheme(world.desk, details)


def _join(world: World, made: list[Partner]) -> None:
    """Some actions are of a partner too: they count as begun with one."""
    for action in db.session.scalars(select(Action).where(Action.id % SHARED == 0)).all():
        partner = made[action.id // SHARED % len(made)]
        together.set_action_partners(world.desk, action, {partner.id: "co-organises"})


def _expect(world: World, made: list[Partner]) -> None:
    """Note who will be there at the sessions put on the programme that nobody is expected at."""
    planned = select(Session).where(Session.status == "planned", Session.id % EVERY == 0)
    for session in db.session.scalars(planned).all():
        place = session.id // EVERY % len(made)
        parts = {made[place].id: "co-organises"}
        if place % 2:
            parts[made[(place + APART) % len(made)].id] = "present"
        together.set_session_partners(world.desk, session, parts)
