"""Two files of one person become one, and two again when it was an error."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.access_models import SignIn
from app.accounts.family_models import Guardianship, Household, HouseholdMember
from app.accounts.methods import identify
from app.accounts.models import Resident
from app.bodies.models import Membership
from app.core import clock
from app.core.clock import now, today
from app.core.db import Model, atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.desk import carrying
from app.desk.finding import find_people
from app.desk.merge_rules import MOVES, STAYS
from app.desk.merging import join_files, part_files
from app.desk.models import Merge
from app.indicators import audits
from app.indicators.models import Mark
from app.ledger import services as ledger_services
from app.ledger.acts import Act
from app.proposals import services as proposals
from app.proposals.models import Proposal, Support
from app.voting.models import Emargement, Poll, PublicBallot, RollEntry, Teller
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.support import Ledger, Visitor

WHY = "même numéro de téléphone, elle est devant moi"


@pytest.fixture
def desk(app: Flask) -> Resident:
    return make_with_role(Role.DESK)


@pytest.fixture
def twice(app: Flask) -> tuple[Resident, Resident]:
    """One person registered twice: the file to keep, and the other."""
    kept = make_resident("Fatou", family_name="Camara", email=None, pin="111111")
    return kept, make_resident("Fatou", family_name="Kamara", email=None, pin="222222")


@atomic
def keep(*rows: Model) -> None:
    db.session.add_all(rows)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that names a resident, but those that tell the story of the merge itself."""
    apart = ("merges", "notifications", "sign_ins", "resident_words", "residents")
    found = {}
    for name in sorted({link.split(".")[0] for link in carrying.links()} - {*apart}):
        rows = db.session.execute(select(carrying.table(name))).mappings().all()
        found[name] = sorted((dict(row) for row in rows), key=repr)
    return found


def test_every_link_to_a_person_is_reviewed(app: Flask) -> None:
    assert sorted([*MOVES, *STAYS]) == carrying.links()


