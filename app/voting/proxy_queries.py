"""Proxies as pages show them: the one I gave, those I hold."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Resident
from app.core.db import db
from app.core.i18n import _
from app.voting.proxies import NotHolder, holds
from app.voting.roll_models import Proxy


@dataclass(frozen=True)
class Given:
    """Who votes for me, and whether they have."""

    holder: str
    is_used: bool


@dataclass(frozen=True)
class Held:
    """For whom I vote, and whether I have."""

    principal_id: int
    name: str
    is_used: bool


@dataclass(frozen=True)
class MyProxies:
    """What proxies are to one person in one poll."""

    given: Given | None = None
    held: tuple[Held, ...] = ()


def my_proxies(poll_id: int, resident_id: int) -> MyProxies:
    """The one given and those held; one statement."""
    principal, holder = aliased(Resident), aliased(Resident)
    rows = db.session.execute(
        select(
            Proxy.principal_id,
            principal.full_name.label("principal"),
            holder.display_name.label("holder"),
            Proxy.is_used,
        )
        .join(principal, principal.id == Proxy.principal_id)
        .join(holder, holder.id == Proxy.holder_id)
        .where(
            Proxy.poll_id == poll_id,
            or_(Proxy.principal_id == resident_id, Proxy.holder_id == resident_id),
        )
        .order_by(principal.folded_name, Proxy.principal_id)
    ).all()
    given = next((row for row in rows if row.principal_id == resident_id), None)
    return MyProxies(
        Given(given.holder, given.is_used) if given else None,
        tuple(
            Held(row.principal_id, row.principal, row.is_used)
            for row in rows
            if row.principal_id != resident_id
        ),
    )


def voter(poll_id: int, person: Resident, principal_id: int | None) -> Resident:
    """For whom someone votes: themselves, or the person who gave them a proxy.

    Raises:
        NotHolder: no proxy from that person.
    """
    if principal_id is None or principal_id == person.id:
        return person
    principal = db.session.get(Resident, principal_id)
    if principal is None or not holds(poll_id, person.id, principal_id):
        raise NotHolder(
            _("Cette personne ne vous a pas donné procuration, l’a reprise, ou a voté elle-même.")
        )
    return principal
