"""The daily round: whoever's day has come is erased, and what has been kept long enough goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from app.core.clock import PARIS, now, today
from app.core.db import atomic_unseen, checkpoint, db, unique_or
from app.core.errors import Conflict
from app.core.i18n import _l
from app.core.jobs import job
from app.core.mail import drop_old_mails
from app.entraide.forgetting import forget_closed
from app.pastlife.previews import forget_waiting
from app.privacy import erasure_services, inactivity, retention
from app.privacy.models import ErasureRequest, Round

HOUR = 3
"""Of the night, at the centre."""

GIVEN_UP = timedelta(hours=2)
"""A round that has not ended by then was cut short: another one takes its place."""

WORDS: dict[str, Any] = {
    "erased": _l("Personnes effacées à leur demande"),
    "held": _l("Demandes en attente : quelque chose est à transmettre d’abord"),
    "heard": _l("Personnes dont on a eu des nouvelles"),
    "warned": _l("Personnes sans nouvelles, prévenues"),
    "inactive": _l("Personnes sans nouvelles, effacées"),
    "attendance": _l("Noms retirés de feuilles de présence"),
    "messages": _l("Messages de plus d’un an supprimés"),
    "help": _l("Annonces d’entraide finies, oubliées avec leurs messages"),
    "mails": _l("E-mails de plus d’un mois supprimés"),
    "assistances": _l("Aides de l’accueil de plus d’un an oubliées"),
    "joined": _l("Fiches réunies depuis plus de trente jours : détail oublié"),
    "rolls": _l("Lignes de votes comptés supprimées"),
    "past": _l("Lignes d’années passées, envoyées et pas reprises, oubliées"),
    "failed": _l("Étapes en échec : voir le journal du serveur"),
}


@dataclass(frozen=True)
class LastRounds:
    """What the direction reads: the last rounds, who waits, and the next one's moment.

    No moment when today's is late: within the hour then.
    """

    rounds: list[Round]
    next_at: datetime | None
    waiting: int
    held: int


@job(every_hour=True)
def daily_round() -> dict[str, int] | None:
    """Once a day from three in the morning; None when today's is done, or under way."""
    if now().astimezone(PARIS).hour < HOUR or not _begin():
        return None
    counts: dict[str, int] = {}
    for step in (_erasures, inactivity.warn_and_erase, _old_things):
        try:
            counts |= step()
        except Exception:
            # The others must not wait for it.
            db.session.rollback()
            current_app.logger.exception("privacy round: %s", step.__name__)
            counts["failed"] = counts.get("failed", 0) + 1
    _end(counts)
    checkpoint()
    said = " ".join(f"{key}={number}" for key, number in counts.items())
    current_app.logger.info("privacy round: %s", said)
    return counts


def last_rounds() -> LastRounds:
    """The last ten rounds; three statements."""
    rounds = list(db.session.scalars(select(Round).order_by(Round.day.desc()).limit(10)))
    live = (ErasureRequest.cancelled_at.is_(None), ErasureRequest.done_at.is_(None))
    waiting = db.session.scalar(select(func.count()).select_from(ErasureRequest).where(*live))
    late = (*live, ErasureRequest.due_at <= now() - timedelta(days=1))
    held = db.session.scalar(select(func.count()).select_from(ErasureRequest).where(*late))
    done_today = bool(rounds) and rounds[0].day == today()
    day = today() + timedelta(days=1) if done_today else today()
    planned = datetime.combine(day, time(HOUR), PARIS)
    return LastRounds(rounds, planned if planned > now() else None, waiting or 0, held or 0)


@atomic_unseen
def _begin() -> bool:
    """Take today's round, unless another worker has."""
    round_ = db.session.get(Round, today(), with_for_update=True)
    if round_ is not None:
        if round_.ended_at is not None or round_.started_at > now() - GIVEN_UP:
            return False
        round_.started_at = now()
        return True
    try:
        with unique_or(Conflict("")):
            db.session.add(Round(day=today(), counts={}))
    except Conflict:
        return False
    return True


@atomic_unseen
def _end(counts: dict[str, int]) -> None:
    round_ = db.session.get_one(Round, today())
    round_.ended_at, round_.counts = now(), counts


def _erasures() -> dict[str, int]:
    done, held = erasure_services.erase_due()
    return {"erased": done, "held": held}


def _old_things() -> dict[str, int]:
    steps: dict[str, Callable[[], int]] = {
        "attendance": retention.drop_attendance_names,
        "messages": retention.drop_old_messages,
        "help": forget_closed,
        "mails": drop_old_mails,
        "assistances": retention.drop_old_assistances,
        "joined": retention.forget_joined_files,
        "rolls": retention.drop_counted,
        "past": forget_waiting,
    }
    return {key: step() for key, step in steps.items()}
