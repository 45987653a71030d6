"""What people see of proposals, and what their pages cost."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic, db
from app.core.rights import Role
from app.proposals import comments, debates, lifecycle, queries
from app.proposals.models import Comment, Proposal, ProposalStep, Status
from tests.bodies.factories import make_decision, make_held
from tests.factories import (
    make_body,
    make_category,
    make_proposal,
    make_quartier,
    make_resident,
    make_with_role,
)
from tests.proposals.support import author_of, drafted, waiting
from tests.support import Statements, Visitor


def _page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@atomic
def _many(number: int, like: Proposal) -> None:
    for rank in range(number):
        db.session.add(
            Proposal(
                title=f"Idée {rank}",
                text="Pour tous.",
                author_id=like.author_id,
                category_id=like.category_id,
                body_id=like.body_id,
                status=Status.GATHERING.value,
                published_at=now() - timedelta(minutes=rank),
            )
        )


@atomic
def _comments(number: int, proposal: Proposal) -> None:
    first = None
    for rank in range(number):
        said = Comment(proposal_id=proposal.id, author_id=proposal.author_id, text=f"Mot {rank}")
        said.parent_id = first.id if first and rank % 5 else None
        db.session.add(said)
        if rank % 5 == 0:
            db.session.flush()
            first = said


def test_the_list_shows_what_is_published_and_nothing_else(app: Flask, client: FlaskClient) -> None:
    make_proposal(title="Un banc")
    drafted(title="Un brouillon")
    waiting(title="Une attente")

    page = _page(client, "/propositions")

    assert "Un banc" in page and "1 proposition" in page
    assert "Un brouillon" not in page and "Une attente" not in page


def test_the_list_costs_the_same_however_long(
    app: Flask, client: FlaskClient, statements: Statements
) -> None:
    first = make_proposal(body_id=make_body().id)
    client.get("/propositions?taille=50")
    seen = []
    for more in (1, 49, 450):
        _many(more, first)
        statements.reset()
        assert client.get("/propositions?taille=50").status_code == 200
        seen.append(len(statements))

    assert len(set(seen)) == 1 and seen[0] <= 6


def test_a_proposal_costs_the_same_however_much_it_is_talked_about(
    app: Flask, client: FlaskClient, statements: Statements
) -> None:
    proposal = make_proposal(body_id=make_body().id)
    seen = []
    for more in (5, 50, 450):
        _comments(more, proposal)
        statements.reset()
        assert client.get(f"/propositions/{proposal.id}").status_code == 200
        seen.append(len(statements))

    assert len(set(seen)) == 1 and seen[0] <= 6


def test_filters_narrow_the_list(app: Flask, client: FlaskClient) -> None:
    quartier, comite = make_quartier("La Source"), make_body(name="Comité senior")
    category = make_category("Culture")
    make_proposal(
        title="Une marche", quartier_id=quartier.id, body_id=comite.id, category_id=category.id
    )
    make_proposal(title="Un ciné", status=Status.ADOPTED.value)

    for asked in ("quartier=la-source", "comite=comite-senior", "categorie=culture"):
        page = _page(client, f"/propositions?{asked}")
        assert "Une marche" in page and "Un ciné" not in page
    adopted = _page(client, "/propositions?etat=adoptees")
    assert "Un ciné" in adopted and "Une marche" not in adopted
    assert "Rien ne correspond" in _page(client, "/propositions?quartier=nulle-part")


def test_the_most_supported_come_first_when_asked(app: Flask, client: FlaskClient) -> None:
    make_proposal(title="Beaucoup", support_count=12, published_at=now() - timedelta(days=9))
    make_proposal(title="Un peu", support_count=2)

    recent, loved = _page(client, "/propositions"), _page(client, "/propositions?tri=soutenues")

    assert recent.index("Un peu") < recent.index("Beaucoup")
    assert loved.index("Beaucoup") < loved.index("Un peu")


@pytest.mark.parametrize(
    "path",
    [
        "/propositions?page=2", "/propositions?page=zero", "/propositions/99",
        "/propositions/99999999999999999999", "/debats/99", "/comites/rien/debats",
        "/propositions/abc",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_a_404(app: Flask, client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("size", ["0", "-3", "x", "9999999999999999"])
def test_an_odd_page_size_still_gives_the_list(app: Flask, client: FlaskClient, size: str) -> None:
    assert client.get(f"/propositions?taille={size}").status_code == 200


def test_a_hidden_proposal_shows_to_its_author_and_those_who_decide(
    app: Flask, director: Resident
) -> None:
    comite = make_body()
    proposal, draft = waiting(body_id=comite.id), drafted(body_id=comite.id)
    referent = make_with_role(Role.REFERENT, body=comite)
    elsewhere = make_with_role(Role.REFERENT, body=make_body())

    def seen(person: Resident | None, which: Proposal) -> int:
        visitor = Visitor(app)
        if person is not None:
            visitor.sign_in(person)
        return visitor.get(f"/propositions/{which.id}").status_code

    for person in (author_of(proposal), director, referent):
        assert seen(person, proposal) == 200
    for stranger in (None, elsewhere, make_resident()):
        assert seen(stranger, proposal) == 404
    assert (seen(author_of(draft), draft), seen(director, draft)) == (200, 404)


def test_the_review_list_holds_what_one_decides_of(app: Flask, director: Resident) -> None:
    comite = make_body()
    waiting(title="Ici", body_id=comite.id)
    waiting(title="Ailleurs")
    referent = make_with_role(Role.REFERENT, body=comite)

    hers = _page(Visitor(app).sign_in(referent), "/propositions/a-examiner")
    all_of_them = _page(Visitor(app).sign_in(director), "/propositions/a-examiner")

    assert "Ici" in hers and "Ailleurs" not in hers
    assert "Ici" in all_of_them and "Ailleurs" in all_of_them
    stranger = Visitor(app).sign_in(make_resident())
    assert stranger.get("/propositions/a-examiner").status_code == 403


def test_children_are_read_by_their_given_name_alone(app: Flask, client: FlaskClient) -> None:
    comite = make_body(theme="enfant", name="Comité enfant")
    child = make_resident("Nour", family_name="Zidane", year_of_birth=1990)
    proposal = make_proposal(child, body_id=comite.id)
    comments.comment(proposal, child, "Un toboggan !")
    named = {"given_name": "Nour", "family_name": "Zidane"}
    referent = make_with_role(Role.REFERENT, body=comite, **named)
    debate = debates.open_debate(comite, referent, "La cour", "Que changer ?")
    comments.comment(debate, referent, "Les arbres.")

    for path in ("/propositions", f"/propositions/{proposal.id}", f"/debats/{debate.id}"):
        page = _page(client, path)
        assert "Nour" in page and "Nour Z" not in page


def test_the_history_says_who_and_why(app: Flask, client: FlaskClient, director: Resident) -> None:
    proposal = waiting()
    lifecycle.refuse(proposal, director, "La Ville le fait déjà.")

    page = _page(client, f"/propositions/{proposal.id}")

    assert director.display_name in page and "La Ville le fait déjà." in page


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.DRAFT, Status.SUBMITTED)])
def test_every_state_says_what_comes_next(app: Flask, client: FlaskClient, status: Status) -> None:
    proposal = make_proposal(status=status.value)

    assert "Et maintenant" in _page(client, f"/propositions/{proposal.id}")


def test_a_comment_taken_back_leaves_its_place_and_its_answers(
    app: Flask, client: FlaskClient
) -> None:
    proposal, author = make_proposal(), make_resident()
    said = comments.comment(proposal, author, "Je regrette.")
    comments.comment(proposal, make_resident(), "Je réponds.", parent_id=said.id)
    comments.delete_comment(said, author)

    page = _page(client, f"/propositions/{proposal.id}")

    assert "Commentaire retiré par son auteur" in page
    assert "Je réponds." in page and "Je regrette." not in page


def test_comments_go_fifty_threads_a_page(app: Flask, client: FlaskClient) -> None:
    proposal = make_proposal()
    _comments(255, proposal)

    first = _page(client, f"/propositions/{proposal.id}")
    second = _page(client, f"/propositions/{proposal.id}?page=2")

    assert "Mot 254" in first and "Mot 0<" not in first and "Mot 0<" in second


def test_a_proposal_shows_what_was_decided_of_it(client: Visitor) -> None:
    proposal = make_proposal()
    decision = make_decision(make_held(make_body()), proposal_id=proposal.id)

    page = _page(client, f"/propositions/{proposal.id}")

    assert decision.title in page and f"/conseil/decisions/{decision.year}-" in page


def test_what_the_front_page_and_the_colleagues_ask(app: Flask, statements: Statements) -> None:
    comite, author = make_body(), make_resident()
    one = make_proposal(author, title="Un", body_id=comite.id, support_count=3)
    make_proposal(title="Deux", status=Status.VOTING.value)
    draft = drafted(author, title="Trois")

    statements.reset()
    seeking = queries.seeking_supports(5)

    assert len(statements) == 1
    assert [(row.title, row.body, row.support_count) for row in seeking] == [("Un", comite.name, 3)]
    assert queries.open_for_vote_choices(comite.id) == [(one.id, "Un", 3)]
    assert queries.open_for_vote_choices(make_body().id) == []
    assert [row.id for row in queries.my_proposals(author)] == [draft.id, one.id]
    assert queries.titles([one.id]) == {one.id: "Un"} and queries.titles([]) == {}


def test_history_is_kept_in_order(app: Flask, director: Resident) -> None:
    proposal = drafted()
    lifecycle.submit(proposal, author_of(proposal))
    lifecycle.admit(proposal, director)

    steps = db.session.query(ProposalStep).order_by(ProposalStep.id).all()

    assert [(step.from_status, step.to_status) for step in steps] == [
        ("draft", "submitted"), ("submitted", "gathering"),
    ]  # fmt: skip
