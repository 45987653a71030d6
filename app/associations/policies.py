"""Who may do what with associations, their connections and collectifs."""

from typing import Protocol

from app.accounts.models import Resident
from app.associations.models import Association, Collectif, CollectifMember, Connection
from app.core.rights import Right


class Listed(Protocol):
    """What decides who sees a directory entry."""

    @property
    def id(self) -> int: ...
    @property
    def status(self) -> str: ...
    @property
    def listed_by_id(self) -> int | None: ...
    @property
    def is_shown(self) -> bool: ...


def represented_ids(person: Resident | None) -> frozenset[int]:
    """The associations for which this person speaks."""
    if person is None:
        return frozenset()
    return person.associations_where(Right.CONNECT_ASSOCIATION)


def can_see(person: Resident | None, association: Listed) -> bool:
    """Approved: anyone. Before that: whoever listed it, and the team.

    Hidden by a moderator: those who speak for it, and those who moderate.
    """
    if association.status == "approved":
        return association.is_shown or (
            person is not None and (person.may(Right.MODERATE) or person.represents(association.id))
        )
    return person is not None and (
        person.may(Right.REVIEW_ASSOCIATIONS) or person.id == association.listed_by_id
    )


def can_edit(person: Resident | None, association: Listed) -> bool:
    """Its representatives and the team; until it is approved, whoever listed it."""
    if person is None:
        return False
    if person.may(Right.EDIT_ASSOCIATION, association_id=association.id):
        return True
    return association.status != "approved" and person.id == association.listed_by_id


def can_review(person: Resident) -> bool:
    """Desk, director and administrator."""
    return person.may(Right.REVIEW_ASSOCIATIONS)


def speaks_for(person: Resident, association_id: int) -> bool:
    """Whether they act in its name towards other associations."""
    return person.may(Right.CONNECT_ASSOCIATION, association_id=association_id)


def can_connect(person: Resident, asker: Association, asked: Association) -> bool:
    """A representative of an approved association, with another approved one, of other people."""
    return (
        speaks_for(person, asker.id)
        and not speaks_for(person, asked.id)
        and asker.status == asked.status == "approved"
        and asker.is_shown
        and asked.is_shown
    )


def can_answer(person: Resident, connection: Connection) -> bool:
    """Those who speak for the association that was asked, and not for both."""
    return speaks_for(person, connection.to_id) and not speaks_for(person, connection.from_id)


def can_withdraw(person: Resident, connection: Connection) -> bool:
    """Those who speak for the association that asked."""
    return speaks_for(person, connection.from_id)


def can_lead(person: Resident, collectif: Collectif) -> bool:
    """The référent: whoever started it, until another is named."""
    return person.id == collectif.referent_id


def can_drop(person: Resident, collectif: Collectif) -> bool:
    """The référent or the team, while it forms."""
    return collectif.status == "forming" and (
        can_lead(person, collectif) or person.may(Right.OVERSEE_COLLECTIFS)
    )


def can_leave(person: Resident, collectif: Collectif, member: CollectifMember) -> bool:
    """A member who is not its référent."""
    return member.accepted_at is not None and person.id != collectif.referent_id
