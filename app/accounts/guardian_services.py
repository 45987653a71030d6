"""A second adult who answers for a child: invited by the first, and free to say no."""

from sqlalchemy import select

from app.accounts.family_models import GuardianInvitation, Guardianship
from app.accounts.family_policies import can_answer_for_children
from app.accounts.family_queries import live_link
from app.accounts.family_services import (
    MOST_GUARDIANS,
    OWN_SPACE,
    add_guardian,
    guardian_count,
)
from app.accounts.household_services import household_of, join_home
from app.accounts.models import Resident
from app.accounts.signals import person_told
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.typography import of_fr


@atomic
def invite(by: Resident, child: Resident, who: str) -> None:
    """Ask another adult to answer for the child too; says nothing of whether they exist.

    Raises:
        Forbidden: someone who does not answer for the child.
        Invalid: neither a card number nor an e-mail address.
        Conflict: the child has two guardians already.
    """
    lock(child)
    if live_link(by.id, child.id) is None:
        raise Forbidden(_("Seul un parent ou un responsable légal invite l’autre."))
    typed = "".join(who.split()).lower()
    digits = typed.replace("-", "")
    is_card = len(digits) == 8 and digits.isascii() and digits.isdigit()
    if not is_card and "@" not in typed:
        raise Invalid(
            _("Écrivez les 8 chiffres d’une carte, ou une adresse e-mail complète."), field="who"
        )
    if guardian_count(child) >= MOST_GUARDIANS:
        raise Conflict(_("Deux personnes répondent déjà de cet enfant."))
    column = Resident.card_number == digits if is_card else Resident.email == typed
    invited = db.session.scalar(select(Resident).where(column))
    if invited is None or not can_answer_for_children(invited):
        return
    if live_link(invited.id, child.id) or _waiting(child.id, invited.id):
        return
    db.session.add(
        GuardianInvitation(child_id=child.id, invited_id=invited.id, invited_by_id=by.id)
    )
    text = _(
        "%(who)s vous propose de répondre aussi %(of_child)s.",
        who=by.display_name,
        of_child=of_fr(child.called),
    )
    person_told.send(invited, text=text, url=OWN_SPACE)


@atomic
def accept(by: Resident, invitation: GuardianInvitation, *, same_home: bool) -> Guardianship:
    """Answer for the child too.

    Args:
        same_home: in the household of whoever invited; the child joins one's own otherwise, and
            belongs to both.

    Raises:
        Forbidden: another's invitation, answered already, or of someone who no longer may.
        Conflict: two guardians already, or no longer a child.
    """
    lock(invitation)
    inviter, child = invitation.invited_by, invitation.child
    waiting = invitation.invited_id == by.id and invitation.answered_at is None
    if not waiting or not can_answer_for_children(by) or not live_link(inviter.id, child.id):
        raise Forbidden(_("Cette invitation n’est plus valable."))
    made = add_guardian(inviter, by, child)
    invitation.answered_at, invitation.accepted = now(), True
    if same_home:
        join_home(household_of(inviter), by)
    else:
        join_home(household_of(by), child)
    person_told.send(
        inviter,
        text=_(
            "%(who)s répond aussi %(of_child)s.", who=by.display_name, of_child=of_fr(child.called)
        ),
        url=OWN_SPACE,
    )
    return made


@atomic
def decline(by: Resident, invitation: GuardianInvitation) -> None:
    """Say no; nobody is told.

    Raises:
        Forbidden: another's invitation, or answered already.
    """
    lock(invitation)
    if invitation.invited_id != by.id or invitation.answered_at is not None:
        raise Forbidden(_("Cette invitation n’est plus valable."))
    invitation.answered_at, invitation.accepted = now(), False


def _waiting(child_id: int, invited_id: int) -> bool:
    return bool(
        db.session.scalar(
            select(GuardianInvitation.id).where(
                GuardianInvitation.child_id == child_id,
                GuardianInvitation.invited_id == invited_id,
                GuardianInvitation.answered_at.is_(None),
            )
        )
    )
