"""Who may read, write, thank and stop. Whether two people are apart is asked by the caller."""

from datetime import date

from app.accounts.models import Resident
from app.core.rights import Right
from app.entraide.models import (
    EXPIRED,
    OFFER,
    OPEN,
    REQUEST,
    WITHDRAWN,
    HelpNotice,
    HelpThread,
)


def can_join(person: Resident) -> bool:
    """Whoever takes part outside of the comité of children: confirmed, 15 or more."""
    return person.takes_part_in(None)


def can_write(person: Resident) -> bool:
    """Whoever takes part and no sanction keeps from writing."""
    return can_join(person) and not person.is_silenced


def is_author(person: Resident, notice: HelpNotice) -> bool:
    return notice.author_id == person.id


def can_see(person: Resident, notice: HelpNotice, day: date) -> bool:
    """What lives and shows, whoever takes part; the rest, its author and those who moderate."""
    if is_author(person, notice) or person.may(Right.MODERATE):
        return True
    return can_join(person) and notice.is_shown and notice.is_live_on(day)


def can_answer(person: Resident, notice: HelpNotice, day: date, *, apart: bool) -> bool:
    """Whoever may write, to someone else whose notice lives and shows, unless the two are apart."""
    return (
        can_write(person)
        and not apart
        and not is_author(person, notice)
        and notice.is_shown
        and notice.is_live_on(day)
    )


def takes_part(person: Resident, thread: HelpThread) -> bool:
    """One of the two."""
    return person.id in (thread.other_id, thread.notice.author_id)


def can_send(person: Resident, thread: HelpThread, *, apart: bool) -> bool:
    """One of the two who may write, unless they are apart: a matter settled is still talked of."""
    return takes_part(person, thread) and can_write(person) and not apart


def can_withdraw(person: Resident, notice: HelpNotice) -> bool:
    """Its author, while it is online."""
    return is_author(person, notice) and notice.status == OPEN


def can_put_back(person: Resident, notice: HelpNotice) -> bool:
    """Its author, of what they withdrew or what ended by itself; a sanction keeps from it."""
    ended = notice.status in (WITHDRAWN, EXPIRED)
    return is_author(person, notice) and can_write(person) and ended


def can_prolong(person: Resident, notice: HelpNotice) -> bool:
    """Its author, while it is online and a sanction does not keep them from writing."""
    return is_author(person, notice) and can_write(person) and notice.status == OPEN


def can_thank(person: Resident, thread: HelpThread) -> bool:
    """Whoever was helped: the author of a request, the one who answered an offer."""
    notice = thread.notice
    if notice.side == REQUEST:
        return is_author(person, notice) and notice.status in (OPEN, EXPIRED)
    return person.id == thread.other_id and notice.side == OFFER
