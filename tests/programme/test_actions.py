"""The team makes the programme."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.clock import at, now
from app.core.db import db
from app.core.errors import Conflict, DomainError, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.programme import changes, queries, services
from app.programme.models import Action, Session
from app.programme.services import ActionDetails
from tests.factories import make_quartier, make_resident, make_with_role
from tests.programme.factories import HOUR, make_action, make_session, sign
from tests.support import Ledger, Statements

WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", {"title": "  "}),
        ("kind", {"kind": "bal"}),
        ("lead", {"lead": "moi"}),
        ("quartier_id", {"is_offsite": True}),
    ],
)
def test_an_action_that_cannot_be_is_refused(
    ledger: Ledger, field: str, wrong: dict[str, Any]
) -> None:
    team = make_with_role(Role.DESK)

    with pytest.raises(Invalid) as refusal:
        services.create_action(
            team, ActionDetails(**{"title": "Fête", "kind": "fete_quartier", **wrong})
        )

    assert refusal.value.field == field
    assert db.session.scalar(select(func.count(Action.id))) == 0


@pytest.mark.parametrize("hours", [0, -1, 24 * 15])
def test_a_session_ends_after_it_starts_and_before_two_weeks(ledger: Ledger, hours: int) -> None:
    action, team = make_action(), make_with_role(Role.DESK)

    with pytest.raises(Invalid):
        services.add_session(team, action, WEDNESDAY, WEDNESDAY + hours * HOUR)

    assert db.session.scalar(select(func.count(Session.id))) == 0


def test_the_same_session_is_not_added_twice(ledger: Ledger) -> None:
    session, team = make_session(), make_with_role(Role.DESK)

    with pytest.raises(Conflict):
        services.add_session(team, session.action, session.starts_at, session.ends_at)


def test_residents_do_not_run_the_programme(ledger: Ledger) -> None:
    session, resident = make_session(), make_resident()

    refused: list[Callable[[], object]] = [
        lambda: services.create_action(resident, ActionDetails("Fête", "activite")),
        lambda: services.edit_action(resident, session.action, ActionDetails("Fête", "activite")),
        lambda: services.add_session(resident, session.action, now(), now() + HOUR),
        lambda: changes.cancel_session(resident, session, "Pluie"),
    ]
    for act in refused:
        with pytest.raises(Forbidden):
            act()

    assert ledger.acts() == []


def test_a_cancelled_session_says_why_and_is_recorded(ledger: Ledger) -> None:
    session = make_session(starts_at=now() + HOUR)

    changes.cancel_session(make_with_role(Role.DESK), session, "Pluie")

    assert (session.status, session.cancel_reason) == ("cancelled", "Pluie")
    assert ledger.acts() == [Act.SESSION_CANCELLED]


def test_a_session_is_not_cancelled_without_reason_twice_or_with_names(ledger: Ledger) -> None:
    team, cancelled, named = make_with_role(Role.DESK), make_session(), make_session()
    changes.cancel_session(team, cancelled, "Pluie")
    sign(named)

    def refused(session: Session, reason: str) -> type[DomainError]:
        with pytest.raises(DomainError) as refusal:
            changes.cancel_session(team, session, reason)
        return type(refusal.value)

    assert refused(make_session(), " ") is Invalid
    assert refused(cancelled, "Pluie") is Conflict
    assert refused(named, "Pluie") is Conflict
    assert ledger.acts() == [Act.SESSION_CANCELLED]


def test_a_cancelled_moment_may_be_planned_again(ledger: Ledger) -> None:
    session, team = make_session(), make_with_role(Role.DESK)
    changes.cancel_session(team, session, "Erreur")

    services.add_session(team, session.action, session.starts_at, session.ends_at)

    assert db.session.scalar(select(func.count(Session.id))) == 2


def test_the_front_page_shows_what_comes_next(ledger: Ledger, statements: Statements) -> None:
    quartier = make_quartier("La Source")
    with at(WEDNESDAY):
        late = make_session(starts_at=WEDNESDAY + 50 * HOUR, title="Tard")
        soon = make_session(
            starts_at=WEDNESDAY + HOUR, title="Tôt", is_offsite=True, quartier_id=quartier.id
        )
        make_session(starts_at=WEDNESDAY - 5 * HOUR, title="Passé")
        gone = make_session(starts_at=WEDNESDAY + 2 * HOUR, title="Annulé")
        changes.cancel_session(make_with_role(Role.DESK), gone, "Pluie")
        ids = [soon.id, late.id]
        statements.reset()

        cards = queries.upcoming(5)
        spent = len(statements)

        assert [card.id for card in cards] == ids
        assert (cards[0].title, cards[0].quartier, cards[0].kind) == (
            "Tôt",
            "La Source",
            "Activité",
        )
        assert len(queries.upcoming(1)) == 1
        assert spent == 1
