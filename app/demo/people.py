"""Who lives in the demonstration."""

from dataclasses import dataclass, field
from random import Random

from sqlalchemy import select

from app.accounts import family_services, role_services
from app.accounts import services as accounts
from app.accounts.models import Participation, Resident
from app.accounts.second_factor_services import set_demonstration_key
from app.associations.models import Association
from app.bodies.models import Body
from app.centre.models import Category, Quartier
from app.core.clock import now, today
from app.core.db import db
from app.core.rights import Role
from app.core.search_text import fold
from app.core.security import hash_secret
from app.demo.words import CATEGORIES, FAMILY_NAMES, GIVEN_NAMES, QUARTIERS
from app.ledger.acts import Standing

PASSWORD = "soleil-pont-carotte"
PIN = "123456"
CARD = "20260014"
PEOPLE = 400
WOMEN = 26
"""How many of GIVEN_NAMES, from the first, are women's."""


@dataclass
class World:
    """What the stories share: people by part played, places by name."""

    chance: Random
    director: Resident
    desk: Resident
    quartiers: dict[str, Quartier] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    residents: list[Resident] = field(default_factory=list)
    children: list[Resident] = field(default_factory=list)
    known: dict[str, Resident] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    members: dict[str, list[Resident]] = field(default_factory=dict)
    associations: list[Association] = field(default_factory=list)
    listers: dict[int, Resident] = field(default_factory=dict)

    def some(self, count: int, among: list[Resident] | None = None) -> list[Resident]:
        """So many different people, the same at each loading."""
        people = self.residents if among is None else among
        return self.chance.sample(people, min(count, len(people)))


def begin(chance: Random) -> World:
    """The commune's quartiers, the categories, and the team."""
    for name, is_qpv in QUARTIERS:
        db.session.add(Quartier(name=name, slug=_slug(name), is_qpv=is_qpv))
    db.session.add_all(Category(name=name, slug=_slug(name)) for name in CATEGORIES)
    director = _team("Claire", "Fontaine", "direction")
    desk = _team("Samba", "Konaté", "accueil")
    for person, role in (
        (director, Role.DIRECTOR),
        (director, Role.ADMINISTRATOR),
        (desk, Role.DESK),
    ):
        role_services.give_role(None, person, role, reason="ouverture du centre")
    world = World(chance, director, desk)
    world.quartiers = {one.name: one for one in db.session.scalars(select(Quartier))}
    world.categories = {one.name: one for one in db.session.scalars(select(Category))}
    world.known |= {"director": director, "desk": desk}
    return world


def register(world: World) -> None:
    """Four hundred residents, of every age and quartier; a few have an address."""
    quartiers = list(world.quartiers.values())
    taken: set[str] = set()
    while len(world.residents) + len(world.children) < PEOPLE:
        place = world.chance.randrange(len(GIVEN_NAMES))
        family = world.chance.choice(FAMILY_NAMES)
        age = world.chance.choice((7, 9, 12, 16, 22, 28, 33, 37, 41, 45, 52, 58, 63, 68, 74, 81))
        name = f"{GIVEN_NAMES[place]} {family} {age}"
        if name in taken:
            continue
        taken.add(name)
        resident = accounts.register_person(
            world.desk,
            given_name=GIVEN_NAMES[place],
            family_name=family,
            year_of_birth=today().year - age,
            sex="F" if place < WOMEN else "H",
            quartier_id=world.chance.choice(quartiers).id,
        )
        (world.children if age < 15 else world.residents).append(resident)


def introduce(world: World) -> None:
    """The people whose names are printed at the start, to be tried by a visitor."""
    hashed = hash_secret(PASSWORD)
    for part, given, family, email in (
        ("resident", "Amina", "Benali", "amina"),
        ("referent", "Thomas", "Moreau", "thomas"),
        ("association", "Priya", "Selvam", "priya"),
        ("conseil", "Rachid", "Haddad", "rachid"),
    ):
        person = accounts.register_person(
            world.desk,
            given_name=given,
            family_name=family,
            year_of_birth=1984,
            quartier_id=world.quartiers["La Source"].id,
        )
        person.email = f"{email}@example.org"
        person.email_confirmed_at = now()
        person.password_hash = hashed
        world.known[part] = person
    _children_of(world, world.known["resident"])
    without = accounts.register_person(
        world.desk,
        given_name="Fatou",
        family_name="Camara",
        year_of_birth=1951,
        sex="F",
        quartier_id=world.quartiers["Les Tilleuls"].id,
    )
    without.card_number = CARD
    without.pin_hash = hash_secret(PIN)
    world.director.password_hash = world.desk.password_hash = hashed
    set_demonstration_key(world.director)
    # None of them is drawn for the stories: a visitor finds everything still to do.
    world.known["card"] = without


def _children_of(world: World, parent: Resident) -> None:
    """Two, whom a visitor who signs in as the parent can speak for."""
    for part, nickname, age in (("elder", "Lina", 11), ("younger", "Sami", 7)):
        world.known[part] = family_services.add_child(
            parent,
            parent,
            {
                "nickname": nickname,
                "year_of_birth": today().year - age,
                "quartier_id": parent.quartier_id,
            },
        )


def _team(given: str, family: str, email: str) -> Resident:
    person = Resident(
        given_name=given,
        family_name=family,
        folded_name=fold(f"{family} {given}"),
        email=f"{email}@example.org",
        email_confirmed_at=now(),
        card_number=accounts.free_card_number(),
        standing=Standing.TEAM.value,
        participation=Participation(),
    )
    db.session.add(person)
    db.session.flush()
    return person


def _slug(name: str) -> str:
    return fold(name).replace(" ", "-").replace("’", "-")
