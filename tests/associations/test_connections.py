"""Associations ask to meet, answer, withdraw."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.associations import connection_services as services
from app.associations.models import Association, Connection
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.ledger.acts import Act
from app.notifications.models import Notification
from tests.associations.factories import make_association, make_pending, make_representative
from tests.at_once import refused_at_once
from tests.factories import make_resident
from tests.support import Ledger, Statements, Visitor


def connections_acts(ledger: Ledger) -> list[Act]:
    return [act for act in ledger.acts() if act.value.startswith("connection:")]


def told(resident: Resident) -> int:
    return (
        db.session.scalar(
            select(func.count(Notification.id)).where(Notification.resident_id == resident.id)
        )
        or 0
    )


def test_two_associations_meet_and_everyone_concerned_is_told(ledger: Ledger) -> None:
    asker = make_association(person := make_resident())
    asked = make_association(other := make_resident())
    colleague = make_representative(asked)

    connection = services.ask(person, asker, asked, "Bonjour !")
    services.accept(other, connection)

    assert connection.status == "accepted"
    assert (told(person), told(other), told(colleague)) == (2, 2, 1)
    accepted = ledger.entries(Act.CONNECTION_ACCEPTED)[0]
    assert (accepted.association_id, accepted.other_association_id) == (asker.id, asked.id)


def test_a_second_question_is_refused_in_both_directions(ledger: Ledger) -> None:
    one = make_association(person := make_resident())
    two = make_association(other := make_resident())
    services.ask(person, one, two)

    with pytest.raises(Conflict):
        services.ask(person, one, two)
    with pytest.raises(Conflict):
        services.ask(other, two, one)

    assert connections_acts(ledger) == [Act.CONNECTION_ASKED]


def test_two_that_ask_each_other_at_once_make_one_connection(app: Flask, ledger: Ledger) -> None:
    one, two = make_association(a := make_resident()), make_association(b := make_resident())
    first, second = (a.id, one.id, two.id), (b.id, two.id, one.id)

    def ask(person_id: int, from_id: int, to_id: int) -> None:
        person = db.session.get_one(Resident, person_id)
        asker = db.session.get_one(Association, from_id)
        services.ask(person, asker, db.session.get_one(Association, to_id))

    wrong = refused_at_once(app, [partial(ask, *first), partial(ask, *second)])

    assert wrong == [Conflict]
    assert db.session.scalar(select(func.count(Connection.id))) == 1
    assert connections_acts(ledger) == [Act.CONNECTION_ASKED]


def test_an_answer_and_a_withdrawal_at_once_leave_one_of_them(app: Flask) -> None:
    one, two = make_association(a := make_resident()), make_association(b := make_resident())
    connection_id = services.ask(a, one, two).id
    ids = a.id, b.id

    def act(service: Callable[[Resident, Connection], object], person_id: int) -> None:
        connection = db.session.get_one(Connection, connection_id)
        service(db.session.get_one(Resident, person_id), connection)

    works = [partial(act, services.withdraw, ids[0]), partial(act, services.accept, ids[1])]
    wrong = refused_at_once(app, works)

    assert wrong == [Conflict]


def test_after_a_refusal_or_a_withdrawal_one_may_ask_again(ledger: Ledger) -> None:
    one, two = make_association(a := make_resident()), make_association(b := make_resident())

    services.decline(b, services.ask(a, one, two))
    services.withdraw(a, services.ask(a, one, two))
    services.ask(b, two, one)

    assert connections_acts(ledger) == [
        Act.CONNECTION_ASKED,
        Act.CONNECTION_DECLINED,
        Act.CONNECTION_ASKED,
        Act.CONNECTION_ASKED,
    ]


def test_one_speaks_only_for_ones_own(ledger: Ledger) -> None:
    one, two = make_association(a := make_resident()), make_association()
    connection = services.ask(a, one, two)

    for refused in (
        lambda: services.ask(make_resident(), two, one),
        lambda: services.ask(a, one, make_pending()),
        lambda: services.ask(a, one, one),
        lambda: services.ask(a, one, make_association(a)),
        lambda: services.accept(a, connection),
        lambda: services.withdraw(make_resident(), connection),
    ):
        with pytest.raises(Forbidden):
            refused()

    assert connections_acts(ledger) == [Act.CONNECTION_ASKED]


def test_a_meeting_is_asked_and_accepted_in_a_browser(app: Flask) -> None:
    one = make_association(a := make_resident(), name="Les uns")
    two = make_association(b := make_resident(), name="Les autres")
    asker, asked, passer = Visitor(app).sign_in(a), Visitor(app).sign_in(b), Visitor(app)
    typed = {"from_id": str(one.id), "message": "<script>alert(1)</script>"}

    assert "Demander une rencontre" in asker.get(two.path).text
    assert asker.send(f"{two.path}/rencontrer", typed).status_code == 302
    assert asker.send(f"{two.path}/rencontrer", typed).status_code == 409
    page = asked.get("/associations/mes-mises-en-lien").text
    connection_id = db.session.scalar(select(Connection.id))
    answer = f"/associations/mises-en-lien/{connection_id}/accepter"

    assert "<script>alert" not in page
    assert Visitor(app).sign_in(make_resident()).send(answer).status_code == 404
    assert asker.send(answer).status_code == 403
    assert asked.send(answer).status_code == 302
    assert asked.send(answer).status_code == 409
    assert "Les autres" in passer.get(one.path).text


def test_who_speaks_for_nobody_cannot_ask(app: Flask) -> None:
    association = make_association()
    stranger = Visitor(app).sign_in(make_resident())

    assert stranger.get(f"{association.path}/rencontrer").status_code == 403
    assert stranger.send("/associations/mises-en-lien/999/accepter").status_code == 404


def test_someone_elses_association_cannot_be_chosen(app: Flask) -> None:
    make_association(person := make_resident())
    other, asked = make_association(), make_association()
    path = f"{asked.path}/rencontrer"

    answer = Visitor(app).sign_in(person).send(path, {"from_id": str(other.id)})

    assert answer.status_code == 422
    assert db.session.scalar(select(func.count(Connection.id))) == 0


def test_the_list_of_connections_costs_the_same_with_many(
    app: Flask, statements: Statements
) -> None:
    mine = make_association(person := make_resident())
    visitor = Visitor(app).sign_in(person)
    counts = []
    for number in (1, 19):
        for _number in range(number):
            services.ask(person, mine, make_association())
        statements.reset()
        visitor.get("/associations/mes-mises-en-lien")
        counts.append(len(statements))

    assert counts[0] == counts[1]
