"""Associations that ask to meet, and answer."""

from sqlalchemy import select

from app.accounts.holders import holders
from app.accounts.models import Resident
from app.associations.models import Association, Connection
from app.associations.policies import can_answer, can_connect, can_withdraw
from app.core.clock import now
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.rights import Right
from app.ledger.acts import Act
from app.ledger.services import record
from app.notifications.services import notify

LONGEST_MESSAGE = 1000
PATH = "/associations/mes-mises-en-lien"


@atomic
def ask(person: Resident, asker: Association, asked: Association, message: str = "") -> Connection:
    """Ask, for one's association, to meet another.

    Raises:
        Forbidden: the person does not speak for it, or does for both; one is not approved.
        Conflict: the two are in touch already, whoever asked first, even just now.
    """
    if not can_connect(person, asker, asked):
        raise Forbidden(_("Vous ne parlez pas au nom de cette association."))
    if len(message) > LONGEST_MESSAGE:
        raise Invalid(_("Ce message est trop long."), field="message")
    connection = Connection(
        asker=asker, asked=asked, message=message.strip(), asked_by_id=person.id
    )
    with unique_or(Conflict(_("Ces deux associations sont déjà en lien."))):
        db.session.add(connection)
    for representative in _representatives(asked.id):
        text = _(
            "« %(asker)s » souhaite rencontrer « %(asked)s ».", asker=asker.name, asked=asked.name
        )
        notify(representative, text, PATH, body=connection.message)
    _record(Act.CONNECTION_ASKED, person, connection)
    return connection


@atomic
def accept(person: Resident, connection: Connection) -> None:
    """The two associations are now connected.

    Raises:
        Forbidden: the person does not speak for the association that was asked.
        Conflict: it was answered or withdrawn before.
    """
    _answer(person, connection, "accepted")
    text = _("« %(name)s » accepte la rencontre.", name=connection.asked.name)
    _tell_asker(connection, text, connection.asked.path)
    _record(Act.CONNECTION_ACCEPTED, person, connection)


@atomic
def decline(person: Resident, connection: Connection) -> None:
    """Not now; they may be asked again later. Raises as `accept`."""
    _answer(person, connection, "declined")
    text = _("« %(name)s » ne donne pas suite pour le moment.", name=connection.asked.name)
    _tell_asker(connection, text, PATH)
    _record(Act.CONNECTION_DECLINED, person, connection)


@atomic
def withdraw(person: Resident, connection: Connection) -> None:
    """Take the question back while nobody has answered.

    Silent: only accepted connections are counted, and the question stays in the ledger.

    Raises:
        Forbidden: the person does not speak for the association that asked.
        Conflict: it was answered or withdrawn before.
    """
    if not can_withdraw(person, connection):
        raise Forbidden(_("Seule l’association qui a demandé peut retirer sa demande."))
    _close(person, connection, "withdrawn")


def _answer(person: Resident, connection: Connection, status: str) -> None:
    if not can_answer(person, connection):
        raise Forbidden(_("Seule l’association sollicitée peut répondre."))
    _close(person, connection, status)


def _close(person: Resident, connection: Connection, status: str) -> None:
    lock(connection)
    if connection.status != "asked":
        raise Conflict(_("Cette demande a déjà reçu une réponse, ou elle a été retirée."))
    connection.status = status
    connection.answered_at, connection.answered_by_id = now(), person.id


def _tell_asker(connection: Connection, text: str, path: str) -> None:
    for representative in _representatives(connection.from_id):
        notify(representative, text, path)


def _representatives(association_id: int) -> list[Resident]:
    speakers = holders(Right.CONNECT_ASSOCIATION, association_id=association_id)
    return list(
        db.session.scalars(select(Resident).where(Resident.id.in_(speakers)).order_by(Resident.id))
    )


def _record(act: Act, person: Resident, connection: Connection) -> None:
    # Speaking for a party or a faith is an opinion: the ledger does not keep whose.
    sensitive = connection.asker.is_sensitive or connection.asked.is_sensitive
    record(
        act,
        actor=None if sensitive else person,
        subject=connection,
        association_id=connection.from_id,
        other_association_id=connection.to_id,
    )
