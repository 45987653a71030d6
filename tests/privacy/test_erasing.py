"""A person erased leaves no trace but counts."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.audit.services import faults
from app.core import mail
from app.core.db import atomic, db
from app.privacy import erasing, mentions, writings
from app.privacy.erasing import erase
from app.privacy.held_accounts import EMPTY_FILE
from app.privacy.holding import Fate, Holding
from app.privacy.inventory import CONTACTS, HOLDINGS, MENTIONS, OWN_WORDS
from app.privacy.reading import count
from tests.privacy.loud import Loud, make_loud
from tests.privacy.loud_life import make_loud_life
from tests.privacy.traces import counts, everywhere, in_tables, in_ties


@pytest.fixture
def loud(app: Flask) -> Loud:
    """She, with a trace everywhere."""
    made = make_loud()
    make_loud_life(made)
    return made


NAMED = ("given_name", "family_name", "folded_name", "email", "phone", "nickname", "year_of_birth")
OWN_PLACES = [
    f"{owner.split('.')[0]}.{column}" for owner, columns in OWN_WORDS.items() for column in columns
]


def person_of(loud: Loud) -> Resident:
    return db.session.get_one(Resident, loud.id)


def test_she_has_a_trace_in_every_holding_of_the_inventory(loud: Loud) -> None:
    person = person_of(loud)

    assert [one.column for one in HOLDINGS if not count(one, person)] == []
    assert [name for name in EMPTY_FILE if getattr(person, name) in (None, "", 0)] == [
        "merged_into_id",
        "closed_at",
    ]
    assert len(everywhere(loud)) > 60


@pytest.mark.parametrize("keeps_writings", [True, False])
def test_nothing_is_left_of_her_and_no_count_changes(loud: Loud, keeps_writings: bool) -> None:
    mail.deliver.call_local()
    before = counts()

    atomic(erase)(person_of(loud), keeps_writings=keeps_writings)

    assert everywhere(loud) == []
    assert counts() == before
    assert list(faults()) == []


class NotDone(Exception):
    """Undoes an erasure that was only tried."""


def left_without(loud: Loud, keeps_writings: bool = True) -> list[str]:
    """The traces of an erasure, which is then undone."""
    found: list[str] = []

    @atomic
    def attempt() -> None:
        erase(person_of(loud), keeps_writings=keeps_writings)
        found.extend([*in_tables(loud), *in_ties(loud)])
        raise NotDone

    with pytest.raises(NotDone):
        attempt()
    return found


REDUNDANT = {
    "resident_words.resident_id": "the words follow the file by themselves",
    "assisted_acts.assistance_id": "goes with its assistance",
    "proposal_steps.by_id": "histories change in one statement: see unsign_steps",
    "decision_steps.by_id": "histories change in one statement: see unsign_steps",
    "residents.merged_into_id": "a file made one with theirs is erased on its own",
    "poll_roll.resident_id": "waits for the count: tested in test_votes",
}
"""Lines that another line stands in for, and why."""


def telling() -> Iterator[Holding]:
    """The lines of the inventory that change something."""
    for holding in HOLDINGS:
        acts = holding.fate is not Fate.STAYS or holding.empties
        if acts and holding.column not in REDUNDANT:
            yield holding


def test_each_line_of_the_inventory_is_what_removes_its_trace(
    loud: Loud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the lines, each leaves the trace it is there for: take one away, and it is found."""
    monkeypatch.setattr(erasing, "HOLDINGS", ())

    found = left_without(loud)

    for holding in telling():
        columns = [holding.column, *(f"{holding.table}.{name}" for name in holding.empties)]
        assert any(one.startswith(f"{name}:") for one in found for name in columns), holding.column


WORDS: tuple[tuple[object, str, object, list[str]], ...] = (
    (erasing, "EMPTY_FILE", {}, [f"residents.{name}" for name in NAMED]),
    (mentions, "MENTIONS", (), [*MENTIONS]),
    (mentions, "OWN_WORDS", {}, OWN_PLACES),
    (mentions, "CONTACTS", (), [*CONTACTS]),
)


def test_each_place_of_words_is_looked_at(loud: Loud, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, nothing, places in WORDS:
        with monkeypatch.context() as change:
            change.setattr(module, name, nothing)
            found = left_without(loud)
        missed = [
            place for place in places if not any(one.startswith(f"{place}:") for one in found)
        ]

        assert missed == []


STEPS = (
    (erasing, "_forget_audit_details", True),
    (erasing, "_rename_households", True),
    (erasing, "forget_words", True),
    (erasing, "unsign_steps", True),
    (erasing, "take_out_of_mentions", True),
    (erasing, "leave_writings", True),
    (erasing, "take_writings_back", False),
    (writings, "_forget_labels", True),
)


def test_every_step_of_the_eraser_counts(loud: Loud, monkeypatch: pytest.MonkeyPatch) -> None:
    useless = []
    for module, name, keeps_writings in STEPS:
        with monkeypatch.context() as change:
            change.setattr(module, name, lambda *_given: None)
            if not left_without(loud, keeps_writings):
                useless.append(name)

    assert useless == []


def test_an_erased_file_holds_nothing(loud: Loud) -> None:
    atomic(erase)(person_of(loud), keeps_writings=True)

    person = person_of(loud)
    assert {name: getattr(person, name) for name in EMPTY_FILE} == EMPTY_FILE
    assert not person.card_number.isdigit()
    assert person.registered_at == person.erased_at
    assert person.display_name == "Ancien habitant"
    assert person.participation is None
