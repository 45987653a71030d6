"""An agent acts with someone who is there: it is short, said, and in one name at a time."""

import re
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.access_models import SignIn
from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.models import AuditEntry
from app.core.clock import at, now
from app.core.db import atomic, db
from app.core.errors import Conflict
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.desk import assistance_services as services
from app.desk.models import Assistance
from app.ledger.acts import Act
from app.notifications.models import Notification
from tests.at_once import all_at_once
from tests.desk.assisting import assistances, with_
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.support import Ledger, Visitor, audited


def test_the_screen_becomes_the_person_s_under_a_banner_on_every_page(client: Visitor) -> None:
    fatou = make_resident("Fatou", family_name="Camara")

    with_(client, fatou)

    for path in ("/moi", "/", "/propositions", "/adresse-inconnue", "/accueil"):
        page = client.get(path)
        assert "Vous agissez avec Fatou C." in page.text, path
        assert "encore 30 minutes" in page.text, path
        assert 'action="/accueil/agir/fin"' in page.text, path
    assert "Bonjour Fatou" in client.get("/moi").text
    assert client.get("/accueil").status_code == 403


def test_nothing_begins_unless_the_agent_says_that_the_person_is_there(client: Visitor) -> None:
    fatou = make_resident("Fatou")
    client.sign_in(make_with_role(Role.DESK))

    answer = client.send(f"/accueil/personnes/{fatou.id}/agir", {"purpose": "voter"})

    assert answer.status_code == 422
    assert "Cochez cette case" in answer.text
    assert "voter" in answer.text
    assert (assistances(), audited()) == ([], [])


