"""Casting a ballot: one person, one vote is a primary key, not a check."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, insert, literal, select, update

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
    PollOption,
    PublicBallot,
    PublicChange,
    RollEntry,
    SecretBallot,
)
from app.voting.policies import Hours, can_vote
from app.voting.seal import seal, tag_of


class AlreadyVoted(Conflict):
    """A second ballot of the same person in a secret poll."""


class NotOpen(Conflict):
    """Ballots are not accepted now."""


class NotOnRoll(Forbidden):
    """The person is not on this poll's electoral roll."""


@dataclass(frozen=True)
class _Paper:
    """What a ballot must be."""

    method: str
    rules: dict[str, Any]
    options: list[int]


@dataclass(frozen=True)
class _Box(_Paper):
    """A poll as the person who votes in it meets it."""

    poll_id: int
    status: str
    opens_at: datetime
    closes_at: datetime
    is_secret: bool
    proxies_most: int
    box_key: bytes | None
    on_roll: bool


# Written once: hundreds of people vote in the same minutes.
_AT_THE_BOX = (
    select(
        Poll.method,
        Poll.rules,
        Poll.status,
        Poll.opens_at,
        Poll.closes_at,
        Poll.is_secret,
        Poll.proxies_most,
        Poll.box_key,
        RollEntry.resident_id.label("signer"),
        PollOption.id.label("option_id"),
    )
    .outerjoin(
        RollEntry,
        and_(RollEntry.poll_id == Poll.id, RollEntry.resident_id == bindparam("voter")),
    )
    .outerjoin(PollOption, PollOption.poll_id == Poll.id)
    .where(Poll.id == bindparam("poll"))
    .order_by(PollOption.position)
    .with_for_update(read=True, of=Poll)
)
# Of tables rather than of models: what they write is never read back in the act.
_TABLES = db.metadata.tables
_SIGN = insert(_TABLES[Emargement.__tablename__])
_DROP_IN = insert(_TABLES[SecretBallot.__tablename__])


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
    moment, voter = now(), number_of(resident)
    box = _locked(number_of(poll), voter)
    _check(box, moment, on_roll=box.on_roll)
    text = _text(box, raw)
    if holder is not None:
        proxies.use(poll, resident, holder)
    elif box.proxies_most:
        proxies.lapse(poll, resident, tell=not box.is_secret)
    signature = _signature(box.poll_id, voter, current_channel(), represented=holder is not None)
    if box.is_secret:
        with unique_or_nothing(_already_voted(myself=holder is None)):
            db.session.execute(_SIGN, signature)
        assert box.box_key is not None
        key, payload = secrets.token_bytes(16), seal(box.box_key, text)
        tag = tag_of(box.poll_id, key, payload)
        ballot = {"key": key, "poll_id": box.poll_id, "payload": payload, "tag": tag}
        db.session.execute(_DROP_IN, ballot)
        return
    mine = {"poll_id": box.poll_id, "resident_id": voter}
    try:
        with unique_or(_already_voted()):
            db.session.execute(_SIGN, signature)
    except AlreadyVoted:
        if box.proxies_most:
            by_whom = {name: signature[name] for name in ("represented", "channel")}
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
    _check(poll, now(), on_roll=is_on_roll(poll.id, resident.id))
    if poll.is_secret and db.session.scalar(select(Emargement.day).filter_by(**mine)):
        raise _already_voted()


def sign(poll: Poll, resident: Resident, channel: Channel, *, represented: bool) -> None:
    """Sign the roll for today, inside the caller's act.

    Raises:
        AlreadyVoted: it is signed, however that was done.
    """
    myself = channel is not Channel.PAPER and not represented
    with unique_or(_already_voted(myself=myself)):
        signature = _signature(poll.id, number_of(resident), channel, represented=represented)
        db.session.execute(_SIGN, signature)


def ballot_text(poll: Poll, raw: object) -> str:
    """The one JSON text of a ballot.

    Raises:
        Invalid: it is not a ballot for these options.
    """
    return _text(_Paper(poll.method, poll.rules, [option.id for option in poll.options]), raw)


def is_on_roll(poll_id: int, resident_id: int) -> bool:
    """Whether the person may vote in this poll, once it is open."""
    key = (RollEntry.poll_id == poll_id, RollEntry.resident_id == resident_id)
    return db.session.scalar(select(RollEntry.poll_id).where(*key)) is not None


def closed_sentence(poll: Hours, moment: datetime) -> str:
    """Why no ballot is accepted now."""
    if poll.status == "cancelled":
        return _("Ce vote est annulé.")
    if moment < poll.opens_at or (poll.status == "scheduled" and moment < poll.closes_at):
        return _("Ce vote n’est pas encore ouvert.")
    return _("Ce vote est terminé : il n’accepte plus de bulletin.")


def _locked(poll_id: int, voter: int) -> "_Box":
    """Everything that a ballot is held against, in one statement.

    The lock is shared: voters do not wait for each other, and closing waits for them all.
    """
    rows = db.session.execute(_AT_THE_BOX, {"poll": poll_id, "voter": voter}).all()
    poll = rows[0]
    return _Box(
        poll.method,
        poll.rules,
        [row.option_id for row in rows if row.option_id is not None],
        poll_id,
        poll.status,
        poll.opens_at,
        poll.closes_at,
        poll.is_secret,
        poll.proxies_most,
        poll.box_key,
        poll.signer is not None,
    )


def _text(paper: "_Paper", raw: object) -> str:
    method = METHODS[paper.method]
    try:
        ballot = method.parse(paper.options, raw, method.rules(paper.rules))
    except InvalidBallot as error:
        raise Invalid(str(error), field="choice") from error
    written: str = ballot.dumps()
    return written


def _check(poll: Hours, moment: datetime, *, on_roll: bool) -> None:
    if can_vote(poll, moment, on_roll=on_roll):
        return
    if not on_roll and poll.status == "open":
        raise NotOnRoll(_("Vous n’êtes pas sur la liste de ce vote."))
    raise NotOpen(closed_sentence(poll, moment))


def _signature(
    poll_id: int, voter: int, channel: Channel, *, represented: bool
) -> dict[str, object]:
    return {
        "poll_id": poll_id,
        "resident_id": voter,
        "day": today(),
        "channel": channel.value,
        "represented": represented,
    }


def _already_voted(*, myself: bool = True) -> AlreadyVoted:
    if myself:
        return AlreadyVoted(_("Vous avez déjà voté : un vote secret ne se change pas."))
    return AlreadyVoted(_("Cette personne a déjà voté : un vote secret ne se change pas."))