def test_what_hangs_from_one_file_follows_to_the_other(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    kept, merged = twice
    proposal = make_proposal(author=merged)
    body = make_body()
    keep(Membership(body_id=body.id, resident_id=merged.id))

    join_files(desk, kept, merged, WHY)

    assert db.session.get_one(Proposal, proposal.id).author_id == kept.id
    assert db.session.scalars(select(Membership.resident_id)).all() == [kept.id]
    assert db.session.get_one(Resident, merged.id).merged_into_id == kept.id


def test_undone_everything_is_exactly_as_it_was(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    kept, merged = twice
    body, proposal = make_body(), make_proposal()
    mine = make_proposal(author=merged)
    for one in (kept, merged):
        proposals.support(proposal, one)
        keep(Membership(body_id=body.id, resident_id=one.id))
    proposals.support(mine, kept)
    home = Household(name="Camara")
    keep(home)
    keep(HouseholdMember(household_id=home.id, resident_id=merged.id))
    before = everything()
    counts = dict(db.session.execute(select(Proposal.id, Proposal.support_count)).all())

    merge = join_files(desk, kept, merged, WHY)
    supports = dict(db.session.execute(select(Proposal.id, Proposal.support_count)).all())
    part_files(desk, db.session.get_one(Merge, merge.id))

    assert (supports[proposal.id], supports[mine.id]) == (1, 0)
    assert everything() == before
    assert dict(db.session.execute(select(Proposal.id, Proposal.support_count)).all()) == counts
    assert db.session.get_one(Resident, merged.id).is_active


def test_a_proposal_supported_twice_counts_one_support(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    proposal = make_proposal()
    for one in twice:
        proposals.support(proposal, one)

    join_files(desk, *twice, WHY)

    assert db.session.get_one(Proposal, proposal.id).support_count == 1
    assert db.session.scalars(select(Support.resident_id)).all() == [twice[0].id]


def test_a_support_that_followed_can_still_be_withdrawn_from_the_ledger(
    desk: Resident, twice: tuple[Resident, Resident], ledger: Ledger
) -> None:
    kept, merged = twice
    proposal = make_proposal()
    proposals.support(proposal, merged)
    join_files(desk, kept, merged, WHY)

    proposals.withdraw_support(proposal, kept)

    given, taken_back = ledger.entries(Act.PROPOSAL_SUPPORTED)
    assert taken_back.voids_id == given.id


def test_the_joined_card_opens_nothing_and_leads_the_desk_to_the_file_kept(
    client: Visitor, desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    kept, merged = twice
    theirs = Visitor(client.application).sign_in(merged)

    join_files(desk, kept, merged, WHY)

    assert theirs.get("/moi").status_code == 302
    assert db.session.scalar(select(SignIn.ended_at)) is not None
    answer = client.send("/connexion", {"identifier": merged.card_number, "secret": "222222"})
    assert answer.status_code == 422
    assert identify(kept.card_number, "111111") is not None
    assert [one.id for one in find_people(merged.card_number, 1).items] == [kept.id]
    assert find_people("kamara", 1).items == []


def test_an_empty_box_is_filled_and_emptied_again(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    kept, merged = twice

    @atomic
    def describe() -> None:
        merged.phone, merged.year_of_birth, merged.languages = "0612345678", 1951, "snk"
        merged.email, merged.email_confirmed_at = "fatou@example.org", now()
        kept.languages = "fr"

    describe()

    merge = join_files(desk, kept, merged, WHY)
    now_kept = db.session.get_one(Resident, kept.id)
    assert (now_kept.phone, now_kept.year_of_birth) == ("0612345678", 1951)
    assert (now_kept.email, now_kept.languages) == ("fatou@example.org", "fr,snk")
    assert now_kept.email_confirmed_at is not None
    part_files(desk, db.session.get_one(Merge, merge.id))

    one, other = db.session.get_one(Resident, kept.id), db.session.get_one(Resident, merged.id)
    assert (one.phone, one.email, one.year_of_birth, one.languages) == (None, None, None, "fr")
    assert (other.phone, other.email, other.languages) == ("0612345678", "fatou@example.org", "snk")
    assert other.email_confirmed_at is not None


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


def refused(desk: Resident, kept: Resident, merged: Resident, reason: str = WHY) -> None:
    before = everything()
    with pytest.raises((Forbidden, Invalid, Conflict)):
        join_files(desk, kept, merged, reason)
    assert everything() == before
    assert db.session.scalar(select(func.count()).select_from(Merge)) == 0


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


def test_what_was_done_since_stays_with_the_file_kept(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    kept, merged = twice
    merge = join_files(desk, kept, merged, WHY)
    proposal = make_proposal()
    proposals.support(proposal, kept)

    part_files(desk, db.session.get_one(Merge, merge.id))

    assert db.session.scalars(select(Support.resident_id)).all() == [kept.id]


def test_the_desk_compares_joins_and_undoes(client: Visitor, desk: Resident) -> None:
    kept = make_resident("Fatou", family_name="Camara", year_of_birth=1951)
    merged = make_resident("Fatou", family_name="Camara", year_of_birth=1951)
    make_proposal(author=merged)
    client.sign_in(desk)
    address = f"/accueil/doublons/{kept.id}/{merged.id}"
    assert address in client.get("/accueil/doublons").text
    page = client.get(address).text
    assert "Propositions" in page

    unsaid = client.send(address, {"kept": str(kept.id), "reason": ""})
    answer = client.send(address, {"kept": str(kept.id), "reason": WHY})

    assert unsaid.status_code == 422
    assert answer.headers["Location"] == f"/accueil/personnes/{kept.id}"
    sheet = client.get(f"/accueil/personnes/{kept.id}").text
    (merge_id,) = db.session.scalars(select(Merge.id))
    assert f"/accueil/reunions/{merge_id}/defaire" in sheet
    assert f"/accueil/personnes/{kept.id}" in client.get(f"/accueil/personnes/{merged.id}").text
    assert client.get(address).status_code == 404
    client.send(f"/accueil/reunions/{merge_id}/defaire")
    assert db.session.get_one(Resident, merged.id).is_active


def test_the_person_is_told_both_times(desk: Resident, twice: tuple[Resident, Resident]) -> None:
    kept, merged = twice
    told = carrying.table("notifications")

    merge = join_files(desk, kept, merged, WHY)
    part_files(desk, db.session.get_one(Merge, merge.id))

    said = db.session.execute(select(told.c.text).where(told.c.resident_id == kept.id)).scalars()
    assert [text.split(" ")[0] for text in said] == ["Vos", "Votre"]
