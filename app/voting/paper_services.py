"""Reading paper ballots: in piles, twice, by two people, the second without the first."""

from collections.abc import Mapping

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.voting import paper_count
from app.voting.casting import ballot_text
from app.voting.closing import close_poll
from app.voting.events import Kind, append
from app.voting.models import Poll
from app.voting.paper_models import PaperBatch, PaperReading
from app.voting.policies import can_read_paper, can_run_paper


@atomic
def add_pile(by: Resident, poll: Poll, size: int) -> PaperBatch:
    """Announce a pile of so many ballots, to be read.

    Raises:
        Forbidden: not of those who run paper votes, or not between closing and the last pile.
        Invalid: fewer than 1 ballot or more than 100.
    """
    _hold(by, poll)
    if not 1 <= size <= 100:
        raise Invalid(_("Une pile compte de 1 à 100 bulletins."), field="size")
    last = db.session.scalar(
        select(func.max(PaperBatch.number)).where(PaperBatch.poll_id == poll.id)
    )
    pile = PaperBatch(poll_id=poll.id, number=(last or 0) + 1, size=size)
    db.session.add(pile)
    db.session.flush()
    return pile


@atomic
def begin_reading(by: Resident, poll: Poll, pile: PaperBatch) -> PaperReading:
    """The reading of a pile by this person: begun, or as they left it.

    Raises:
        Forbidden: as `add_pile`.
        Conflict: two others read it.
    """
    _hold(by, poll, pile)
    mine = reading_of(pile, by.id)
    if mine is not None:
        return mine
    taken = {reading.number for reading in pile.readings}
    if len(taken) == 2:
        raise Conflict(_("Deux personnes lisent déjà cette pile."))
    number = 2 if 1 in taken else 1
    reading = PaperReading(batch_id=pile.id, number=number, by_id=by.id, sheets=[])
    db.session.add(reading)
    db.session.flush()
    return reading


@atomic
def write_sheet(
    by: Resident, poll: Poll, pile: PaperBatch, place: int, raw: object, *, is_null: bool = False
) -> PaperReading:
    """What this person reads on one ballot; the last one of the second reading compares both.

    Args:
        place: of the ballot in the pile, from 0: the next one, or one to correct.
        raw: as `casting.cast` takes it.
        is_null: torn, signed, or with too many marks.

    Raises:
        Forbidden: as `add_pile`.
        Conflict: not begun by this person, agreed already, or another place than those.
        Invalid: `raw` is no ballot for these options.
    """
    _hold(by, poll, pile)
    reading = reading_of(pile, by.id)
    if reading is None or pile.agreed_at is not None:
        raise Conflict(_("Cette lecture est terminée, ou n’est pas la vôtre."))
    if not 0 <= place <= min(len(reading.sheets), pile.size - 1):
        raise Conflict(_("Ce bulletin n’est pas le suivant de la pile."))
    sheet = None if is_null else ballot_text(poll, raw)
    reading.sheets = [*reading.sheets[:place], sheet, *reading.sheets[place + 1 :]]
    reading.typed_at = now()
    db.session.flush()
    if is_read(pile) and not differing(pile):
        pile.agreed_at = now()
    return reading


@atomic
def settle(by: Resident, poll: Poll, pile: PaperBatch, kept: Mapping[int, int]) -> None:
    """With the papers in hand, say which reading of each differing ballot is right.

    Args:
        kept: for each place that differs, the number of the reading to keep.

    Raises:
        Forbidden: as `add_pile`, or not one of the two readers.
        Conflict: not read twice yet, or agreed already.
        Invalid: a ballot left undecided.
    """
    _hold(by, poll, pile)
    check_reader(pile, by)
    if not is_read(pile) or pile.agreed_at is not None:
        raise Conflict(_("Il n’y a pas d’écart à régler dans cette pile."))
    places = differing(pile)
    if any(kept.get(place) not in (1, 2) for place in places):
        raise Invalid(_("Choisissez une lecture pour chaque bulletin."))
    first, second = pile.readings
    agreed = list(first.sheets)
    for place in places:
        if kept[place] == second.number:
            agreed[place] = second.sheets[place]
    for reading in (first, second):
        reading.sheets = list(agreed)
    pile.agreed_at = now()


@atomic
def drop_pile(by: Resident, poll: Poll, pile: PaperBatch, reason: str) -> None:
    """Forget a pile and what was read of it, to begin again.

    Raises:
        Forbidden: as `add_pile`.
        Invalid: no reason.
    """
    _hold(by, poll, pile)
    if not reason.strip():
        raise Invalid(_("Dites pourquoi cette pile est à relire."), field="reason")
    note(AuditAct.PAPER_DROPPED, by, poll, before={"size": pile.size}, reason=reason.strip())
    db.session.delete(pile)


@atomic
def close_paper(by: Resident, poll: Poll) -> bool:
    """Every paper is read: nothing is added to it, and the count begins; whether it was published.

    Raises:
        Forbidden: as `add_pile`.
        Conflict: a pile is not agreed, or papers and signatures differ in number.
    """
    _hold(by, poll)
    obstacle = paper_count.obstacle(poll)
    if obstacle is not None:
        raise Conflict(obstacle)
    poll.paper_closed_at = now()
    db.session.flush()
    sizes = db.session.scalars(select(PaperBatch.size).where(PaperBatch.poll_id == poll.id)).all()
    append(poll, Kind.PAPER_READ, piles=len(sizes), papers=sum(sizes))
    note(AuditAct.PAPER_CLOSED, by, poll, after={"papers": sum(sizes)})
    return close_poll(poll)


def reading_of(pile: PaperBatch, person_id: int) -> PaperReading | None:
    """The reading of a pile by this person."""
    return next((one for one in pile.readings if one.by_id == person_id), None)


def check_reader(pile: PaperBatch, person: Resident) -> None:
    """Raises Forbidden unless the person read this pile: nobody else sees what is on it."""
    if reading_of(pile, person.id) is None:
        raise Forbidden(_("Seules les deux personnes qui ont lu cette pile la voient."))


def is_read(pile: PaperBatch) -> bool:
    """Whether two people have read every ballot of it."""
    return len(pile.readings) == 2 and all(
        len(reading.sheets) == pile.size for reading in pile.readings
    )


def differing(pile: PaperBatch) -> list[int]:
    """The places, from 0, where two whole readings of a pile do not say the same."""
    first, second = (reading.sheets for reading in pile.readings)
    pairs = enumerate(zip(first, second, strict=True))
    return [place for place, (one, other) in pairs if one != other]


def _hold(by: Resident, poll: Poll, pile: PaperBatch | None = None) -> None:
    lock(poll)
    if not can_run_paper(by, poll) or (pile is not None and pile.poll_id != poll.id):
        raise Forbidden(_("Vous ne tenez pas le vote sur papier ici."))
    if not can_read_paper(poll, now()):
        raise Forbidden(_("On lit les bulletins de papier après la fermeture, une seule fois."))
    if pile is not None:
        db.session.refresh(pile)
        db.session.refresh(pile, ["readings"])
