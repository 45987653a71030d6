"""Who may register whom, and who may lend a hand."""

from app.accounts.family_policies import can_answer_for_children
from app.accounts.models import Resident
from app.core.clock import today
from app.programme.policies import can_run_programme


def can_register_themselves(person: Resident) -> bool:
    """A confirmed resident of 15 or more; before, an adult who answers for them does it."""
    return person.is_active and person.is_confirmed and not person.is_under_15_on(today())


def can_register_other(
    person: Resident, other: Resident, *, answers: bool, lives_with: bool
) -> bool:
    """The team; the adult who answers for a child; of one home, those of 15 or more.

    Args:
        answers: the person answers for the other, who is a child.
        lives_with: they are of one household.
    """
    if not other.is_active or (other.is_under_15_on(today()) and not other.has_guardian):
        return False
    if can_run_programme(person):
        return True
    if answers:
        return can_answer_for_children(person)
    return lives_with and can_register_themselves(person) and not other.is_under_15_on(today())


def can_help(person: Resident) -> bool:
    """Whoever may register themselves may lend a hand."""
    return can_register_themselves(person)
