"""What is done with someone at the desk is listed, and told to them."""

import inspect
import re
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.clock import at, now
from app.core.db import atomic, db
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.desk import assistance_services as services
from app.desk.assistance_listing import WORDS
from app.desk.deeds import DEEDS
from app.ledger.acts import Act, Channel
from app.notifications.models import Notification
from app.proposals.models import Support
from app.voting.closing import close_poll
from app.voting.models import Emargement, SecretBallot
from tests.desk.assisting import assistances, listed, with_
from tests.factories import make_body, make_category, make_proposal, make_resident, make_with_role
from tests.support import Ledger, Statements, Visitor
from tests.voting.polls import after, make_poll


def do_many_things(client: Visitor, poll_id: int, option_ids: list[int]) -> list[str]:
    """Six things in a person's name, in as many rooms; gives where each was sent."""
    proposal, body = make_proposal(title="Des bancs à l’ombre"), make_body(name="Comité famille")
    category = make_category()
    done: list[tuple[str, dict[str, Any]]] = [
        (f"/propositions/{proposal.id}/soutiens", {}),
        (f"/propositions/{proposal.id}/commentaires", {"text": "Bonne idée, pour s’asseoir."}),
        (f"/comites/{body.slug}/rejoindre", {}),
        (
            "/propositions/nouvelle",
            {
                "title": "Une fontaine",
                "text": "Près du square, pour les enfants.",
                "category_id": str(category.id),
                "act": "send",
            },
        ),
        (f"/scrutins/{poll_id}/bulletin", {"choice": "yes"}),
        ("/moi/messages/lus", {}),
    ]
    for path, data in done:
        answer = client.send(path, data)
        assert answer.status_code == 302, (path, answer.text)
    return [path for path, _data in done]


def test_each_thing_done_is_on_the_list_and_counts_as_done_at_the_desk(
    client: Visitor, ledger: Ledger
) -> None:
    seen_by = make_with_role(Role.DESK).id
    fatou = make_resident("Fatou", email=None, email_confirmed_at=None, registered_by_id=seen_by)
    poll = make_poll()
    agent = with_(client, fatou, "voter")

    paths = do_many_things(client, poll.id, [option.id for option in poll.options])

    lines = listed()
    assert len(lines) == len(paths)
    assert [re.sub(r"\s", " ", line.said) for line in lines] == [
        "Vous avez soutenu « Des bancs à l’ombre ».",
        "Vous avez commenté « Des bancs à l’ombre ».",
        "Vous avez rejoint « Comité famille ».",
        "Vous avez envoyé la proposition « Une fontaine ».",
        f"Vous avez voté : « {poll.title} ». De votre choix, cette liste ne garde rien.",
        "Vos messages sont notés comme lus.",
    ]
    assert [line.can_be_undone for line in lines] == [True, True, True, True, False, False]
    assert lines[4].url == f"/scrutins/{poll.id}/recu"
    entries = [
        entry for entry in ledger.entries() if entry.participation_key == fatou.participation_key
    ]
    assert [Act(entry.act) for entry in entries] == [
        Act.PROPOSAL_SUPPORTED,
        Act.COMMENT_POSTED,
        Act.BODY_JOINED,
        Act.PROPOSAL_SUBMITTED,
    ]
    assert {entry.channel for entry in entries} == {Channel.DESK}
    assert {entry.entered_by_key for entry in entries} == {agent.participation_key}


def test_of_a_secret_vote_the_list_keeps_neither_the_choice_nor_the_minute(
    client: Visitor, ledger: Ledger
) -> None:
    fatou, poll = make_resident("Fatou"), make_poll()
    moment = now()
    with at(moment):
        with_(client, fatou)

    with at(moment + timedelta(minutes=12)):
        client.send(f"/scrutins/{poll.id}/voter", {"choice": "yes"})
        client.send(f"/scrutins/{poll.id}/bulletin", {"choice": "yes"})

    (line,) = listed()
    assert line.done_at == assistances()[0].started_at
    assert db.session.scalar(select(func.count()).select_from(SecretBallot)) == 1
    assert db.session.scalar(select(Emargement.channel)) == Channel.DESK
    client.send("/accueil/agir/fin")
    kept = [
        *(f"{one.said} {one.url}" for one in listed()),
        *db.session.scalars(select(Notification.text).where(Notification.url == services.MY_LIST)),
        *db.session.scalars(
            select(OutboxMail.text).where(OutboxMail.text.contains("à l’accueil."))
        ),
        *(str(one) for one in db.session.scalars(select(AuditEntry.details))),
    ]
    assert len(kept) > 4
    assert [words for words in kept if re.search(r"yes|« pour|contre|oui\b", words, re.I)] == []
    with after(poll):
        close_poll(poll)
    (entry,) = ledger.entries(Act.POLL_PARTICIPATED)
    assert (entry.channel, entry.participation_key) == (Channel.DESK, fatou.participation_key)
    assert entry.happened_at is None


def test_what_is_refused_is_not_on_the_list(client: Visitor, ledger: Ledger) -> None:
    proposal = make_proposal()
    with_(client, make_resident("Fatou"))
    client.send(f"/propositions/{proposal.id}/soutiens")
    before = len(ledger.acts())

    again = client.send(f"/propositions/{proposal.id}/soutiens")
    empty = client.send(f"/propositions/{proposal.id}/commentaires", {"text": ""})

    assert (again.status_code, empty.status_code) == (409, 422)
    assert len(listed()) == 1
    assert len(ledger.acts()) == before


