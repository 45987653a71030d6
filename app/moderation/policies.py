"""Who may report, read the queue, decide, contest and suspend."""

from typing import Protocol

from app.accounts.models import Resident
from app.core.rights import Right
from app.moderation.models import CONTEST, Case, Sanction

MOST_UNDO_MINUTES = 60


class Written(Protocol):
    """Something people wrote."""

    @property
    def is_shown(self) -> bool: ...


def can_report(person: Resident | None, written: Written, author_id: int | None) -> bool:
    """Anyone signed in whom no sanction keeps from writing, of what shows and is not theirs."""
    return (
        person is not None
        and not person.is_silenced
        and written.is_shown
        and person.id != author_id
    )


def can_moderate(person: Resident) -> bool:
    """Someone who decides of some contents at least."""
    return person.may_somewhere(Right.MODERATE)


def reach(person: Resident) -> frozenset[int] | None:
    """The bodies whose queue someone reads; None for the whole queue."""
    return None if person.may(Right.MODERATE) else person.bodies_where(Right.MODERATE)


def can_read_case(person: Resident | None, case: Case) -> bool:
    """The référent of its comité and the team."""
    return person is not None and person.may(Right.MODERATE, body_id=case.body_id)


def can_decide(person: Resident, case: Case, *, is_alone: bool = False) -> bool:
    """Who reads the case, of what they did not write themselves.

    What is contested goes to someone other than who decided first, unless they are alone.
    """
    if not can_read_case(person, case) or person.id == case.author_id:
        return False
    return is_alone or case.cause != CONTEST or person.id != case.decided_by_id


def can_contest(person: Resident | None, case: Case) -> bool:
    """The author, once, of what was hidden or changed."""
    return (
        person is not None
        and person.id == case.author_id
        and case.decided_at is not None
        and case.outcome in ("hidden", "edited")
        and case.contested_at is None
    )


def can_sanction(person: Resident, other: Resident) -> bool:
    """The direction; of the team, only who could take their role back; of oneself, never."""
    may = person.may(Right.SANCTION) and person.id != other.id
    return may and (not other.is_team or person.may(Right.GIVE_ROLES))


def can_see_sanctions(person: Resident) -> bool:
    """The direction."""
    return person.may(Right.SANCTION)


def can_lift(person: Resident, sanction: Sanction) -> bool:
    """The direction, but for oneself."""
    return can_see_sanctions(person) and person.id != sanction.resident_id
