"""What an erasure leaves on purpose: public records, others' words, counts; and nothing more."""

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.accounts.family_models import Household, HouseholdMember
from app.accounts.models import Resident
from app.bodies.meeting_queries import presence
from app.bodies.models import Mandate, Meeting, MeetingAttendance
from app.core import search
from app.core.clock import now, today
from app.core.db import Model, atomic, db
from app.core.files import StoredFile
from app.core.rights import Role
from app.home.queries import search as search_all
from app.ledger.acts import Act
from app.ledger.models import Entry
from app.ledger.services import record
from app.privacy import erasure_services as services
from app.privacy.erasing import erase
from app.privacy.models import ErasureRequest
from app.proposals import debates
from app.proposals.indexing import index_content
from app.proposals.models import Comment, Proposal, Status
from app.proposals.visibility import hide
from tests.at_once import all_at_once, refused_at_once
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.moderation.support import referent

pytestmark = pytest.mark.usefixtures("app")


@atomic
def keep(*rows: Model) -> None:
    for row in rows:
        db.session.add(row)
        db.session.flush()


def erased(person: Resident, *, keeps_writings: bool = True) -> None:
    atomic(erase)(person, keeps_writings=keeps_writings)


@pytest.mark.parametrize(("published", "kept"), [(True, "Rachid M."), (False, "Ancien habitant")])
def test_published_minutes_name_who_sat_there_and_not_the_public(
    published: bool, kept: str
) -> None:
    body = make_body("conseil")
    member, passer_by = make_resident("Rachid", family_name="Meziane"), make_resident("Passante")
    meeting = Meeting(
        body_id=body.id,
        title="Réunion",
        starts_at=now() - timedelta(days=1),
        place="Ici",
        status="held",
        minutes_status="published" if published else "draft",
    )
    seat = {"college": "habitants", "starts_on": today() - timedelta(days=100)}
    keep(meeting, Mandate(body_id=body.id, resident_id=member.id, **seat))
    for one in (member, passer_by):
        keep(MeetingAttendance(meeting_id=meeting.id, resident_id=one.id))

    erased(member)
    erased(passer_by)

    assert sorted(presence(meeting).names) == sorted([kept, "Ancien habitant"])
    assert presence(meeting).present == 2


def test_a_seat_left_is_a_mandate_ended() -> None:
    body, person = make_body("conseil"), make_resident()
    mandate = Mandate(
        body_id=body.id, resident_id=person.id, college="habitants", starts_on=today()
    )
    keep(mandate)

    erased(person)

    assert mandate.ended_on == today()
    assert db.session.scalars(select(Entry.act)).all() == [Act.MANDATE_ENDED.value]


def test_the_ledger_forgets_a_title_and_refuses_any_other_change() -> None:
    person = make_resident()
    proposal = make_proposal(person, title="Un jardin")
    entry = atomic(record)(Act.PROPOSAL_ADMITTED, actor=person, subject=proposal)

    erased(person, keeps_writings=False)

    assert entry.subject_label is None
    for change in ("act = 'x'", "subject_label = 'x'", "participation_key = NULL"):
        with pytest.raises(DBAPIError):
            db.session.execute(text(f"UPDATE ledger_entries SET {change}"))
        db.session.rollback()


def test_words_kept_keep_their_place_and_lose_the_name() -> None:
    person = make_resident("Zoé", family_name="Petitjean")
    said = "Petitjean ici : les petitjeans et Zoé Petitjean aiment l’ombre."
    mine = make_proposal(person, title="Des bancs", text=said)

    erased(person)

    assert mine.author_id is None
    assert mine.title == "Des bancs"
    assert mine.text == "[nom effacé] ici : les petitjeans et [nom effacé] aiment l’ombre."


def test_words_taken_back_leave_threads_and_withdraw_what_was_open() -> None:
    person, other = make_resident(), make_resident()
    open_one = make_proposal(person, text="À moi")
    voted = make_proposal(person, text="À moi", status=Status.ADOPTED.value)
    comment = Comment(proposal_id=voted.id, author_id=person.id, text="À moi")
    keep(comment)
    answer = Comment(proposal_id=voted.id, author_id=other.id, text="Réponse", parent_id=comment.id)
    keep(answer)

    erased(person, keeps_writings=False)

    gone = "Texte effacé à la demande de son auteur."
    assert (open_one.text, voted.text, comment.text) == (gone, gone, gone)
    assert (open_one.status, voted.status) == ("withdrawn", "adopted")
    assert (answer.text, answer.parent_id) == ("Réponse", comment.id)


