"""One mail to many people: written once, with each one's name, and nothing else of theirs."""

from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.clock import now, today
from app.core.db import atomic, db
from app.core.mail import OutboxMail
from app.core.mailing import Recipient, send_mails
from app.notifications.services import notify_all
from tests.factories import make_resident
from tests.support import Statements, told

ALL = select(Resident.id)


def mails() -> list[OutboxMail]:
    """What waits to be sent, in order."""
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def reachable(name: str, **fields: Any) -> Resident:
    """Someone with an e-mail that they confirmed."""
    email = f"{len(name)}{name[:3].strip('<').lower()}@example.org"
    return make_resident(name, **{"email": email, "email_confirmed_at": now(), **fields})


def test_each_reads_their_own_name_escaped_where_it_must_be(app: object) -> None:
    for name in ("Amina", "<b>Zoé</b> & Cie"):
        reachable(name)

    atomic(notify_all)(ALL, "La réunion est le 12 mars.", "/reunions/1", body="Venez %s {x}.")

    amina, zoe = mails()
    assert "Bonjour Amina," in amina.text and "Bonjour Amina," in amina.html
    assert "Bonjour <b>Zoé</b> & Cie," in zoe.text
    assert "Bonjour &lt;b&gt;Zoé&lt;/b&gt; &amp; Cie," in zoe.html
    assert amina.subject == "La réunion est le 12 mars."
    assert "Venez %s {x}." in zoe.text
    assert amina.message_id != zoe.message_id


def test_who_left_is_told_nothing_and_who_has_no_mail_reads_it_on_the_site(app: object) -> None:
    gone, erased = reachable("Fatou", closed_at=now()), reachable("Binta", erased_at=now())
    unconfirmed = make_resident("Nour", email="nour@example.org", email_confirmed_at=None)
    without = make_resident("Ali", email=None)

    atomic(notify_all)(ALL, "Réunion", "/reunions/1")

    assert mails() == []
    assert [told(one) for one in (gone, erased, unconfirmed, without)] == [
        [],
        [],
        ["Réunion"],
        ["Réunion"],
    ]


def test_a_mail_to_many_cannot_use_more_than_the_given_name(app: object) -> None:
    someone = make_resident("Amina")

    with pytest.raises(ValueError, match="« id »"):
        atomic(send_mails)(
            [Recipient("a@example.org", "Amina")], "inactive", person=someone, leaves_on=today()
        )

    assert mails() == []


def test_a_crowd_takes_few_statements(app: object, statements: Statements) -> None:
    for number in range(3):
        reachable("A" * (number + 4))
    statements.reset()
    atomic(notify_all)(ALL, "Réunion", "/reunions/1")
    with_few = len(statements)

    for number in range(30):
        reachable("B" * (number + 4))
    statements.reset()
    atomic(notify_all)(ALL, "Réunion", "/reunions/1")

    assert len(statements) == with_few <= 6
    assert len(mails()) == 3 + 33
