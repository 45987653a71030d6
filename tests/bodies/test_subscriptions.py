"""Whoever wants to is told of an instance's minutes, without being of it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.bodies import subscription_services as services
from app.bodies.models import Subscription
from app.core.clock import today
from app.core.db import atomic, db
from app.core.errors import Forbidden
from app.core.mail import OutboxMail
from app.ledger.acts import Act
from app.notifications.models import Notification
from tests.bodies.factories import (
    EVENING,
    make_conseil,
    make_member,
    make_minutes,
    make_seat,
)
from tests.factories import make_body, make_resident
from tests.support import Ledger, Visitor


def told_of(url: str) -> list[int]:
    found = select(Notification.resident_id).where(Notification.url == url)
    return list(db.session.scalars(found.order_by(Notification.resident_id)))


def test_a_neighbour_asks_and_is_told_until_they_ask_no_longer(client: Visitor) -> None:
    body, neighbour = make_conseil(), make_resident(email="voisine@example.org")
    client.sign_in(neighbour)
    assert "Me prévenir des comptes rendus" in client.get("/conseil").get_data(as_text=True)

    client.send(f"/comites/{body.slug}/prevenir")
    first = make_minutes(body)

    assert told_of(f"/reunions/{first.id}/compte-rendu") == [neighbour.id]
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.to == neighbour.email)).one()
    assert "Pour ne plus l’être" in mail.text
    assert "/conseil" in mail.text

    assert "Ne plus être prévenu" in client.get("/conseil").get_data(as_text=True)
    client.send(f"/comites/{body.slug}/ne-plus-prevenir")
    second = make_minutes(body, starts_at=EVENING + timedelta(days=30))
    assert told_of(f"/reunions/{second.id}/compte-rendu") == []


@pytest.mark.usefixtures("app")
def test_a_member_who_had_asked_before_is_told_once() -> None:
    body, both = make_body(), make_resident()
    services.subscribe(body, both)
    make_member(body, both)

    meeting = make_minutes(body)

    assert told_of(f"/reunions/{meeting.id}/compte-rendu") == [both.id]


def test_who_sits_at_the_conseil_is_not_asked_to_subscribe(client: Visitor) -> None:
    body, person = make_conseil(), make_resident()
    make_seat(body, person)

    page = client.sign_in(person).get("/conseil").get_data(as_text=True)

    assert "Me prévenir des comptes rendus" not in page


@pytest.mark.usefixtures("app")
def test_a_closed_instance_takes_no_subscription() -> None:
    body = make_body()
    atomic(lambda: setattr(body, "closed_on", today()))()

    with pytest.raises(Forbidden):
        services.subscribe(body, make_resident())

    assert db.session.scalar(select(func.count()).select_from(Subscription)) == 0


def test_whoever_is_told_of_a_closed_instance_can_still_stop(client: Visitor) -> None:
    body, neighbour = make_body(), make_resident()
    services.subscribe(body, neighbour)
    atomic(lambda: setattr(body, "closed_on", today()))()

    assert "Ne plus être prévenu" in client.sign_in(neighbour).get(f"/comites/{body.slug}").text
    client.send(f"/comites/{body.slug}/ne-plus-prevenir")

    assert db.session.scalar(select(func.count()).select_from(Subscription)) == 0
    assert "Ne plus être prévenu" not in client.get(f"/comites/{body.slug}").text


def test_older_minutes_published_later_bring_the_first_meeting_back_to_its_day(
    ledger: Ledger,
) -> None:
    body = make_body()
    make_minutes(body, starts_at=EVENING + timedelta(days=30))

    make_minutes(body, starts_at=EVENING)

    late, void, first = ledger.entries(Act.BODY_FIRST_MET)
    assert void.voids_id == late.id
    assert (first.voids_id, first.happened_at) == (None, EVENING)
