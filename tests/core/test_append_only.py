"""The ledger forgets the title an act quotes, and refuses every other change (decision 0015)."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Integer,
    func,
    not_,
    null,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError

from app.core.clock import now
from app.core.db import Model, UTCDateTime, atomic, db
from app.ledger.acts import Act
from app.ledger.models import Entry
from app.ledger.services import record
from tests.factories import make_proposal, make_resident

LABEL = "subject_label"
ROWS = Model.metadata.tables[Entry.__tablename__]
OTHERS = [one.name for one in ROWS.columns if one.name != LABEL]
"""The number first."""


@pytest.fixture
def entry_id(app: Flask) -> int:
    """An act that says all that an act may say."""

    person, proposal = make_resident(sex="F", year_of_birth=1990), make_proposal()
    written = atomic(record)(
        Act.PROPOSAL_SUPPORTED,
        actor=person,
        subject=proposal,
        when=now(),
        entered_by=make_resident(),
        kind="x",
        role="x",
        offsite=True,
        head_count=3,
        minutes=30,
        lead="ville",
        nature="echange",
        until=now().date(),
        action_id=1,
        partner_id=1,
        body_id=1,
        body_kind="comite",
        quartier_id=1,
        association_id=1,
        other_association_id=2,
    )
    return written.id


def rows() -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.session.execute(select(ROWS).order_by(ROWS.c.id))]


def another(of: Column[Any]) -> Any:
    """A value that the column does not have."""
    if isinstance(of.type, Boolean):
        return not_(of)
    if isinstance(of.type, Integer):
        return func.coalesce(of, 0) + 1000
    if isinstance(of.type, UTCDateTime):
        return now().replace(year=2001)
    return now().date().replace(year=2001) if isinstance(of.type, Date) else "z"


def refuses(**values: Any) -> None:
    before = rows()
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(update(ROWS).values(**values))
    db.session.rollback()
    assert rows() == before


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_column_changes_even_as_the_label_is_emptied(entry_id: int, name: str) -> None:
    changed = another(ROWS.c[name])

    refuses(**{name: changed})
    refuses(**{name: changed, LABEL: null()})


@pytest.mark.parametrize("name", OTHERS[1:])
def test_no_other_column_is_emptied_with_it(entry_id: int, name: str) -> None:
    has_it = db.session.scalar(select(ROWS.c[name].is_not(None)))

    if has_it:
        refuses(**{name: null(), LABEL: null()})
    else:
        assert name in ("voids_id", "reason")


def test_the_label_is_emptied_and_never_written_anew(entry_id: int) -> None:
    refuses(**{LABEL: "Un autre titre"})

    db.session.execute(update(ROWS).values(**{LABEL: None}))
    db.session.commit()

    assert db.session.scalar(select(ROWS.c[LABEL])) is None
    refuses(**{LABEL: "Un titre inventé"})
