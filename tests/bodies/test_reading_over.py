"""Members read a draft over, and what is published is corrected without being changed."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.bodies import minutes_queries, minutes_talk
from app.bodies import minutes_services as services
from app.bodies.minutes_models import MinutesAddendum, MinutesComment
from app.bodies.minutes_services import items_of
from app.bodies.models import Meeting
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from tests.bodies.factories import (
    make_conseil,
    make_decision,
    make_director,
    make_held,
    make_member,
    make_minutes,
    make_seat,
)
from tests.factories import make_body, make_resident
from tests.support import Visitor, told

pytestmark = pytest.mark.usefixtures("app")


def circulated(body_kind: str = "comite") -> tuple[Meeting, list[int]]:
    """A meeting whose draft was sent to its members, and their numbers."""
    body = make_conseil() if body_kind == "conseil" else make_body()
    director = make_director()
    if body_kind == "conseil":
        members = [make_seat(body, director=director).resident for _number in range(2)]
    else:
        members = [make_member(body) for _number in range(2)]
    meeting = make_held(body, director)
    services.save_notes(director, items_of(meeting.id)[0], "Le budget est voté.", 0)
    services.circulate(director, meeting)
    return meeting, [member.id for member in members]


def printed(client: Visitor, path: str) -> str:
    """The words of a PDF."""
    answer = client.get(path)
    assert answer.status_code == 200
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)


def test_a_member_reads_the_draft_and_says_what_is_wrong(client: Visitor) -> None:
    body = make_body()
    director, member = make_director(), make_member(body)
    meeting = make_held(body, director)
    item = items_of(meeting.id)[0]
    services.save_notes(director, item, "Le budget est voté.", 0)
    here = f"/reunions/{meeting.id}/compte-rendu"
    client.sign_in(member)
    assert client.get(f"{here}/brouillon").status_code == 403

    services.circulate(director, meeting)
    said = {"item_id": str(item.id), "text": "Il manque le montant."}
    answer = client.send(f"{here}/remarques", said)

    assert told(member)[-1].startswith("Projet de compte rendu à relire")
    page = client.get(answer.location).get_data(as_text=True)
    assert "Le budget est voté." in page and "Il manque le montant." in page
    assert member.display_name in page
    client.sign_in(director)
    (remark,) = minutes_queries.remarks(meeting.id)
    client.send(f"{here}/remarques/{remark.id}", {"settled": "y"})
    assert minutes_queries.remarks(meeting.id)[0].is_settled
    client.send(f"{here}/remarques/{remark.id}")
    assert not minutes_queries.remarks(meeting.id)[0].is_settled


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": "x" * 1001}, {"item_id": "99999"}, {"item_id": "x"}]
)
def test_a_wrong_remark_keeps_what_was_typed(client: Visitor, wrong: dict[str, str]) -> None:
    meeting, (member_id, _other) = circulated("conseil")
    client.sign_in(db.session.get_one(type(make_resident()), member_id))

    answer = client.send(
        f"/reunions/{meeting.id}/compte-rendu/remarques", {"text": "Il manque le montant.", **wrong}
    )

    assert answer.status_code == 422
    assert wrong.get("text", "Il manque le montant.") in answer.get_data(as_text=True)
    assert db.session.scalars(select(MinutesComment)).all() == []


def test_remarks_are_for_members_while_the_draft_waits() -> None:
    meeting, (member_id, _other) = circulated()
    member = db.session.get_one(type(make_resident()), member_id)
    director = make_director()
    children = make_body(theme="enfant")
    child = make_member(children)
    theirs = make_held(children, director)
    services.save_notes(director, items_of(theirs.id)[0], "Les jeux.", 0)
    services.circulate(director, theirs)

    for person, where in ((make_resident(), meeting), (child, theirs)):
        with pytest.raises(Forbidden):
            minutes_talk.comment_minutes(person, where, "Je m’invite")
    comment = minutes_talk.comment_minutes(member, meeting, "Il manque le montant.")
    with pytest.raises(Forbidden):
        minutes_talk.settle_comment(member, comment)
    services.publish_minutes(director, meeting, meeting.edition)
    with pytest.raises(Forbidden):
        minutes_talk.comment_minutes(member, meeting, "Trop tard")
    with pytest.raises(Conflict):
        minutes_talk.settle_comment(director, comment)


def test_a_correction_follows_the_minutes_and_stays(client: Visitor) -> None:
    body, director = make_body(), make_director()
    member = make_member(body)
    meeting = make_minutes(body, director)
    sealed = meeting.minutes_sha256
    client.sign_in(director)

    for said in ("Lire : trois bancs.", "Lire : quatre bancs."):
        client.send(f"/reunions/{meeting.id}/compte-rendu/rectificatif", {"text": said})

    page = client.get(f"/reunions/{meeting.id}/compte-rendu").get_data(as_text=True)
    assert page.index("Rectificatif n° 1") < page.index("Rectificatif n° 2")
    assert "Ce texte est celui qui a été publié" in page
    db.session.refresh(meeting)
    assert meeting.minutes_sha256 == sealed
    assert sum("rectificatif" in sentence for sentence in told(member)) == 2
    assert len({one.sha256 for one in db.session.scalars(select(MinutesAddendum))}) == 2
    for statement in ("UPDATE minutes_addenda SET text = 'x'", "DELETE FROM minutes_addenda"):
        with pytest.raises(DatabaseError, match="stays as it was written"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_what_is_not_published_has_no_correction() -> None:
    director = make_director()
    held, published = make_held(make_body(), director), make_minutes(make_body(), director)

    with pytest.raises(Conflict):
        minutes_talk.add_addendum(director, held, "Lire : trois bancs.")
    with pytest.raises(Forbidden):
        minutes_talk.add_addendum(make_resident(), published, "Lire : trois bancs.")
    for wrong in ("  ", "x" * 5001):
        with pytest.raises(Invalid):
            minutes_talk.add_addendum(director, published, wrong)
    assert db.session.scalars(select(MinutesAddendum)).all() == []


def test_the_paper_says_all_and_hides_what_is_private(client: Visitor) -> None:
    conseil, director = make_conseil(), make_director()
    zohra = make_seat(conseil, make_resident("Zohra", family_name="Kaci"), director=director)
    young = make_resident("Imani", year_of_birth=2010)
    meeting = make_held(conseil, director, present=[zohra.resident, young])
    first, second = items_of(meeting.id)
    notes = "Le **budget** est voté :\n\n- 500 € de bancs\n- 200 € de fleurs\n\n> Bravo #let x = 1"
    services.save_notes(director, first, notes, 0)
    services.save_notes(director, second, "Madame Diallo demande une aide.", 0, is_private=True)
    make_decision(meeting, director, title="Installer deux bancs")
    services.publish_minutes(director, meeting, meeting.edition, approval_note="Par écrit.")
    minutes_talk.add_addendum(director, meeting, "Lire : trois bancs.")
    here = f"/reunions/{meeting.id}"

    public = printed(client, f"{here}/compte-rendu.pdf")
    for said in (
        "Extrait public",
        "500 € de bancs",
        "#let x = 1",
        "Zohra K., et 1 jeune",
        "trois bancs",
    ):
        assert said in public.replace("\u00a0", " ")
    assert "Installer deux bancs" in public and "Par écrit." in public
    assert "Imani" not in public + client.get(f"{here}/compte-rendu").get_data(as_text=True)
    assert "Diallo" not in public and "La fête" in public
    client.sign_in(director)
    whole = printed(client, f"{here}/compte-rendu-complet.pdf")
    assert "Madame Diallo" in whole and "Extrait public" not in whole
