"""What two people read alike on paper: counted among the other ballots, then kept nowhere."""

from sqlalchemy import func, select, update

from app.core.db import db
from app.core.i18n import _, _n
from app.ledger.acts import Channel
from app.voting.models import Emargement, Poll
from app.voting.paper_models import PaperBatch, PaperReading


def sheets(poll: Poll) -> list[str | None]:
    """The ballots of every agreed pile, as `Ballot.dumps` writes them; None for a null one."""
    rows = db.session.execute(
        select(PaperReading.sheets)
        .join(PaperBatch, PaperBatch.id == PaperReading.batch_id)
        .where(
            PaperBatch.poll_id == poll.id,
            PaperBatch.agreed_at.is_not(None),
            PaperReading.number == 1,
        )
    )
    return [sheet for row in rows for sheet in row.sheets]


def empty(poll: Poll) -> None:
    """Once counted, what was typed names no ballot any more."""
    piles = select(PaperBatch.id).where(PaperBatch.poll_id == poll.id)
    db.session.execute(
        update(PaperReading)
        .where(PaperReading.batch_id.in_(piles))
        .values(sheets=[])
        .execution_options(synchronize_session="fetch")
    )


def obstacle(poll: Poll) -> str | None:
    """What forbids to say that the paper is complete, and how it is mended; None when nothing."""
    piles = db.session.execute(
        select(PaperBatch.size, PaperBatch.agreed_at).where(PaperBatch.poll_id == poll.id)
    ).all()
    waiting = sum(pile.agreed_at is None for pile in piles)
    if waiting:
        return _n(
            "Une pile n’a pas encore été lue deux fois de la même façon.",
            "%(num)d piles n’ont pas encore été lues deux fois de la même façon.",
            waiting,
        )
    ballots, signed = sum(pile.size for pile in piles), signatures(poll)
    counted = {
        "ballots": _n("%(num)d bulletin de papier", "%(num)d bulletins de papier", ballots),
        "signed": _n("%(num)d signature sur papier", "%(num)d signatures sur papier", signed),
    }
    if ballots > signed:
        return _(
            "Il y a %(ballots)s pour %(signed)s."
            " Relisez la feuille de signatures : notez ici chaque personne qui a signé."
            " Recomptez aussi les piles.",
            **counted,
        )
    if ballots < signed:
        return _(
            "Il y a %(signed)s pour %(ballots)s."
            " Cherchez le bulletin qui manque. Sinon, retirez de la liste la signature notée"
            " par erreur.",
            **counted,
        )
    return None


def signatures(poll: Poll) -> int:
    """How many people signed the roll for a paper ballot."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Emargement)
            .where(Emargement.poll_id == poll.id, Emargement.channel == Channel.PAPER.value)
        )
        or 0
    )
