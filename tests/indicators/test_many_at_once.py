"""Many acts written at once count as if each had been written alone."""

from datetime import date
from typing import Unpack

import pytest
from sqlalchemy import select

from app.accounts.models import Resident
from app.centre import services
from app.centre.models import EVER
from app.core.db import atomic, db
from app.core.errors import Invalid
from app.core.rights import Role
from app.indicators import audits
from app.ledger import aliases
from app.ledger.acts import Act
from app.ledger.bulk import Register
from app.ledger.models import Entry
from app.ledger.services import Facts, entry_of
from tests.factories import make_resident, make_with_role
from tests.indicators.acts import Thing, record, value
from tests.support import Statements

pytestmark = pytest.mark.usefixtures("app")
JUNE = date(2026, 6, 10)


def session(number: int, **more: Unpack[Facts]) -> Entry:
    facts: Facts = {"offsite": True, "head_count": 3, **more}
    return entry_of(Act.SESSION_HELD, subject=Thing(number), when=JUNE, **facts)


@atomic
def write(*entries: Entry) -> list[int]:
    register = Register()
    numbers = register.record(entries)
    register.close()
    return numbers


@atomic
def take_back(by: Resident, numbers: list[int], reason: str = "Erreur") -> int:
    register = Register()
    done = register.void(numbers, by=db.session.get_one(Resident, by.id), reason=reason)
    register.close()
    return done


def test_they_count_as_if_each_had_been_written_alone() -> None:
    record(Act.SESSION_HELD, subject=Thing(90), when=JUNE, offsite=True, head_count=4)

    numbers = write(*(session(number) for number in range(20)))

    assert len(set(numbers)) == 20
    assert (value("1.1.1"), value("1.1.3")) == (21, 64)
    assert audits.audit().differences == ()


def test_each_counts_by_the_rule_of_its_own_day_when_one_changes_among_them() -> None:
    director = make_with_role(Role.DIRECTOR)
    services.change_rules(director, {"partner_hours": 2}, EVER)
    services.change_rules(director, {"partner_hours": 1}, date(2023, 1, 1))

    write(
        *(
            entry_of(
                Act.SESSION_HELD, subject=Thing(year), when=date(year, 3, 9),
                kind="reunion_partenariale", minutes=60,
            )
            for year in (2022, 2023)
        )
    )  # fmt: skip

    counted = {(key.code, key.year): n for (key, _month), n in audits.kept_marks().items()}
    assert counted["2.1.1", 2023] == 60
    assert ("2.1.1", 2022) not in counted
    assert audits.audit().differences == ()


def test_they_are_voided_together_and_only_once() -> None:
    team = make_resident()
    numbers = write(*(session(number) for number in range(3)))
    before = audits.kept_marks()
    more = write(*(session(number) for number in range(10, 15)))

    assert take_back(team, more[:2]) == 2
    assert take_back(team, more) == 3
    assert take_back(team, more) == 0

    assert audits.kept_marks() == before
    assert audits.audit().differences == ()
    voids = db.session.scalars(select(Entry).where(Entry.voids_id.is_not(None))).all()
    assert {(one.reason, one.entered_by_key) for one in voids} == {
        ("Erreur", team.participation_key)
    }
    assert value("1.1.1") == len(numbers)


def test_voids_need_a_reason() -> None:
    numbers = write(session(1))

    with pytest.raises(Invalid):
        take_back(make_resident(), numbers, " ")

    assert db.session.query(Entry).count() == 1


def test_two_files_joined_since_count_as_one_person() -> None:
    one, other = make_resident(), make_resident()
    atomic(aliases.join_keys)(str(other.participation_key), str(one.participation_key))

    write(
        *(
            entry_of(
                Act.SESSION_ATTENDED, actor=who, subject=Thing(5), when=JUNE,
                kind="formation_concept",
            )
            for who in (one, other)
        )
    )  # fmt: skip

    assert value("1.3.3") == 1
    assert audits.audit().differences == ()


def test_a_hundred_take_hardly_more_statements_than_ten(statements: Statements) -> None:
    def sent(first: int, many: int) -> int:
        statements.reset()
        write(*(session(first + number) for number in range(many)))
        return len(statements)

    few = sent(0, 10)

    assert sent(1000, 100) <= few + 2 <= 12
