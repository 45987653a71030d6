"""Notices, conversations and people of mutual help, by the services themselves."""

from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import Model, db
from app.entraide import services, threads
from app.entraide.models import OFFER, REQUEST, HelpNotice, HelpThread
from app.entraide.services import Writing
from tests.factories import make_resident

SECRET = "Ornithorynque"
"""A word that nothing else says: where it shows, the words do."""


def make_notice(author: Resident | None = None, side: str = REQUEST, **fields: Any) -> HelpNotice:
    fields.setdefault("kind", "courses")
    fields.setdefault("title", "Porter un cabas")
    fields.setdefault("text", "Au marché.")
    return services.publish(author or make_resident("Fatou"), Writing(side=side, **fields))


def make_offer(author: Resident | None = None, **fields: Any) -> HelpNotice:
    return make_notice(author, OFFER, **fields)


def answered(notice: HelpNotice, by: Resident | None = None, text: str = SECRET) -> HelpThread:
    return threads.answer(notice, by or make_resident("Amina"), text)


def make_child() -> Resident:
    return make_resident("Lina", year_of_birth=today().year - 11)


def count(table: type[Model]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0
