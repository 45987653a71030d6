"""Before a count: as many ballots as signatures, and every sealed ballot as it was cast."""

from hmac import compare_digest
from typing import Any

from sqlalchemy import Select, func, select

from app.core.db import db
from app.core.i18n import _, _n
from app.ledger.acts import Channel
from app.voting import paper_count
from app.voting.models import Emargement, Poll, PublicBallot, SecretBallot
from app.voting.seal import tag_of


def obstacle(poll: Poll) -> str | None:
    """What forbids to count and publish, in a sentence; None when everything agrees."""
    if poll.is_secret and not _untouched(poll):
        return _(
            "Un bulletin de l’urne a été modifié ou ajouté hors du site."
            " Le dépouillement est arrêté."
        )
    table = SecretBallot if poll.is_secret else PublicBallot
    ballots = _count(select(func.count()).select_from(table).where(table.poll_id == poll.id))
    signed = _count(
        select(func.count())
        .select_from(Emargement)
        .where(Emargement.poll_id == poll.id, Emargement.channel != Channel.PAPER.value)
    )
    if ballots != signed:
        return _(
            "L’urne contient %(ballots)s pour %(signed)s. Le dépouillement est arrêté.",
            ballots=_n("%(num)d bulletin", "%(num)d bulletins", ballots),
            signed=_n("%(num)d signature", "%(num)d signatures", signed),
        )
    return paper_count.obstacle(poll) if poll.has_paper else None


def _untouched(poll: Poll) -> bool:
    sealed = db.session.execute(
        select(SecretBallot.key, SecretBallot.payload, SecretBallot.tag).where(
            SecretBallot.poll_id == poll.id
        )
    )
    return all(compare_digest(row.tag, tag_of(poll.id, row.key, row.payload)) for row in sealed)


def _count(query: Select[Any]) -> int:
    return db.session.scalar(query) or 0