@pytest.mark.parametrize(
    "role", [Role.DESK, Role.DIRECTOR, Role.ADMINISTRATOR, Role.REFERENT], ids=str
)
def test_nobody_acts_for_whoever_decides_for_others(client: Visitor, role: Role) -> None:
    body = make_body() if role is Role.REFERENT else None
    other = make_with_role(role, body=body)
    client.sign_in(make_with_role(Role.DIRECTOR))
    address = f"/accueil/personnes/{other.id}/agir"

    answers = [client.get(address), client.send(address, {"present": "1"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert assistances() == []


def test_nobody_acts_for_themselves_nor_a_resident_for_another(client: Visitor) -> None:
    agent, fatou = make_with_role(Role.DESK), make_resident("Fatou")
    client.sign_in(agent)
    mine = client.send(f"/accueil/personnes/{agent.id}/agir", {"present": "1"})
    client.sign_in(make_resident())

    theirs = client.send(f"/accueil/personnes/{fatou.id}/agir", {"present": "1"})

    assert (mine.status_code, theirs.status_code) == (403, 403)
    assert assistances() == []


def sign_in_of(agent: Resident) -> SignIn:
    found = db.session.scalars(select(SignIn).where(SignIn.resident_id == agent.id)).one()
    return found


def test_one_session_acts_for_one_person_at_a_time_even_at_once(
    app: Flask, client: Visitor
) -> None:
    agent, people = make_with_role(Role.DESK), [make_resident() for _ in range(8)]
    client.sign_in(agent)
    agent_id, hashed = agent.id, sign_in_of(agent).token_hash
    ids = [person.id for person in people]

    def begin(person_id: int) -> str:
        services.start(
            db.session.get_one(Resident, agent_id),
            db.session.get_one(Resident, person_id),
            db.session.get_one(SignIn, hashed),
        )
        return "begun"

    outcomes = all_at_once(app, [partial(begin, one) for one in ids])

    assert outcomes.count("begun") == 1
    assert outcomes.count(Conflict) == 7
    assert len(assistances()) == 1


def test_the_database_refuses_more_than_thirty_minutes(client: Visitor) -> None:
    with_(client, make_resident("Fatou"))

    @atomic
    def stretch(minutes: float) -> None:
        until = assistances()[0].started_at + timedelta(minutes=minutes)
        db.session.execute(update(Assistance).values(until=until))

    stretch(30)
    with pytest.raises(IntegrityError):
        stretch(31)


def test_after_thirty_minutes_nothing_goes_in_either_name(client: Visitor, ledger: Ledger) -> None:
    fatou, proposal = make_resident("Fatou"), make_proposal()
    with_(client, fatou)

    with at(now() + timedelta(minutes=31)):
        answer = client.send(f"/propositions/{proposal.id}/soutiens")
        page = client.get(answer.headers["Location"])

    assert answer.headers["Location"] == f"/accueil/personnes/{fatou.id}"
    assert "rien n’a été envoyé" in page.text
    assert "Vous agissez avec" not in page.text
    assert ledger.entries(Act.PROPOSAL_SUPPORTED) == []
    (assistance,) = assistances()
    assert assistance.ended_at == assistance.until


def test_a_form_opened_before_is_not_sent_in_another_name_without_a_word(
    client: Visitor, ledger: Ledger
) -> None:
    """A tab of the person's is still open when the agent ends in another."""
    proposal = make_proposal()
    with_(client, make_resident("Fatou"))
    page = client.get(f"/propositions/{proposal.id}")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    client.post("/accueil/agir/fin", data={"csrf_token": token.group(1)})

    answer = client.post(
        f"/propositions/{proposal.id}/soutiens", data={"csrf_token": token.group(1)}
    )

    assert answer.status_code == 400
    assert "Encore un clic" in answer.text
    assert ledger.entries(Act.PROPOSAL_SUPPORTED) == []


def test_the_end_brings_back_to_the_sheet_and_tells_the_person(client: Visitor) -> None:
    fatou = make_resident("Fatou", email="fatou@example.org")
    proposal = make_proposal(title="Des bancs")
    agent = with_(client, fatou, "les bancs")
    client.send(f"/propositions/{proposal.id}/soutiens")

    answer = client.send("/accueil/agir/fin")

    assert answer.headers["Location"] == f"/accueil/personnes/{fatou.id}"
    sheet = client.get(answer.headers["Location"])
    assert "Imprimer la liste pour elle" in sheet.text
    notes = select(Notification).where(Notification.resident_id == fatou.id)
    (told,) = db.session.scalars(notes)
    assert (told.text, told.url) == (
        "Une chose a été faite avec vous à l’accueil.",
        "/moi/avec-l-accueil",
    )
    (mail,) = db.session.scalars(select(OutboxMail).where(OutboxMail.to == "fatou@example.org"))
    assert "Vous avez soutenu" in mail.text
    assert f"/propositions/{proposal.id}" in mail.text
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.act for entry in entries] == [
        AuditAct.ASSISTANCE_STARTED,
        AuditAct.ASSISTANCE_ENDED,
    ]
    assert {entry.by_id for entry in entries} == {agent.id}
    assert entries[1].details == {"after": {"acts": 1}}


def test_when_nothing_was_done_there_is_nothing_to_print(client: Visitor) -> None:
    fatou = make_resident("Fatou")
    with_(client, fatou)

    sheet = client.get(client.send("/accueil/agir/fin").headers["Location"]).text
    listed = client.get(f"/accueil/accompagnements/{assistances()[0].id}").text

    assert "retrouvera la liste" not in sheet
    assert "Imprimer la liste" not in sheet
    assert "data-print" not in listed


def test_signing_out_ends_it_too(client: Visitor) -> None:
    with_(client, make_resident("Fatou"))

    client.send("/deconnexion")

    (assistance,) = assistances()
    assert assistance.ended_at is not None
    assert audited()[-1] == AuditAct.ASSISTANCE_ENDED
    assert client.get("/moi").status_code == 302


def test_a_screen_left_there_ends_by_itself(client: Visitor) -> None:
    fatou = make_resident("Fatou")
    agent = with_(client, fatou)
    assert services.close_overdue() == 0

    with at(now() + timedelta(minutes=31)):
        assert services.close_overdue() == 1
        assert services.close_overdue() == 0

    assert assistances()[0].ended_at is not None
    assert sign_in_of(agent).acting_for_id is None
    assert "Bonjour Samba" in client.get("/moi").text
