"""Casting a ballot: one person, one vote is a primary key, not a check."""

import secrets
from datetime import datetime

from sqlalchemy import insert, literal, select, update

from app.accounts.models import Resident
from app.core.clock import now, today
from app.core.db import atomic_unseen, db, number_of, unique_or, unique_or_nothing
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.ledger.acts import Channel
from app.ledger.services import current_channel
from app.voting import proxies
from app.voting.methods import METHODS
from app.voting.methods.base import InvalidBallot
from app.voting.models import (
    Emargement,
    Poll,
    PublicBallot,
    PublicChange,
    RollEntry,
    SecretBallot,
)
from app.voting.policies import can_vote
from app.voting.seal import seal, tag_of


class AlreadyVoted(Conflict):
    """A second ballot of the same person in a secret poll."""


class NotOpen(Conflict):
    """Ballots are not accepted now."""


class NotOnRoll(Forbidden):
    """The person is not on this poll's electoral roll."""


@atomic_unseen
def cast(poll: Poll, resident: Resident, raw: object, *, holder: Resident | None = None) -> None:
    """Sign the roll and put the ballot in the box, in one transaction.

    The primary key of `emargements` is what refuses a second ballot, even a simultaneous one; in
    a public poll it replaces the first, until closing. Pages kept in memory show how many people
    voted a minute late at most: voters would otherwise wait for one another to mark them old.

    Args:
        holder: who votes for them by proxy; without, they vote in person, and a proxy they gave
            is void.

    Raises:
        NotOpen: before opening or from the closing time on, whether or not the job has run.
        NotOnRoll: the person may not vote here.
        NotHolder: they gave the holder no proxy, or took it back.
        Invalid: `raw` is not a ballot for these options.
        AlreadyVoted: a second ballot in a secret poll.
    """
    # A shared lock: voters do not wait for each other, and closing waits for them all.
    db.session.refresh(poll, with_for_update={"read": True})
    moment = now()
    number = number_of(resident)
    _check(poll, number, moment)
    text = ballot_text(poll, raw)
    if holder is not None:
        proxies.use(poll, resident, holder)
    elif poll.proxies_most:
        proxies.lapse(poll, resident, tell=not poll.is_secret)
    if poll.is_secret:
        with unique_or_nothing(_already_voted(myself=holder is None)):
            _write_signature(poll, number, current_channel(), represented=holder is not None)
        assert poll.box_key is not None
        key, payload = secrets.token_bytes(16), seal(poll.box_key, text)
        db.session.execute(
            insert(SecretBallot).values(
                key=key, poll_id=poll.id, payload=payload, tag=tag_of(poll.id, key, payload)
            )
        )
        return
    mine = {"poll_id": poll.id, "resident_id": number}
    try:
        sign(poll, resident, current_channel(), represented=holder is not None)
    except AlreadyVoted:
        if poll.proxies_most:
            by_whom = {"represented": holder is not None, "channel": current_channel().value}
            db.session.execute(update(Emargement).filter_by(**mine).values(**by_whom))
        columns = ["poll_id", "resident_id", "choice", "replaced_at"]
        former = select(
            PublicBallot.poll_id,
            PublicBallot.resident_id,
            PublicBallot.choice,
            literal(moment, PublicChange.replaced_at.type),
        ).filter_by(**mine)
        db.session.execute(insert(PublicChange).from_select(columns, former))
        db.session.execute(
            update(PublicBallot).filter_by(**mine).values(choice=text, cast_at=moment)
        )
    else:
        db.session.execute(insert(PublicBallot).values(**mine, choice=text, cast_at=moment))


def check_may_vote(poll: Poll, resident: Resident) -> None:
    """Spare someone a ballot paper that could not be sent.

    Raises:
        NotOpen, NotOnRoll, AlreadyVoted: as `cast` would.
    """
    mine = {"poll_id": poll.id, "resident_id": resident.id}
    _check(poll, resident.id, now())
    if poll.is_secret and db.session.scalar(select(Emargement.day).filter_by(**mine)):
        raise _already_voted()


def sign(poll: Poll, resident: Resident, channel: Channel, *, represented: bool) -> None:
    """Sign the roll for today, inside the caller's act.

    Raises:
        AlreadyVoted: it is signed, however that was done.
    """
    myself = channel is not Channel.PAPER and not represented
    with unique_or(_already_voted(myself=myself)):
        _write_signature(poll, number_of(resident), channel, represented=represented)


def _write_signature(poll: Poll, number: int, channel: Channel, *, represented: bool) -> None:
    db.session.execute(
        insert(Emargement).values(
            poll_id=poll.id,
            resident_id=number,
            day=today(),
            channel=channel.value,
            represented=represented,
        )
    )


def ballot_text(poll: Poll, raw: object) -> str:
    """The one JSON text of a ballot.

    Raises:
        Invalid: it is not a ballot for these options.
    """
    method = METHODS[poll.method]
    try:
        ballot = method.parse([option.id for option in poll.options], raw, method.rules(poll.rules))
    except InvalidBallot as error:
        raise Invalid(str(error), field="choice") from error
    written: str = ballot.dumps()
    return written


def is_on_roll(poll_id: int, resident_id: int) -> bool:
    """Whether the person may vote in this poll, once it is open."""
    key = (RollEntry.poll_id == poll_id, RollEntry.resident_id == resident_id)
    return db.session.scalar(select(RollEntry.poll_id).where(*key)) is not None


def closed_sentence(poll: Poll, moment: datetime) -> str:
    """Why no ballot is accepted now."""
    if poll.status == "cancelled":
        return _("Ce vote est annulé.")
    if moment < poll.opens_at or (poll.status == "scheduled" and moment < poll.closes_at):
        return _("Ce vote n’est pas encore ouvert.")
    return _("Ce vote est terminé : il n’accepte plus de bulletin.")


def _check(poll: Poll, number: int, moment: datetime) -> None:
    on_roll = is_on_roll(poll.id, number)
    if can_vote(poll, moment, on_roll=on_roll):
        return
    if not on_roll and poll.status == "open":
        raise NotOnRoll(_("Vous n’êtes pas sur la liste de ce vote."))
    raise NotOpen(closed_sentence(poll, moment))


def _already_voted(*, myself: bool = True) -> AlreadyVoted:
    if myself:
        return AlreadyVoted(_("Vous avez déjà voté : un vote secret ne se change pas."))
    return AlreadyVoted(_("Cette personne a déjà voté : un vote secret ne se change pas."))
