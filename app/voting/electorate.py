"""Who may vote in a poll: those on its roll, or those who will be when it opens."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import literal, or_, select

from app.accounts.models import Resident
from app.accounts.taking_part import old_enough_for
from app.bodies.deliberation_polls import deliberation_of
from app.bodies.queries import member_ids
from app.core.clock import today
from app.core.db import db
from app.core.i18n import _
from app.ledger.acts import Standing
from app.voting.models import Poll, RollEntry


def electors(poll: Poll, among: Collection[int] | None = None) -> Any:
    """(poll, resident) of those whom the roll would name now.

    Those under 15 vote in the comité of children alone, with someone who answers for them.

    Args:
        among: numbers of those who have a voice in the meeting that votes: a suppléant has one
            there alone, in the place of a titulaire.
    """
    number = literal(poll.id)
    if poll.body is None:
        seen = or_(Resident.email_confirmed_at.is_not(None), Resident.registered_by_id.is_not(None))
        return select(number, Resident.id).where(
            Resident.standing == Standing.HABITANT.value, seen, old_enough_for(None)
        )
    members = member_ids(poll.body) if among is None else among
    return select(number, Resident.id).where(
        Resident.id.in_(members), old_enough_for(poll.body.theme)
    )


def is_entitled(poll: Poll, resident_id: int) -> bool:
    """Whether someone is on the roll; before it is frozen, whether they would be."""
    return (
        db.session.scalar(select(Resident.id).where(entitled(poll), Resident.id == resident_id))
        is not None
    )


def entitled(poll: Poll) -> Any:
    """Condition on Resident: may vote in this poll, or may when it opens; their account lives."""
    if poll.status in ("draft", "scheduled"):
        named = electors(poll).with_only_columns(Resident.id)
    else:
        named = select(RollEntry.resident_id).where(RollEntry.poll_id == poll.id)
    return (
        Resident.id.in_(named)
        & Resident.erased_at.is_(None)
        & Resident.closed_at.is_(None)
        & Resident.merged_into_id.is_(None)
    )


def why_absent(poll: Poll, person: Resident) -> str:
    """Why someone is not on the roll of an open poll, from what is known of them now."""
    theme = poll.body.theme if poll.body else None
    if person.is_under_15_on(today()) and not person.takes_part_in(theme):
        return _("Avant 15 ans, on vote dans le comité enfant.")
    if deliberation_of(poll.id) is not None:
        return _("Ce vote se tient à une réunion : les membres présents ou représentés y votent.")
    if person.registered_at > poll.opens_at:
        return _(
            "La liste de ce vote a été fixée à son ouverture. Vous vous êtes inscrit après : vous"
            " pourrez voter aux prochains."
        )
    if poll.body is not None:
        return _("Seuls les membres de « %(name)s » votent ici.", name=poll.body.name)
    if not person.is_confirmed:
        return _("Votre adresse e-mail n’était pas confirmée à l’ouverture du vote.")
    if person.standing != Standing.HABITANT.value:
        return _("Seuls les habitants inscrits votent ici.")
    return _("Vous n’étiez pas sur la liste à l’ouverture du vote.")
