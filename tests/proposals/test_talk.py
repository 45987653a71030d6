"""What people say under a proposal and in a debate, from the pages."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import db
from app.core.rights import Role
from app.ledger.acts import Act
from app.proposals import comments
from app.proposals.models import Comment, Debate
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.proposals.support import count
from tests.support import Ledger, Visitor


def test_an_answer_is_written_without_a_script(client: Visitor) -> None:
    proposal = make_proposal()
    first = comments.comment(proposal, make_resident(), "Où le mettre ?")
    client.sign_in(make_resident())
    path = f"/propositions/{proposal.id}"

    box = client.get(f"{path}?repondre={first.id}").get_data(as_text=True)
    posted = client.send(f"{path}/commentaires", {"text": "Devant l’école.", "parent_id": first.id})

    assert f'name="parent_id" value="{first.id}"' in box
    answer = db.session.scalars(select(Comment).order_by(Comment.id.desc())).first()
    assert answer is not None and answer.parent_id == first.id
    assert posted.location.endswith(f"#commentaire-{answer.id}")


@pytest.mark.parametrize("odd", ["x", "999", "99999999999999999999", "-1"])
def test_an_answer_to_nothing_is_a_comment_of_its_own(client: Visitor, odd: str) -> None:
    proposal = make_proposal()
    client.sign_in(make_resident())

    assert client.get(f"/propositions/{proposal.id}?repondre={odd}").status_code == 200
    sent = client.send(
        f"/propositions/{proposal.id}/commentaires", {"text": "Bonjour", "parent_id": odd}
    )
    assert sent.status_code == 422 and "Bonjour" in sent.get_data(as_text=True)


@pytest.mark.parametrize("text", ["", "w" * 2001])
def test_a_comment_empty_or_too_long_gives_the_page_back(client: Visitor, text: str) -> None:
    proposal = make_proposal()
    client.sign_in(make_resident())

    answer = client.send(f"/propositions/{proposal.id}/commentaires", {"text": text})

    assert answer.status_code == 422 and text in answer.get_data(as_text=True)
    assert count(Comment) == 0


def test_one_takes_back_one_s_own_comment_in_two_steps(client: Visitor) -> None:
    author = make_resident()
    said = comments.comment(make_proposal(), author, "Je regrette.")
    stranger = Visitor(client.application).sign_in(make_resident())
    client.sign_in(author)

    assert stranger.send(f"/commentaires/{said.id}/retrait").status_code == 403
    assert client.get(f"/commentaires/{said.id}/retrait").status_code == 200
    assert client.send(f"/commentaires/{said.id}/retrait").status_code == 302
    db.session.rollback()
    assert said.deleted_at is not None


def test_a_referent_opens_a_debate_people_answer_and_it_is_closed(
    client: Visitor, ledger: Ledger
) -> None:
    comite = make_body(name="Comité famille")
    referent = make_with_role(Role.REFERENT, body=comite)
    client.sign_in(referent)

    empty = client.send("/comites/comite-famille/debats/nouveau", {"title": "", "text": "Quand ?"})
    opened = client.send(
        "/comites/comite-famille/debats/nouveau", {"title": "Les horaires", "text": "Quand ?"}
    )
    said = client.send(f"{opened.location}/commentaires", {"text": "Le soir."})
    nothing = client.send(f"{opened.location}/commentaires", {"text": ""})
    client.send(f"{opened.location}/fermeture")

    assert empty.status_code == 422 and "Quand ?" in empty.get_data(as_text=True)
    assert (said.status_code, nothing.status_code) == (302, 422)
    page = client.get(opened.location).get_data(as_text=True)
    assert "Le soir." in page and "Fermé" in page
    assert "Les horaires" in client.get("/comites/comite-famille/debats").get_data(as_text=True)
    assert ledger.acts() == [Act.COMMENT_POSTED]


def test_someone_outside_opens_no_debate_from_the_page(client: FlaskClient, app: Flask) -> None:
    make_body(name="Comité famille")
    visitor = Visitor(app).sign_in(make_resident())

    answer = visitor.send("/comites/comite-famille/debats/nouveau", {"title": "A", "text": "B"})

    assert answer.status_code == 403 and count(Debate) == 0
