"""When two files may not be joined, nor parted."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.family_models import Guardianship
from app.accounts.models import Resident
from app.accounts.second_factor_services import check_code, key_of
from app.core import clock
from app.core.clock import now
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.rights import Role
from app.desk.comparing import comparison
from app.desk.merging import join_files, part_files
from app.desk.models import Merge
from tests.accounts.phones import code_of, enrolled
from tests.desk.joined import WHY, keep, refused
from tests.factories import make_resident, make_with_role


def test_what_makes_no_sense_is_refused(desk: Resident, twice: tuple[Resident, Resident]) -> None:
    kept, merged = twice
    refused(desk, kept, kept)
    refused(desk, kept, merged, "  ")
    refused(make_resident(), kept, merged)
    refused(desk, desk, merged)


def test_a_parent_and_their_child_are_two_people(desk: Resident) -> None:
    mother, child = make_resident(), make_resident()
    keep(Guardianship(guardian_id=mother.id, child_id=child.id))

    refused(desk, mother, child)


def test_a_file_of_the_team_is_joined_by_the_direction_alone(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    colleague = make_with_role(Role.DESK)
    refused(desk, twice[0], colleague)

    join_files(make_with_role(Role.DIRECTOR), twice[0], colleague, WHY)

    assert db.session.get_one(Resident, twice[0].id).has_role(Role.DESK)


def test_a_file_is_joined_once(desk: Resident, twice: tuple[Resident, Resident]) -> None:
    kept, merged = twice
    join_files(desk, kept, merged, WHY)

    with pytest.raises(Conflict):
        join_files(desk, make_resident(), merged, WHY)

    assert db.session.scalar(select(func.count()).select_from(Merge)) == 1


def test_after_thirty_days_it_is_done(desk: Resident, twice: tuple[Resident, Resident]) -> None:
    merge = join_files(desk, *twice, WHY)

    with clock.at(now() + timedelta(days=31)), pytest.raises(Conflict):
        part_files(desk, db.session.get_one(Merge, merge.id))

    assert db.session.get_one(Resident, twice[1].id).merged_into_id == twice[0].id


def test_the_last_joined_is_parted_first(desk: Resident) -> None:
    first, second, third = (make_resident(email=None) for _ in range(3))
    inner = join_files(desk, second, third, WHY).id
    outer = join_files(desk, first, second, WHY).id

    with pytest.raises(Conflict):
        part_files(desk, db.session.get_one(Merge, inner))
    part_files(desk, db.session.get_one(Merge, outer))
    part_files(desk, db.session.get_one(Merge, inner))

    people = [db.session.get_one(Resident, one.id) for one in (first, second, third)]
    assert all(one.is_active for one in people)


def test_a_file_with_a_second_factor_is_the_one_to_keep(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    """Its key is sealed for that very file: moved, it would lock its person out for good."""
    plain, locked = twice
    key, _codes = enrolled(locked)

    with pytest.raises(Invalid, match="gardez-la"):
        join_files(desk, plain, locked, WHY)
    assert comparison(plain.id, locked.id).suggested == locked.id
    merge = join_files(desk, locked, plain, WHY)

    after = db.session.get_one(Resident, locked.id)
    assert check_code(after, code_of(key))
    part_files(desk, db.session.get_one(Merge, merge.id))
    assert key_of(db.session.get_one(Resident, locked.id)) == key


def test_an_address_that_comes_takes_no_second_factor_away(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    locked, other = twice[0], make_resident(email="fatou@example.org")
    key, _codes = enrolled(locked)

    merge = join_files(desk, locked, other, WHY)

    after = db.session.get_one(Resident, locked.id)
    assert (after.email, key_of(after)) == ("fatou@example.org", key)
    part_files(desk, db.session.get_one(Merge, merge.id))
    after = db.session.get_one(Resident, locked.id)
    assert (after.email, key_of(after)) == (None, key)


def test_two_second_factors_are_one_too_many(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    for one in twice:
        enrolled(one)

    refused(desk, *twice)
