"""What waits or is hidden is on no page, in no list, no search, no count, for whom it is not."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.associations import services as associations
from app.associations.queries import association_choices
from app.bodies.models import Body
from app.core.db import atomic, db
from app.core.errors import Forbidden
from app.core.mail import OutboxMail
from app.core.moderated import WAITING
from app.core.rights import Role
from app.core.search import SearchDocument
from app.moderation import cases
from app.moderation.kinds import BY_TABLE, Content
from app.moderation.models import KEPT, Case
from app.proposals import comments, lifecycle, queries, services
from app.proposals.models import Debate
from app.proposals.moves import WrongMoment
from tests.associations.factories import details, make_association, make_formed
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.moderation.debates import open_debate
from tests.moderation.support import WORDS, hidden, moderator, new_account, referent, said
from tests.support import Visitor

PUBLIC = (
    "/",
    "/propositions",
    f"/propositions?q={WORDS}",
    "/comites/comite-famille",
    "/comites/comite-famille/debats",
    "/associations",
    f"/associations?q={WORDS}",
    "/collectifs",
    f"/recherche?q={WORDS}",
    "/api/v1/indicateurs",
    "/conseil/decisions",
    "/scrutins",
    "/charte",
)


def _proposal() -> Content:
    comite = db.session.scalars(select(Body)).first()
    assert comite is not None
    proposal = make_proposal(
        body_id=comite.id,
        title=f"{WORDS} pour tous",
        text=f"{WORDS} !",
        status="submitted",
        published_at=None,
    )
    lifecycle.admit(proposal, make_with_role(Role.DIRECTOR))
    return proposal


def _association() -> Content:
    return make_association(name=f"Les {WORDS}s", purpose=WORDS)


def _collectif() -> Content:
    return make_formed(name=f"Collectif {WORDS}")


def _debate() -> Content:
    comite = db.session.scalars(select(Body)).first()
    assert comite is not None
    return open_debate(comite, f"{WORDS} ou pas")


CONTENTS: dict[str, Callable[[], Content]] = {
    "proposition": _proposal,
    "commentaire": said,
    "debat": _debate,
    "association": _association,
    "collectif": _collectif,
}


def pages(client: FlaskClient, own: str) -> dict[str, str]:
    return {path: client.get(path).get_data(as_text=True) for path in (*PUBLIC, own)}


def _where(client: FlaskClient, own: str) -> list[str]:
    """Where the content shows; what was searched for is on the page of results anyway."""
    return [
        path
        for path, page in pages(client, own).items()
        if WORDS
        in page.replace(f"q={WORDS}", "")
        .replace(f'value="{WORDS}"', "")
        .replace(f"«\xa0{WORDS}\xa0»", "")
    ]


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_hidden_content_is_nowhere_and_comes_back(client: Visitor, kind: str) -> None:
    make_body(name="Comité famille")
    content = CONTENTS[kind]()
    own = BY_TABLE[content.__tablename__].url(content).split("#")[0]
    shown = _where(client, own)

    case = hidden(content)
    gone = _where(client, own)
    status = client.get(own).status_code
    rule_given = "Respecter chacun" in client.get(own).get_data(as_text=True)
    _keep(case.id)

    assert own in shown and len(shown) >= (1 if kind == "commentaire" else 2)
    assert gone == []
    assert status == (200 if kind == "commentaire" else 410)
    assert rule_given
    assert _where(client, own) == shown


def _keep(case_id: int) -> None:
    case = db.session.get_one(Case, case_id)
    cases.decide(case, moderator(), case.version, cases.Choice(KEPT))


@pytest.mark.parametrize("kind", ["commentaire", "debat"])
def test_what_waits_is_nowhere_and_its_author_and_moderators_read_it(
    client: Visitor, app: Flask, kind: str
) -> None:
    comite, author = make_body(name="Comité famille"), new_account()
    content = said(author=author) if kind == "commentaire" else _waiting(comite.id, author.id)
    own = BY_TABLE[content.__tablename__].url(content).split("#")[0]

    assert _where(client, own) == []
    assert _where(Visitor(app).sign_in(make_resident()), own) == []
    for reader in (author, moderator()):
        assert own in _where(Visitor(app).sign_in(reader), own)


@atomic
def _waiting(body_id: int, author_id: int) -> Debate:
    debate = Debate(body_id=body_id, author_id=author_id, title=WORDS, text=WORDS)
    debate.visibility = WAITING
    db.session.add(debate)
    db.session.flush()
    return debate


def test_the_author_and_moderators_still_read_what_is_hidden(client: Visitor, app: Flask) -> None:
    comite = make_body(name="Comité famille")
    author = make_resident()
    proposal = make_proposal(author, text=f"{WORDS} !", body_id=comite.id)
    hidden(proposal)
    path = f"/propositions/{proposal.id}"

    for reader in (author, moderator(), referent(comite)):
        page = Visitor(app).sign_in(reader).get(path)
        assert page.status_code == 200 and WORDS in page.get_data(as_text=True)
        assert "Masqué par la modération" in page.get_data(as_text=True)
    other = Visitor(app).sign_in(referent(make_body())).get(path)
    assert (other.status_code, WORDS in other.get_data(as_text=True)) == (410, False)


def test_a_hidden_comment_leaves_its_place_and_its_answers(client: Visitor) -> None:
    proposal = make_proposal()
    one = said(proposal)
    comments.comment(proposal, make_resident(), "Je réponds.", parent_id=one.id)
    hidden(one)

    page = client.get(f"/propositions/{proposal.id}").get_data(as_text=True)

    assert "Ce commentaire a été masqué par la modération." in page
    assert "Je réponds." in page and WORDS not in page


def test_what_is_hidden_takes_no_support_no_comment_and_no_vote(client: Visitor) -> None:
    proposal = make_proposal()
    hidden(proposal)
    person = make_resident()

    with pytest.raises(Forbidden):
        services.support(proposal, person)
    with pytest.raises(Forbidden):
        said(proposal, person)
    with pytest.raises(WrongMoment):
        lifecycle.put_to_vote(proposal, person)

    assert queries.open_for_vote_choices(None) == []
    assert queries.seeking_supports(5) == []


def test_a_hidden_association_is_offered_and_linked_nowhere(app: Flask) -> None:
    association = make_association()
    hidden(association)

    assert association_choices() == []


def test_editing_a_hidden_association_does_not_make_it_findable(app: Flask) -> None:
    speaker = make_resident()
    association = make_association(speaker)
    hidden(association)

    associations.edit(speaker, association, details(name=association.name))

    assert db.session.scalars(select(SearchDocument)).all() == []


def test_no_mail_tells_others_what_waits(app: Flask) -> None:
    moderator()
    said(author=new_account())

    assert all(WORDS not in mail.text for mail in db.session.scalars(select(OutboxMail)))
