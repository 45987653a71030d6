"""Kinds that the centre adds, and what the ledger says of each session."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.programme import attendance, kind_queries, kind_services, services
from app.programme.attendance import HeadCount
from app.programme.kinds import FEEDS, KINDS
from app.programme.models import Action, ActionKind
from app.programme.queries import Filters, between, sessions
from app.programme.services import ActionDetails
from tests.factories import make_quartier, make_resident, make_with_role
from tests.programme.factories import HOUR, make_action, make_session, sign
from tests.support import Ledger, Statements, Visitor, audited


def test_the_house_offers_every_kind_that_figures_read(app: Flask) -> None:
    rows = {kind.code: kind.counts_as for kind in db.session.scalars(select(ActionKind))}

    assert rows == {code: code for code in KINDS}
    assert FEEDS.keys() == KINDS.keys()
    assert dict(kind_queries.choices()) == {code: str(word) for code, word in KINDS.items()}


def test_a_kind_of_the_centre_counts_as_one_of_the_house(ledger: Ledger) -> None:
    boss = make_with_role(Role.DIRECTOR)
    kind = kind_services.add_kind(boss, "Sortie familiale", "animation_quartier")
    session = make_session(make_action(kind=kind.code, lead="ville"))
    sign(session)

    attendance.close(make_with_role(Role.DESK), session)

    held, attended = ledger.entries()
    assert (held.kind, held.lead, held.minutes) == ("animation_quartier", "ville", 120)
    assert (attended.kind, attended.minutes, attended.action_id) == (
        "animation_quartier",
        120,
        session.action_id,
    )
    assert audited() == ["action_kind:changed"]


def test_kinds_are_renamed_and_put_away_without_moving_what_has_them(app: Flask) -> None:
    boss, team = make_with_role(Role.DIRECTOR), make_with_role(Role.DESK)
    kind = kind_services.add_kind(boss, "Sortie", "activite")
    action = make_action(kind=kind.code)

    kind_services.rename_kind(boss, kind, "Grande sortie")
    kind_services.archive_kind(boss, kind, away=True)
    services.edit_action(team, action, ActionDetails("Mer", kind.code))
    with pytest.raises(Invalid):
        make_action(kind=kind.code)
    with pytest.raises(Conflict):
        kind_services.archive_kind(boss, kind, away=True)
    with pytest.raises(Conflict):
        kind_services.rename_kind(boss, kind, "Activité")
    with pytest.raises(Invalid):
        kind_services.add_kind(boss, "Bal", "bal")

    assert (action.kind, action.kind_row.label) == (kind.code, "Grande sortie")


def test_only_the_direction_changes_the_kinds(app: Flask) -> None:
    kind = db.session.get_one(ActionKind, "activite")
    for person in (make_resident(), make_with_role(Role.DESK)):
        for act in (
            lambda who=person: kind_services.add_kind(who, "Bal", "activite"),
            lambda who=person: kind_services.rename_kind(who, kind, "Bal"),
            lambda who=person: kind_services.archive_kind(who, kind, away=True),
        ):
            with pytest.raises(Forbidden):
                act()

    assert (kind.label, kind.archived_at) == ("Activité", None)
    assert audited() == []


def test_a_meeting_of_partners_says_what_it_is_for(ledger: Ledger) -> None:
    with pytest.raises(Invalid) as refusal:
        make_action(kind="reunion_partenariale")
    session = make_session(make_action(kind="reunion_partenariale", nature="coordination"))
    sign(session)

    attendance.close(make_with_role(Role.DESK), session, alone=True)

    assert refusal.value.field == "nature"
    assert {entry.nature for entry in ledger.entries()} == {"coordination"}


@pytest.mark.parametrize("people", [-3, 1, 10_000])
def test_more_volunteers_than_people_or_ten_thousand_are_refused(
    ledger: Ledger, people: int
) -> None:
    session = make_session(kind="fete_quartier")
    for _number in range(2):
        sign(session, "volunteer")

    with pytest.raises(Invalid):
        attendance.close(make_with_role(Role.DESK), session, HeadCount(people, "photo", "Léa"))

    assert session.status == "planned"
    assert ledger.acts() == []


def test_what_was_typed_at_closing_is_kept(app: Flask, ledger: Ledger) -> None:
    session, visitor = make_session(), Visitor(app).sign_in(make_with_role(Role.DESK))
    sign(session, "volunteer")
    typed = {"people": "10000", "method": "passages", "counted_by": "Samba"}

    answer = visitor.send(f"/seances/{session.id}/clore", typed)

    assert answer.status_code == 422
    assert 'value="10000"' in answer.text
    assert 'value="Samba"' in answer.text
    assert ledger.entries(Act.SESSION_HELD) == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("public", {"public": "martiens"}),
        ("capacity", {"takes_registrations": True, "capacity": 0}),
        ("capacity", {"takes_registrations": True, "capacity": 10_000}),
        ("renews_id", {"renews_id": 999}),
    ],
)
def test_an_action_with_figures_that_cannot_be_is_refused(
    app: Flask, field: str, wrong: dict[str, object]
) -> None:
    with pytest.raises(Invalid) as refusal:
        make_action(**wrong)

    assert refusal.value.field == field
    assert db.session.scalars(select(Action)).all() == []


def test_the_list_is_sorted_out_by_kind_public_quartier_and_place(app: Flask) -> None:
    quartier = make_quartier()
    soon = now() + HOUR
    make_session(make_action(public="seniors", kind="service"), starts_at=soon)
    make_session(make_action(public="enfants"), starts_at=soon)
    make_session(make_action(is_offsite=True, quartier_id=quartier.id), starts_at=soon)

    def many(filters: Filters) -> int:
        found = between(now(), now() + 24 * HOUR, filters)
        assert len(found) == sessions(1, filters=filters).total
        return len(found)

    assert many(Filters()) == 3
    assert many(Filters(public="seniors")) == 2
    assert many(Filters(kind="service")) == 1
    assert many(Filters(where="dehors")) == many(Filters(quartier_id=quartier.id)) == 1
    assert many(Filters(where="centre", public="enfants")) == 1


def test_a_month_costs_one_statement_however_full(app: Flask, statements: Statements) -> None:
    action = make_action(takes_registrations=True, capacity=12)
    for number in range(40):
        make_session(action, starts_at=now() + number * HOUR)
    statements.reset()

    found = between(now() - HOUR, now() + 100 * HOUR)

    assert (len(found), len(statements)) == (40, 1)
    assert {card.places_left for card in found} == {12}


def test_the_direction_adds_a_kind_in_a_browser(app: Flask) -> None:
    visitor = Visitor(app).sign_in(make_with_role(Role.DIRECTOR))

    added = visitor.send("/programme/types", {"label": "Bal", "counts_as": "fete_quartier"})
    kind = db.session.scalars(select(ActionKind).where(~ActionKind.is_built_in)).one()
    path = f"/programme/types/{kind.code}"
    again = visitor.send("/programme/types", {"label": "Bal", "counts_as": "activite"})
    steps = [
        visitor.send(path, {"label": "Grand bal"}).status_code,
        visitor.get(path).status_code,
        visitor.send(f"{path}/retrait").status_code,
        visitor.send(f"{path}/retour").status_code,
    ]

    assert (added.status_code, again.status_code) == (302, 409)
    assert steps == [302, 200, 302, 302]
    assert "Grand bal" in visitor.get("/programme/types").text
    assert Visitor(app).sign_in(make_with_role(Role.DESK)).get(path).status_code == 403
