"""What people do to a proposal from the pages, and what happens when it goes wrong."""

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.core.db import db
from app.core.rights import Role
from app.ledger.acts import Act
from app.proposals import comments, debates, projects
from app.proposals.models import Comment, Status, Support
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.proposals.support import author_of, count, typed, waiting
from tests.support import Ledger, Visitor

SCRIPT = "<script>alert(1)</script>"


def test_an_idea_is_written_sent_admitted_supported_and_talked_about(
    app: Flask, ledger: Ledger, director: Resident
) -> None:
    amina, jean = Visitor(app).sign_in(make_resident()), Visitor(app).sign_in(make_resident())
    team = Visitor(app).sign_in(director)

    sent = amina.send("/propositions/nouvelle", typed())
    path = sent.location
    team.send(f"{path}/admission")
    jean.send(f"{path}/soutiens")
    jean.send(f"{path}/commentaires", {"text": "Je viens samedi."})

    page = Visitor(app).get(path).get_data(as_text=True)
    assert "1 soutien sur 20" in page and "Je viens samedi." in page
    assert ledger.acts() == [
        Act.PROPOSAL_SUBMITTED, Act.PROPOSAL_ADMITTED, Act.PROPOSAL_SUPPORTED, Act.COMMENT_POSTED,
    ]  # fmt: skip


def test_a_visitor_signs_in_before_writing_or_supporting(client: Visitor, ledger: Ledger) -> None:
    proposal = make_proposal()

    assert client.get("/propositions/nouvelle").status_code == 302
    assert client.send(f"/propositions/{proposal.id}/soutiens").status_code == 401
    kept = client.send(f"/propositions/{proposal.id}/commentaires", {"text": "Mes mots."})

    assert kept.status_code == 401 and "Mes mots." in kept.get_data(as_text=True)
    assert ledger.acts() == []


@pytest.mark.parametrize(
    "act", ["admission", "refus", "reunion", "projet", "realisation", "retrait"]
)
def test_an_act_without_the_right_is_refused_and_leaves_no_trace(
    client: Visitor, ledger: Ledger, act: str
) -> None:
    proposal = make_proposal()
    client.sign_in(make_with_role(Role.REFERENT, body=make_body()))

    answer = client.send(f"/propositions/{proposal.id}/{act}", {"reason": "Parce que"})

    assert answer.status_code == 403
    db.session.rollback()
    assert proposal.status == Status.GATHERING and ledger.acts() == []


def test_a_refusal_without_a_reason_gives_the_page_back(
    client: Visitor, ledger: Ledger, director: Resident
) -> None:
    proposal = waiting()
    client.sign_in(director)

    answer = client.send(f"/propositions/{proposal.id}/refus", {"reason": " "})

    assert answer.status_code == 422 and "Dites pourquoi" in answer.get_data(as_text=True)
    assert ledger.acts() == []


def test_the_team_merges_starts_and_finishes_from_the_pages(
    client: Visitor, ledger: Ledger, director: Resident
) -> None:
    one, two = make_proposal(), make_proposal()
    adopted = make_proposal(status=Status.ADOPTED.value)
    client.sign_in(director)

    merged = client.send(
        f"/propositions/{one.id}/reunion", {"target_id": two.id, "reason": "La même idée"}
    )
    client.send(f"/propositions/{adopted.id}/projet", {"association_id": 0})
    client.send(f"/propositions/{adopted.id}/role", {"role": "Je coordonne"})
    client.send(f"/propositions/{adopted.id}/role/retrait")
    done = client.send(f"/propositions/{adopted.id}/realisation", {"reason": "Une belle fête"})

    assert (merged.status_code, done.status_code) == (302, 302)
    assert ledger.acts() == [
        Act.PROPOSAL_MERGED, Act.PROJECT_STARTED, Act.PROJECT_ROLE_TAKEN, Act.PROJECT_REALISED,
    ]  # fmt: skip
    for page in ("reunion", "projet", "realisation", "refus", "role"):
        assert client.get(f"/propositions/{adopted.id}/{page}").status_code == 200


def test_an_author_withdraws_in_two_steps(client: Visitor) -> None:
    proposal = make_proposal()
    client.sign_in(author_of(proposal))

    asked = client.get(f"/propositions/{proposal.id}/retrait")
    client.send(f"/propositions/{proposal.id}/retrait", {"reason": ""})

    assert asked.status_code == 200
    db.session.rollback()
    assert proposal.status == Status.WITHDRAWN


def test_a_support_is_given_and_taken_back_from_the_page(client: Visitor) -> None:
    proposal = make_proposal()
    client.sign_in(make_resident())

    client.send(f"/propositions/{proposal.id}/soutiens")
    twice = client.send(f"/propositions/{proposal.id}/soutiens")
    page = client.get(f"/propositions/{proposal.id}").get_data(as_text=True)
    client.send(f"/propositions/{proposal.id}/soutiens/retrait")

    assert twice.status_code == 409 and "Vous soutenez cette proposition" in page
    assert count(Support) == 0


def test_without_its_token_a_form_comes_back_whole(client: Visitor, ledger: Ledger) -> None:
    client.sign_in(make_resident())
    proposal = make_proposal()

    answer = client.post(f"/propositions/{proposal.id}/commentaires", data={"text": "Mes mots."})

    assert answer.status_code == 400 and "Mes mots." in answer.get_data(as_text=True)
    assert count(Comment) == 0 and ledger.acts() == []


def test_what_people_type_is_shown_and_never_run(client: Visitor, director: Resident) -> None:
    comite = make_body(name="Comité x")
    author = make_resident(SCRIPT)
    proposal = make_proposal(author, title=SCRIPT, text=SCRIPT, body_id=comite.id)
    comments.comment(proposal, author, SCRIPT)
    adopted = make_proposal(status=Status.ADOPTED.value)
    project = projects.start_project(adopted, director)
    projects.take_role(project, author, SCRIPT)
    debate = debates.open_debate(comite, director, SCRIPT, SCRIPT)
    comments.comment(debate, author, f"[x](javascript:alert(1)) {SCRIPT}")

    for path in (
        "/propositions",
        f"/propositions?q={SCRIPT}",
        f"/propositions/{proposal.id}",
        f"/propositions/{adopted.id}",
        "/comites/comite-x/debats",
        f"/debats/{debate.id}",
    ):
        page = client.get(path).get_data(as_text=True)
        assert SCRIPT not in page and 'href="javascript' not in page
