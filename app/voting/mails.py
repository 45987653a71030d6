"""Telling electors: one statement for the site, then a mail for those who have an address."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, insert, literal, select, true

from app.accounts.models import Resident
from app.accounts.reminders import stop_address
from app.centre.settings import rule
from app.core.clock import now, today
from app.core.db import db
from app.core.i18n import _
from app.core.mail import send_mail
from app.core.typography import datetime_fr
from app.notifications.models import Notification
from app.voting.models import Emargement, Poll, RollEntry, Teller

REMINDER = "vote_reminder"


def tell_opened(poll: Poll) -> None:
    """Everyone on the roll learns that they may vote, and until when."""
    text = _("Le vote est ouvert : %(title)s", title=poll.title)
    body = _("Vous pouvez voter jusqu’au %(moment)s.", moment=datetime_fr(poll.closes_at, today()))
    electors = select(RollEntry.resident_id).where(RollEntry.poll_id == poll.id)
    _tell(electors, text, path(poll), body)


def tell_extended(poll: Poll) -> None:
    """Those of the roll who have not voted learn that they may for longer."""
    text = _("Le vote est prolongé : %(title)s", title=poll.title)
    body = _("Vous pouvez voter jusqu’au %(moment)s.", moment=datetime_fr(poll.closes_at, today()))
    _tell(_awaited(poll), text, path(poll), body)


def remind(poll: Poll) -> None:
    """Those of the roll who have not voted are reminded; by mail, those who have not refused it."""
    text = _("Vous n’avez pas encore voté : %(title)s", title=poll.title)
    body = _("Le vote ferme le %(moment)s.", moment=datetime_fr(poll.closes_at, today()))
    _tell(_awaited(poll), text, path(poll), body, template=REMINDER)


def tell_bench(poll: Poll) -> None:
    """Each teller is asked to take their words before the vote."""
    text = _("Vous êtes du bureau d’un vote : %(title)s", title=poll.title)
    body = _("Avant l’ouverture, notez vos douze mots : ils ouvriront l’urne à la fin.")
    _tell(_bench(poll), text, bench_path(poll), body)


def call_bench(poll: Poll) -> None:
    """The vote is over: each teller is asked for their words."""
    text = _("L’urne attend vos mots : %(title)s", title=poll.title)
    body = _("Le vote est fermé. Vos douze mots, avec ceux des autres, ouvrent l’urne.")
    _tell(_bench(poll), text, bench_path(poll), body)


def tell_closed(poll: Poll) -> None:
    """Those who took part learn that the result is published."""
    text = _("Le résultat est publié : %(title)s", title=poll.title)
    voters = select(Emargement.resident_id).where(Emargement.poll_id == poll.id)
    _tell(voters, text, path(poll), _("Merci d’avoir participé."))


def tell_cancelled(poll: Poll) -> None:
    """Everyone on the roll learns that the poll is cancelled, and why."""
    text = _("Le vote est annulé : %(title)s", title=poll.title)
    electors = select(RollEntry.resident_id).where(RollEntry.poll_id == poll.id)
    _tell(electors, text, path(poll), poll.cancel_reason or "")


def path(poll: Poll) -> str:
    """The poll's page; written out because jobs have no request to build addresses from."""
    return f"/scrutins/{poll.id}"


def bench_path(poll: Poll) -> str:
    """The page of the poll's tellers."""
    return f"{path(poll)}/bureau"


def _bench(poll: Poll) -> Select[Any]:
    return select(Teller.resident_id).where(Teller.poll_id == poll.id)


def _awaited(poll: Poll) -> Select[Any]:
    """The roll, less those who have voted or for whom someone has."""
    signed = select(Emargement.resident_id).where(Emargement.poll_id == poll.id)
    return select(RollEntry.resident_id).where(
        RollEntry.poll_id == poll.id, RollEntry.resident_id.not_in(signed)
    )


def _tell(people: Select[Any], text: str, url: str, body: str, *, template: str = "notice") -> None:
    told = people.subquery()
    columns = ["resident_id", "text", "url", "created_at"]
    rows = select(
        told.c.resident_id,
        literal(text[:300]),
        literal(url),
        literal(now(), Notification.created_at.type),
    )
    # A roll keeps, until the count, whoever voted and was erased since.
    rows = rows.join(Resident, Resident.id == told.c.resident_id).where(
        Resident.erased_at.is_(None), Resident.closed_at.is_(None)
    )
    db.session.execute(insert(Notification).from_select(columns, rows, include_defaults=False))
    reachable: Sequence[Resident] = db.session.scalars(
        select(Resident)
        .join(told, told.c.resident_id == Resident.id)
        .where(
            Resident.email.is_not(None),
            Resident.email_confirmed_at.is_not(None),
            Resident.closed_at.is_(None),
            Resident.vote_reminders.is_(True) if template == REMINDER else true(),
        )
        .order_by(Resident.id)
    ).all()
    # Read once for all these mails, which the layout would otherwise do for each.
    centre = {key: rule(f"centre_{key}") for key in ("name", "address", "phone")}
    for resident in reachable:
        send_mail(
            str(resident.email),
            template,
            resident=resident,
            text=text,
            body=body,
            url=url,
            centre=centre,
            stop=stop_address(resident) if template == REMINDER else None,
        )
