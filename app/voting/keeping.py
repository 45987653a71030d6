"""Who keeps what opens the box: the site alone, or a bureau de vote of several tellers.

Without tellers the private key lies in the database until closing, under the site's own key which
does not, and the poll's page says so: neither a copy of the database nor its log opens the box.
With them it exists for the length of two acts only: opening, where it is split and forgotten, and
closing, where enough tellers have given their words.
"""

from sqlalchemy import select, update

from app.core import security
from app.core.db import db
from app.voting import seal, shares
from app.voting.models import Poll, Teller


def bench(poll: Poll) -> list[Teller]:
    """The poll's tellers."""
    query = select(Teller).where(Teller.poll_id == poll.id).order_by(Teller.resident_id)
    return list(db.session.scalars(query))


def bench_is_ready(poll: Poll) -> bool:
    """Whether each teller has words of their own; at once where there is none."""
    return not poll.tellers_needed or all(teller.ready_at for teller in bench(poll))


def prepare_box(poll: Poll) -> None:
    """Make the poll's keys, inside the act that opens it."""
    key = seal.new_key()
    poll.box_key = seal.box_of(key)
    if not poll.tellers_needed:
        poll.sealing_key = security.seal(_purpose(poll), key.hex()).encode()
        return
    tellers = bench(poll)
    keys = [teller.public_key or b"" for teller in tellers]
    for teller, share in zip(tellers, shares.split(key, poll.tellers_needed, keys), strict=True):
        teller.sealed_share = share


def opening_key(poll: Poll) -> bytes | None:
    """The private key of the box; None while too few tellers have given their words.

    Raises:
        BrokenSeal: what is kept was altered, or SECRET_KEY is another than at the opening.
    """
    if not poll.tellers_needed:
        kept = security.unseal(_purpose(poll), (poll.sealing_key or b"").decode())
        if kept is None:
            raise seal.BrokenSeal("the kept key does not open")
        return bytes.fromhex(kept)
    given = [teller.given_share for teller in bench(poll) if teller.given_share]
    return shares.join(given[: poll.tellers_needed]) if len(given) >= poll.tellers_needed else None


def empty_hands(poll: Poll) -> None:
    """The box is empty: nothing that opened it is kept."""
    poll.sealing_key = None
    db.session.execute(
        update(Teller)
        .where(Teller.poll_id == poll.id)
        .values(sealed_share=None, given_share=None)
        .execution_options(synchronize_session="fetch")
    )


def _purpose(poll: Poll) -> str:
    return f"box of poll {poll.id}"
