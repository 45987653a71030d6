"""Lines that are odd and true are taken; those that cannot be are told, and break nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.associations.models import Association
from app.core.clock import at, now, today
from app.core.db import db
from app.core.rights import Role
from app.indicators.models import AimLink
from app.pastlife import importing
from tests.factories import make_with_role
from tests.pastlife.support import bring, send, states, table, take_back, told

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("shared", [{"RNA": "W123456789"}, {"SIRET": "73282932000074"}])
def test_two_associations_of_one_number_are_told_before_they_are_brought_in(
    shared: dict[str, str],
) -> None:
    by = make_with_role(Role.DIRECTOR)

    sent = send("associations", table("associations", shared, {"Nom": "Autre", **shared}), by)
    importing.import_good(by, sent)

    assert db.session.scalars(select(Association.name)).all() == ["Les Amis"]


def test_a_line_without_a_day_is_brought_in_the_day_after_it_was_read() -> None:
    by = make_with_role(Role.DIRECTOR)
    sent = send("associations", table("associations", {}), by)

    with at(now() + timedelta(days=1)):
        importing.import_good(by, sent)

    assert sent.good == 1


def test_a_site_too_long_for_the_directory_is_told() -> None:
    address = f"www.{'a' * 190}.fr"

    sent = send("associations", table("associations", {"Site": address}))

    assert [(column, typed) for _line, column, typed, _why in told(sent)] == [("Site", address)]


def test_a_name_that_begins_with_a_sign_is_no_explanation() -> None:
    sent = send("associations", table("associations", {"Nom": "#NousToutes 93"}))

    assert list(states(sent).values()) == ["good"]


def test_titles_of_other_alphabets_are_told_apart() -> None:
    sent = send("sessions", table("sessions", {"Action": "ورشة"}, {"Action": "Ателье"}))

    assert list(states(sent).values()) == ["good", "good"]


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("sessions", {"Durée": "1h90"}),
        ("members", {"Prénom": "Awa", "Nom": "Diop", "Année de naissance": "²²²²"}),
    ],
)
def test_figures_that_are_none_are_told(kind: str, cells: dict[str, str]) -> None:
    sent = send(kind, table(kind, cells))

    assert [typed for _line, _column, typed, _why in told(sent)] == [list(cells.values())[-1]]


def test_what_an_objective_is_linked_to_is_kept_when_its_import_is_undone() -> None:
    sent = bring("associations", {})
    number = db.session.scalars(select(Association.id)).one()
    db.session.add(AimLink(aim="1.1.1", kind="associations", subject_id=number, linked_on=today()))
    db.session.commit()

    take_back(sent)

    assert db.session.scalars(select(Association.id)).all() == [number]
