"""A few weeks of mutual help: what was asked, what was answered, and a thank-you."""

from functools import partial

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db
from app.demo.help_words import NOTICES, SHOPPING
from app.demo.people import World
from app.demo.stories import Year
from app.entraide import services, tending, thanking, threads
from app.entraide.models import OFFER, REQUEST, HelpNotice
from app.entraide.services import Writing

FROM_PLACE = 40
"""People are taken in order, not drawn: the rest of the year stays as it was."""


def helping(world: World, year: Year) -> None:
    """Fatou, who has no address, asks; Amina offers; neighbours answer."""
    grown = [one for one in world.residents if today().year - (one.year_of_birth or 0) > 20]
    people = grown[FROM_PLACE:]
    fatou, amina = world.known["card"], world.known["resident"]
    year.plan(year.day(24, 11), partial(_publish, fatou, SHOPPING))
    year.plan(year.day(23, 18), partial(_answer, fatou, amina, "Je vais au marché samedi matin."))
    year.plan(year.day(23, 19), partial(_reply, fatou, amina, "Merci, avec plaisir. À samedi !"))
    year.plan(year.day(19, 12), partial(_thank, fatou, amina))
    for place, (author, ago, side, kind, title, text, when) in enumerate(NOTICES):
        person = world.known.get(author) or people[place * 3]
        writing = Writing(
            side=REQUEST if side == "demande" else OFFER,
            kind=kind,
            title=title,
            text=text,
            when_words=when,
            quartier_id=person.quartier_id,
        )
        year.plan(year.day(ago, 9 + place), partial(_publish, person, writing))
    for helper, words in ((people[1], "J’en ai une, passez quand vous voulez."),):
        year.plan(year.day(2, 19), partial(_answer, fatou, helper, words))
    for ago in range(26, 0, -1):
        year.plan(year.day(ago, 8, 7), tending.end_overdue)
        year.plan(year.day(ago, 8, 8), tending.remind_authors)


def _publish(author: Resident, writing: Writing) -> None:
    services.publish(author, writing)


def _latest(author: Resident) -> HelpNotice:
    own = select(HelpNotice).where(HelpNotice.author_id == author.id)
    return db.session.scalars(own.order_by(HelpNotice.id.desc()).limit(1)).one()


def _answer(author: Resident, by: Resident, words: str) -> None:
    threads.answer(_latest(author), by, words)


def _reply(author: Resident, to: Resident, words: str) -> None:
    thread = threads.thread_of(_latest(author).id, to.id)
    if thread is not None:
        threads.send(thread, author, words)


def _thank(author: Resident, helper: Resident) -> None:
    thread = threads.thread_of(_latest(author).id, helper.id)
    if thread is not None:
        thanking.thank(thread, author)