def test_a_draft_goes_whatever_was_chosen() -> None:
    person = make_resident()
    draft = make_proposal(person, status="draft", published_at=None, title="Secret", text="Secret")

    erased(person)

    assert "Secret" not in (draft.title, draft.text)
    assert draft.status == "withdrawn"


def test_a_picture_that_someone_else_shows_too_stays() -> None:
    person, other = make_resident(), make_resident()
    keep(shared := StoredFile(sha256="1" * 64, media_type="image/webp", name="a", content=b"a"))
    keep(own := StoredFile(sha256="2" * 64, media_type="image/webp", name="b", content=b"b"))
    image = {"image_alt": "Un banc"}
    make_proposal(person, image_id=shared.id, **image)
    make_proposal(person, image_id=own.id, **image)
    make_proposal(other, image_id=shared.id, **image)
    shared_id = shared.id

    erased(person, keeps_writings=False)

    assert db.session.scalars(select(StoredFile.id)).all() == [shared_id]


def test_a_familys_name_stays_with_those_who_bear_it() -> None:
    person, brother = (make_resident(name, family_name="Camara") for name in ("Awa", "Issa"))
    home, alone = Household(name="Famille Camara"), Household(name="Chez les Camara")
    keep(home, alone)
    for household, one in ((home, person), (home, brother), (alone, person)):
        keep(HouseholdMember(household_id=household.id, resident_id=one.id))

    erased(person)

    assert (home.name, alone.name) == ("Famille Camara", "Foyer")


def test_whoever_was_registered_by_them_stays_confirmed() -> None:
    agent = make_with_role(Role.DESK)
    person = make_resident(email=None, email_confirmed_at=None, registered_by_id=agent.id)

    erased(agent)

    assert person.is_confirmed


def test_two_last_administrators_who_leave_together_do_not_both_leave(app: Flask) -> None:
    pair = [make_with_role(Role.ADMINISTRATOR).id for _ in range(2)]

    def leave(number: int) -> object:
        person = db.session.get_one(Resident, number)
        return services.ask_erasure(person, person, keeps_writings=True).id

    outcomes = all_at_once(app, [partial(leave, n) for n in pair])

    assert sorted(isinstance(one, int) for one in outcomes) == [False, True]
    assert db.session.query(ErasureRequest).count() == 1


def test_one_person_asks_once_even_twice_at_once(app: Flask) -> None:
    number = make_resident().id

    def leave() -> object:
        person = db.session.get_one(Resident, number)
        return services.ask_erasure(person, person, keeps_writings=True).id

    refused = refused_at_once(app, [leave] * 4)

    assert len(refused) == 3
    assert db.session.query(ErasureRequest).count() == 1


def test_an_erased_proposal_is_found_by_nobody() -> None:
    person = make_resident()
    mine = make_proposal(person, title="Un kiosque à musique")
    atomic(search.index)("proposals", mine.id, mine.title, "/", mine.text)

    erased(person, keeps_writings=False)

    found = search.subject_ids("proposals", "kiosque")
    assert found is not None
    assert db.session.scalars(select(Proposal.id).where(Proposal.id.in_(found))).all() == []


def test_an_erased_debate_is_found_by_nobody() -> None:
    comite = make_body()
    person = referent(comite)
    debates.open_debate(comite, person, "Un kiosque à musique", "Pour qui ?")

    assert _found("kiosque") == ["/debats/1"]
    erased(person, keeps_writings=False)

    assert _found("kiosque") == []


def _found(words: str) -> list[str]:
    page = search_all(words, 1)
    assert page is not None
    return [hit.url for hit in page.items]


def test_what_was_hidden_is_not_found_again_because_its_author_left(app: Flask) -> None:
    person = make_resident()
    shown = make_proposal(person, title="Un kiosque", text="De la musique.")
    hidden = make_proposal(person, title="Un kiosque", text="Des insultes.")
    for one in (shown, hidden):
        atomic(index_content)(one)
    atomic(hide)(hidden, make_with_role(Role.DESK), "respect")

    erased(person)

    found = search.subject_ids("proposals", "kiosque")
    assert found is not None
    assert db.session.scalars(select(Proposal.id).where(Proposal.id.in_(found))).all() == [shown.id]
