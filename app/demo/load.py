"""Load the demonstration centre, in one transaction."""

from datetime import timedelta
from random import Random

from sqlalchemy import func, select, text, update

from app.accounts.models import Resident
from app.core.clock import at, now
from app.core.db import atomic, db, is_sqlite
from app.core.mail import OutboxMail
from app.demo import (
    before,
    helping,
    ideas,
    neighbours,
    order,
    people,
    preparing,
    season,
    serving,
    sitting,
    stories,
    together,
    votes,
    working,
)

SEED = 2026
DAYS = 365


class NotEmpty(Exception):
    """The database holds people already."""


@atomic
def load() -> None:
    """Live a year in a few seconds; the same year at each loading, ending today.

    Raises:
        NotEmpty: someone lives here already.
    """
    if db.session.scalar(select(func.count()).select_from(Resident)):
        raise NotEmpty
    present = now()
    with at(present - timedelta(days=DAYS)):
        world = people.begin(Random(SEED))
        people.register(world)
        people.introduce(world)
        stories.instances(world)
        neighbours.associations(world)
    year = stories.Year(present)
    with at(present - timedelta(days=DAYS - 1)):
        stories.meetings(world, year)
        sitting.sitting(world, year)
        preparing.preparing(world, year)
        made = ideas.proposals(world, year)
        ideas.polls(world, year, made)
        votes.votes(world, year)
        neighbours.connections(world, year)
        neighbours.collectifs(world, year)
        neighbours.programme(world, year)
        season.season(world, year)
        together.partners(world, year)
        working.working(world, year)
        helping.helping(world, year)
        order.moderation(world, year, made)
    year.run()
    before.before(world, present.year)
    serving.serving(world)
    # Nobody waits for the mails of an imagined year.
    db.session.execute(update(OutboxMail).values(sent_at=OutboxMail.created_at))
    if not is_sqlite():
        # PostgreSQL counts a table some time after it was filled: until then it may choose a way
        # of comparing everybody with everybody that never ends.
        db.session.execute(text("ANALYZE"))
