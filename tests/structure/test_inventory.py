"""Whatever the house holds on a person is in the inventory: shown, erased, and said to all."""

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, Text

from app.core.db import Model
from app.privacy.held_accounts import EMPTY_FILE, LEFT_IN_FILE
from app.privacy.holding import Fate
from app.privacy.inventory import (
    CONTACTS,
    HOLDINGS,
    KEPT_RECORD,
    MENTIONS,
    NOT_OF_A_PERSON,
    OWN_WORDS,
    PERSONAL,
)
from app.privacy.treatments import TREATMENTS

LISTED = {holding.column for holding in HOLDINGS}
GONE = {holding.table for holding in HOLDINGS if holding.fate is Fate.GOES}
EMPTIED = {f"{holding.table}.{name}" for holding in HOLDINGS for name in holding.empties}


def ties(metadata: MetaData) -> set[str]:
    """Every column that leads to a resident, straight or through another such column."""
    found: set[str] = set()
    for table in metadata.sorted_tables:
        for column in table.columns:
            targets = {key.target_fullname for key in column.foreign_keys}
            if "residents.id" in targets or targets & found:
                found.add(f"{table.name}.{column.name}")
    return found


def names(metadata: MetaData) -> set[str]:
    """Every text column that may designate someone, by its name."""
    return {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name in PERSONAL and isinstance(column.type, String | Text)
    }


def test_every_column_that_leads_to_a_person_is_listed() -> None:
    assert ties(Model.metadata) - LISTED == set()


def test_every_column_that_may_name_a_person_has_an_answer() -> None:
    answered = {*EMPTIED, *CONTACTS, *MENTIONS, *KEPT_RECORD, *NOT_OF_A_PERSON}
    answered |= {f"residents.{name}" for name in (*EMPTY_FILE, *LEFT_IN_FILE)}
    left = {name for name in names(Model.metadata) if name.split(".")[0] not in GONE}

    assert left - answered == set()


def test_an_erased_file_says_what_each_of_its_columns_becomes() -> None:
    columns = {column.name for column in Model.metadata.tables["residents"].columns}

    assert columns == {*EMPTY_FILE, *LEFT_IN_FILE}


def test_the_inventory_names_only_what_exists() -> None:
    tables = Model.metadata.tables
    spoken_of = LISTED | EMPTIED | {*CONTACTS, *MENTIONS, *KEPT_RECORD, *NOT_OF_A_PERSON}
    spoken_of |= {f"{key.split('.')[0]}.{name}" for key, them in OWN_WORDS.items() for name in them}
    known = {f"{table.name}.{column.name}" for table in tables.values() for column in table.columns}

    assert spoken_of - known == set()
    assert len(LISTED) == len(HOLDINGS)


def test_every_holding_serves_a_purpose_that_the_register_tells() -> None:
    assert {holding.purpose for holding in HOLDINGS} == TREATMENTS.keys()


@pytest.mark.parametrize("nullable", [True, False])
def test_a_new_tie_is_seen(nullable: bool) -> None:
    metadata = MetaData()
    Table("residents", metadata, Column("id", Integer, primary_key=True))
    tie: Column[int] = Column("friend_id", ForeignKey("residents.id"), nullable=nullable)
    Table("friends", metadata, tie, Column("nickname", String))

    assert ties(metadata) == {"friends.friend_id"}
    assert names(metadata) == {"friends.nickname"}