def test_an_act_whose_line_cannot_be_written_is_not_done(client: Visitor, ledger: Ledger) -> None:
    """The list disappears under the session: better nothing than an act nobody is told of."""
    fatou, proposal = make_resident("Fatou"), make_proposal()
    with_(client, fatou)

    @atomic
    def lose() -> None:
        for one in assistances():
            one.ended_at = now()

    lose()
    answer = client.send(f"/propositions/{proposal.id}/soutiens")

    assert answer.status_code == 302
    assert ledger.entries(Act.PROPOSAL_SUPPORTED) == []
    assert db.session.scalar(select(func.count()).select_from(Support)) == 0
    assert listed() == []


def test_the_list_is_printed_for_someone_without_address_by_whoever_was_there(
    client: Visitor, app: Flask
) -> None:
    fatou = make_resident("Fatou", family_name="Camara", email=None)
    with_(client, fatou)
    client.send(f"/propositions/{make_proposal(title='Des bancs').id}/soutiens")
    client.send("/accueil/agir/fin")
    address = f"/accueil/accompagnements/{assistances()[0].id}"

    page = client.get(address)
    other = Visitor(app).sign_in(make_with_role(Role.DESK)).get(address)

    assert "Fatou Camara" in page.text
    assert "Vous avez soutenu «\u00a0Des bancs\u00a0»." in page.text
    assert f"localhost{listed()[0].url}" in page.text
    assert other.status_code == 404
    assert db.session.scalar(select(func.count()).select_from(OutboxMail)) == 0


def test_the_next_sign_in_shows_once_what_was_done(client: Visitor, app: Flask) -> None:
    fatou = make_resident("Fatou", pin="123456")
    proposal = make_proposal(title="Des bancs")
    with_(client, fatou)
    client.send(f"/propositions/{proposal.id}/soutiens")
    client.send("/accueil/agir/fin")
    hers = Visitor(app)
    card = {"identifier": fatou.card_number, "secret": "123456"}

    hers.send("/connexion", card)
    sent = hers.get("/propositions?page=1")
    page = hers.get(sent.headers["Location"])

    assert sent.headers["Location"].startswith("/moi/avec-l-accueil?next=")
    assert "Des bancs" in page.text
    assert 'href="/propositions?page=1"' in page.text
    assert hers.get("/propositions").status_code == 200
    hers.send("/deconnexion")
    hers.send("/connexion", card)
    assert hers.get("/propositions").status_code == 200
    assert "Des bancs" in hers.get("/moi/avec-l-accueil").text


def test_the_agent_s_look_does_not_count_as_the_person_s(client: Visitor, app: Flask) -> None:
    fatou = make_resident("Fatou")
    with_(client, fatou)
    client.send("/accueil/agir/fin")
    client.send(f"/accueil/personnes/{fatou.id}/agir", {"present": "1"})

    client.get("/moi/avec-l-accueil")
    client.send("/accueil/agir/fin")

    assert [one.shown_at for one in assistances()] == [None, None]
    hers = Visitor(app).sign_in(fatou)
    with hers.session_transaction() as session:
        session["done-with-you"] = True
    assert hers.get("/moi").status_code == 302
    assert hers.get("/moi/avec-l-accueil").status_code == 200
    assert None not in [one.shown_at for one in assistances()]


def test_my_list_costs_the_same_however_long(client: Visitor, statements: Statements) -> None:
    fatou, agent = make_resident("Fatou"), make_with_role(Role.DESK)
    client.sign_in(agent)
    counts = []
    for _ in range(2):
        for _ in range(3):
            client.send(f"/accueil/personnes/{fatou.id}/agir", {"present": "1"})
            client.send(f"/propositions/{make_proposal().id}/soutiens")
            client.send("/accueil/agir/fin")
        reader = Visitor(client.application).sign_in(fatou)
        statements.reset()
        assert reader.get("/moi/avec-l-accueil").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 9


NOT_ACTS = {
    "desk.stop_assisting",
    "kiosk.still_here",
    "voting.choose_holder",
    "voting.pick_holder",
    "voting.review",
}
"""Those that leave everything as it was in the person's name."""


def all_that_is_called(view: Any, depth: int = 3) -> str:
    """The source of a view and of the functions of ours that it calls by name."""
    source = inspect.getsource(view)
    called = [view.__globals__.get(name) for name in view.__code__.co_names]
    for one in called if depth else []:
        if inspect.isfunction(one) and one.__module__.startswith("app."):
            source += all_that_is_called(inspect.unwrap(one), depth - 1)
    return source


def test_every_act_open_to_residents_says_something_to_be_listed(app: Flask) -> None:
    """A flash, or words of its own in WORDS: or its line would say nothing."""
    mute = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        policy = getattr(view, "policy", "")
        refused = getattr(view, "not_acting", False)
        if "POST" not in (rule.methods or ()) or policy != "signed_in" or refused:
            continue
        says = "flash(" in all_that_is_called(inspect.unwrap(view))
        if not says and rule.endpoint not in {*WORDS, *DEEDS, *NOT_ACTS}:
            mute.append(rule.endpoint)

    assert mute == []
