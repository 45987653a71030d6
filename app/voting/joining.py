"""Electoral rolls when two files are found to be one person's: one vote, whatever was done."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from app.core.db import db
from app.core.errors import Conflict
from app.core.i18n import _
from app.voting.events import note_roll
from app.voting.models import (
    Emargement,
    Poll,
    PublicBallot,
    PublicChange,
    RollEntry,
    Teller,
)
from app.voting.proxies import drop_proxies_of
from app.voting.roll_models import Proxy

OVER = ("closed", "cancelled")
Kept = dict[str, Any]
"""What was done to one open poll's roll, as JSON holds it, to be undone (see `part_rolls`)."""


def join_rolls(kept_id: int, merged_id: int) -> list[Kept]:
    """Leave one line on each open poll's roll, signed if either was; inside an act.

    Closed polls are history and are left alone. A secret ballot cannot be told apart, so that
    nothing in the box is touched.

    Raises:
        Conflict: both have voted in a poll that is still open; or, of one that is not over, the
            file to be joined holds a share of the key or is part of a proxy that served.
    """
    _check_no_share(merged_id)
    mine = select(RollEntry.poll_id).where(RollEntry.resident_id == merged_id)
    polls = db.session.scalars(
        select(Poll).where(Poll.status == "open", Poll.id.in_(mine)).with_for_update(of=Poll)
    ).all()
    # Once polls are held: a proxy may have served a moment ago.
    _check_no_used_proxy(merged_id)
    drop_proxies_of(merged_id)
    done = [_join(poll, kept_id, merged_id) for poll in polls]
    for poll in polls:
        if _signed(poll.id, kept_id):
            drop_proxies_of(kept_id, poll.id)
    return done


def _check_no_used_proxy(resident_id: int) -> None:
    """A proxy that served is counted in its holder's hands: nothing moves it to another's."""
    title = db.session.scalar(
        select(Poll.title)
        .join(Proxy, Proxy.poll_id == Poll.id)
        .where(
            or_(Proxy.principal_id == resident_id, Proxy.holder_id == resident_id),
            Proxy.is_used,
            Poll.status.not_in(OVER),
        )
        .limit(1)
    )
    if title is not None:
        raise Conflict(
            _(
                "Cette fiche a voté par procuration à « %(poll)s ». Attendez la fin du vote.",
                poll=title,
            )
        )


def _check_no_share(resident_id: int) -> None:
    title = db.session.scalar(
        select(Poll.title)
        .join(Teller, Teller.poll_id == Poll.id)
        .where(Teller.resident_id == resident_id, Poll.status.not_in(OVER))
        .limit(1)
    )
    if title is not None:
        raise Conflict(
            _(
                "Cette fiche garde une part de la clé de « %(poll)s ». Attendez la fin du vote.",
                poll=title,
            )
        )


def _join(poll: Poll, kept_id: int, merged_id: int) -> Kept:
    both = _is_on_roll(poll.id, kept_id)
    signed, other_signed = _signed(poll.id, merged_id), _signed(poll.id, kept_id)
    if signed and other_signed:
        raise Conflict(
            _("Les deux fiches ont voté à « %(poll)s ». Attendez la fin du vote.", poll=poll.title)
        )
    if signed or not both:
        if both:
            _strike(poll.id, kept_id)
        _carry(poll.id, merged_id, kept_id)
    else:
        _strike(poll.id, merged_id)
    if both:
        _resize(poll.id, -1)
    note_roll(poll)
    return {"poll": poll.id, "both": both, "carried": signed or not both}


def part_rolls(kept_id: int, merged_id: int, done: Sequence[Kept]) -> None:
    """Put the rolls of polls that are still open as they were; inside an act."""
    for one in done:
        poll = db.session.scalars(
            select(Poll).where(Poll.id == one["poll"]).with_for_update(of=Poll)
        ).one()
        if poll.status != "open":
            continue
        if one["carried"]:
            _carry(poll.id, kept_id, merged_id)
            if one["both"]:
                _enrol(poll.id, kept_id)
        else:
            _enrol(poll.id, merged_id)
        if one["both"]:
            _resize(poll.id, 1)
        note_roll(poll)


def _is_on_roll(poll_id: int, resident_id: int) -> bool:
    key = {"poll_id": poll_id, "resident_id": resident_id}
    return db.session.scalar(select(RollEntry.poll_id).filter_by(**key)) is not None


def _signed(poll_id: int, resident_id: int) -> bool:
    key = {"poll_id": poll_id, "resident_id": resident_id}
    return db.session.scalar(select(Emargement.day).filter_by(**key)) is not None


def _enrol(poll_id: int, resident_id: int) -> None:
    db.session.execute(insert(RollEntry).values(poll_id=poll_id, resident_id=resident_id))


def _strike(poll_id: int, resident_id: int) -> None:
    db.session.execute(delete(RollEntry).filter_by(poll_id=poll_id, resident_id=resident_id))


def _carry(poll_id: int, from_id: int, to_id: int) -> None:
    """A line of the roll, its signature and its public ballot, from one file to the other."""
    key = {"poll_id": poll_id, "resident_id": from_id}
    signature = db.session.execute(
        select(Emargement.day, Emargement.channel, Emargement.represented).filter_by(**key)
    ).first()
    ballot = db.session.execute(
        select(PublicBallot.choice, PublicBallot.cast_at).filter_by(**key)
    ).first()
    _enrol(poll_id, to_id)
    there = {"poll_id": poll_id, "resident_id": to_id}
    if signature is not None:
        db.session.execute(insert(Emargement).values(**there, **signature._mapping))
        db.session.execute(update(PublicChange).filter_by(**key).values(resident_id=to_id))
    if ballot is not None:
        db.session.execute(insert(PublicBallot).values(**there, **ballot._mapping))
    db.session.execute(delete(PublicBallot).filter_by(**key))
    db.session.execute(delete(Emargement).filter_by(**key))
    _strike(poll_id, from_id)


def _resize(poll_id: int, step: int) -> None:
    db.session.execute(
        update(Poll)
        .where(Poll.id == poll_id, Poll.roll_size.is_not(None))
        .values(roll_size=Poll.roll_size + step)
        .execution_options(synchronize_session=False)
    )
