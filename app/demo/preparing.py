"""Meetings being prepared together: a day to choose, a point someone asked for, a draft to read."""

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from app.bodies import date_services, request_services
from app.bodies.models import Meeting
from app.core.clock import now
from app.core.db import db
from app.demo.people import World
from app.demo.stories import Year

ANSWERS = ("yes", "maybe", "no", "yes")
"""What the first members say of the first day; of the second, the other way round."""


def preparing(world: World, year: Year) -> None:
    """Three days ago, the comité of families asked for a day, and someone for a point."""
    year.plan(year.day(3), partial(_dates, world))
    year.plan(year.day(2), partial(_request, world))


def _dates(world: World) -> None:
    body = world.bodies["famille"]
    days = [now() + timedelta(days=20 + number) for number in range(3)]
    poll = date_services.ask_dates(world.director, body, "Réunion de rentrée", days)
    first, second, _third = poll.slots
    for member, answer in zip(world.members["famille"], ANSWERS, strict=False):
        answers = {first.id: answer, second.id: ANSWERS[-1 - ANSWERS.index(answer)]}
        date_services.answer_dates(member, poll, answers)


def _request(world: World) -> None:
    body = world.bodies["conseil"]
    planned = select(Meeting).where(Meeting.body_id == body.id, Meeting.status == "planned")
    meeting = db.session.scalars(planned.order_by(Meeting.starts_at)).first()
    if meeting is not None:
        title = "L’éclairage du passage des Tilleuls"
        reason = "Il fait noir dès 17 h. Les enfants rentrent de l’école par là."
        request_services.ask_for_item(world.members["famille"][0], meeting, title, reason=reason)
