"""Two files of one person become one, and two again when it was an error."""

from flask import Flask
from sqlalchemy import select

from app.accounts.access_models import SignIn
from app.accounts.adhesion_models import Adhesion, AdhesionPerson, Kind, Payment
from app.accounts.adhesion_services import season_now, take_adhesion
from app.accounts.family_models import Guardianship, Household, HouseholdMember
from app.accounts.methods import identify
from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.bodies.models import Membership
from app.core.clock import now, today
from app.core.db import atomic, db
from app.core.rights import Role
from app.desk import carrying
from app.desk.finding import find_people
from app.desk.merge_rules import MOVES, STAYS
from app.desk.merging import join_files, part_files
from app.desk.models import Merge
from app.ledger.acts import Act
from app.proposals import services as proposals
from app.proposals.models import Proposal, Support
from tests.desk.joined import WHY, everything, keep
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.support import Ledger, Visitor


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


def hold(body_id: int, *holders: Resident) -> None:
    """Each has a role, a child to answer for and a membership."""
    child = make_resident("Nour", email=None, year_of_birth=today().year - 9)
    agent = make_with_role(Role.DESK)
    for one in holders:
        keep(Grant(resident_id=one.id, role=Role.REFERENT.value, body_id=body_id))
        keep(Guardianship(guardian_id=one.id, child_id=child.id))
        take_adhesion(
            agent,
            one,
            kind=Kind.INDIVIDUAL,
            season=season_now(),
            fee_cents=700,
            payment=Payment.CASH,
        )


def held_by(person: Resident) -> tuple[int, ...]:
    """How many live roles, children and seasons of membership someone has."""
    queries = (
        select(Grant.id).where(Grant.resident_id == person.id, Grant.ended_at.is_(None)),
        select(Guardianship.id).where(Guardianship.guardian_id == person.id),
        select(AdhesionPerson.adhesion_id).where(AdhesionPerson.resident_id == person.id),
        select(Adhesion.id).where(Adhesion.holder_id == person.id),
    )
    return tuple(len(db.session.scalars(query).all()) for query in queries)


def test_roles_children_and_memberships_follow_and_come_back(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    kept, merged = twice
    hold(make_body().id, merged)
    before = everything()

    merge = join_files(desk, kept, merged, WHY)

    assert (held_by(kept), held_by(merged)) == ((1, 1, 1, 1), (0, 0, 0, 0))
    assert db.session.get_one(Resident, kept.id).has_role(Role.REFERENT)
    assert not db.session.get_one(Resident, merged.id).has_role(Role.REFERENT)
    part_files(desk, db.session.get_one(Merge, merge.id))
    assert everything() == before


def test_what_both_files_hold_is_held_once_and_twice_again(
    desk: Resident, twice: tuple[Resident, Resident]
) -> None:
    kept, merged = twice
    hold(make_body().id, kept, merged)
    before = everything()

    merge = join_files(desk, kept, merged, WHY)

    roles, children, seasons, receipts = held_by(kept)
    assert (roles, children, seasons, receipts) == (1, 1, 1, 2)
    part_files(desk, db.session.get_one(Merge, merge.id))
    assert everything() == before


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
    take_adhesion(
        desk,
        merged,
        kind=Kind.INDIVIDUAL,
        season=season_now(),
        fee_cents=700,
        payment=Payment.CASH,
    )
    client.sign_in(desk)
    address = f"/accueil/doublons/{kept.id}/{merged.id}"
    assert address in client.get("/accueil/doublons").text
    page = client.get(address).text
    assert "Propositions" in page
    assert '<th scope="row">Adhésions</th><td>0</td><td>1</td>' in page

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

    mine = select(told.c.text).where(told.c.resident_id == kept.id).order_by(told.c.id)
    said = db.session.execute(mine).scalars()
    assert [text.split(" ")[0] for text in said] == ["Vos", "Votre"]
