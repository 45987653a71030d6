"""Two files of one person have one vote, and count once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.clock import now, today
from app.core.db import atomic, db
from app.core.errors import Conflict
from app.desk.finding import find_people
from app.desk.merging import join_files, part_files
from app.desk.models import Merge
from app.indicators import audits
from app.indicators.models import Mark
from app.ledger import services as ledger_services
from app.ledger.acts import Act
from app.voting.models import Emargement, Poll, PublicBallot, RollEntry, Teller
from tests.desk.joined import WHY, everything, keep, refused
from tests.factories import make_resident
from tests.support import Ledger


def attended(resident: Resident) -> None:
    @atomic
    def come() -> None:
        ledger_services.record(
            Act.MEETING_ATTENDED, actor=resident, when=today(), body_id=1, body_kind="comite"
        )

    come()


def people_counted() -> set[str]:
    return set(db.session.scalars(select(Mark.unit).where(func.length(Mark.unit) == 32)))


def test_one_person_counts_once_and_two_again_when_it_was_an_error(
    desk: Resident, twice: tuple[Resident, Resident], ledger: Ledger
) -> None:
    kept, merged = twice
    keys = {kept.participation_key, merged.participation_key}
    for one in twice:
        attended(one)
    assert people_counted() == keys
    entries = len(ledger.entries())

    merge = join_files(desk, kept, merged, WHY)
    assert people_counted() == {kept.participation_key}
    assert audits.audit().differences == ()
    part_files(desk, db.session.get_one(Merge, merge.id))

    assert people_counted() == keys
    assert audits.audit().differences == ()
    assert len(ledger.entries()) == entries


def test_three_files_of_one_person_count_once(desk: Resident) -> None:
    first, second, third = (make_resident(email=None) for _ in range(3))
    for one in (first, second, third):
        attended(one)

    join_files(desk, second, third, WHY)
    join_files(desk, first, second, WHY)

    assert people_counted() == {first.participation_key}
    assert audits.audit().differences == ()
    audits.rebuild()
    assert people_counted() == {first.participation_key}
    assert [one.id for one in find_people(third.card_number, 1).items] == [first.id]


def make_poll(*, secret: bool, on_roll: list[Resident], voted: list[Resident]) -> int:
    poll = Poll(
        title="Le banc", method="yesno", electorate="all", is_secret=secret, status="open",
        rules={}, opens_at=now() - timedelta(days=1), closes_at=now() + timedelta(days=1),
        roll_size=len(on_roll),
    )  # fmt: skip
    keep(poll)
    poll_id = poll.id
    keep(*(RollEntry(poll_id=poll_id, resident_id=one.id) for one in on_roll))
    keep(
        *(
            Emargement(poll_id=poll_id, resident_id=one.id, day=today(), channel="kiosk")
            for one in voted
        )
    )
    if not secret:
        keep(*(PublicBallot(poll_id=poll_id, resident_id=one.id, choice="{}") for one in voted))
    return poll_id


def signed(poll_id: int) -> list[int]:
    query = select(Emargement.resident_id).where(Emargement.poll_id == poll_id)
    return list(db.session.scalars(query))


def roll(poll_id: int) -> list[int]:
    query = select(RollEntry.resident_id).where(RollEntry.poll_id == poll_id)
    return sorted(db.session.scalars(query))


@pytest.mark.parametrize("secret", [True, False])
@pytest.mark.parametrize("who", ["kept", "merged", "nobody"])
def test_nobody_votes_twice_by_having_two_files(
    desk: Resident, twice: tuple[Resident, Resident], secret: bool, who: str
) -> None:
    kept, merged = twice
    voted = {"kept": [kept], "merged": [merged], "nobody": []}[who]
    poll_id = make_poll(secret=secret, on_roll=[kept, merged], voted=voted)
    before = everything()

    merge = join_files(desk, kept, merged, WHY)

    assert roll(poll_id) == [kept.id]
    assert signed(poll_id) == ([kept.id] if voted else [])
    assert db.session.get_one(Poll, poll_id).roll_size == 1
    part_files(desk, db.session.get_one(Merge, merge.id))
    assert everything() == before
    assert signed(poll_id) == [one.id for one in voted]
    assert db.session.get_one(Poll, poll_id).roll_size == 2


def test_two_votes_already_cast_wait_for_the_end_of_the_poll(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    poll_id = make_poll(secret=True, on_roll=[*twice], voted=[*twice])

    with pytest.raises(Conflict, match="Attendez la fin du vote"):
        join_files(desk, *twice, WHY)

    assert sorted(signed(poll_id)) == sorted(one.id for one in twice)
    assert db.session.get_one(Resident, twice[1].id).is_active
    assert db.session.scalar(select(func.count()).select_from(Merge)) == 0


def test_a_share_of_a_key_waits_for_the_end_of_the_poll(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    poll_id = make_poll(secret=True, on_roll=[], voted=[])
    keep(Teller(poll_id=poll_id, resident_id=twice[1].id))

    refused(desk, *twice)
