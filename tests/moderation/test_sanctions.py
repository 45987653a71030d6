"""Keeping someone from writing for a time, and from nothing else."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.clock import at, civil_day, now, today
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.core.typography import date_fr
from app.moderation import sanctions
from app.moderation.bulk import hide_as_spam
from app.moderation.models import Sanction
from app.proposals import debates, lifecycle, policies, services
from app.proposals.models import Comment, Status
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.moderation.support import (
    audited,
    case_about,
    moderator,
    new_account,
    referent,
    reported,
    said,
)
from tests.proposals.support import drafted
from tests.support import Ledger, Visitor, told

WHY = "Trois messages blessants en une semaine."


def director() -> Resident:
    return make_with_role(Role.DIRECTOR)


def suspended(person: Resident, days: int = 7, by: Resident | None = None) -> Sanction:
    return sanctions.suspend(person, by or director(), today() + timedelta(days=days), WHY)


def count(model: type[Sanction]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_someone_suspended_writes_nothing_and_keeps_every_other_right(ledger: Ledger) -> None:
    person, comite, proposal = make_resident(), make_body(), make_proposal()
    draft = drafted(person)
    suspended(person)

    with pytest.raises(Forbidden, match="voter, soutenir"):
        said(proposal, person)
    with pytest.raises(Forbidden, match="voter, soutenir"):
        lifecycle.submit(draft, person)
    with pytest.raises(Forbidden, match="voter, soutenir"):
        debates.open_debate(comite, person, "Sujet", "Texte")
    services.support(proposal, person)

    assert ledger.acts() == ["proposal:supported"]
    assert not policies.can_comment(person, proposal)
    assert draft.status == Status.DRAFT


def test_the_person_is_told_why_and_until_when_and_what_stays_open(app: Flask) -> None:
    person = make_resident()

    suspended(person)

    assert "Vous ne pouvez plus écrire" in told(person)[0]
    [line] = audited()
    assert (line.act, line.subject_id, line.details) == (
        "sanction:given",
        person.id,
        {"after": {"until": (today() + timedelta(days=7)).isoformat()}},
    )


def test_every_page_names_the_same_last_day(client: Visitor) -> None:
    person, boss = make_resident(), director()
    sanction = suspended(person, days=9, by=boss)
    last_day = today() + timedelta(days=9)

    client.sign_in(boss)
    listed = client.get("/moderation/suspensions").text
    client.sign_in(person)
    banner = client.get(f"/propositions/{make_proposal().id}").text
    copy = client.get("/moi/donnees").text

    for page in (listed, banner, copy, told(person)[0]):
        assert date_fr(last_day) in page
        assert date_fr(last_day + timedelta(days=1)) not in page
    assert civil_day(sanction.until) == last_day
    with at(sanction.until - timedelta(minutes=1)):
        assert person.is_silenced


def test_it_ends_by_itself(app: Flask) -> None:
    person = make_resident()
    suspended(person, days=2)

    with at(now() + timedelta(days=4)):
        assert not person.is_silenced


def test_lifting_one_leaves_the_other(app: Flask) -> None:
    person, boss = make_resident(), director()
    short, long = suspended(person, 2), suspended(person, 30)

    sanctions.lift(long, boss)

    assert person.silenced_until == short.until
    sanctions.lift(short, boss)
    assert person.silenced_until is None
    assert "de nouveau écrire" in told(person)[-1]
    with pytest.raises(Conflict):
        sanctions.lift(short, boss)


@pytest.mark.parametrize("role", [Role.DESK, Role.REFERENT, Role.CONSEIL])
def test_the_direction_alone_suspends(app: Flask, role: Role) -> None:
    by = make_with_role(role, body=make_body() if role is Role.REFERENT else None)

    with pytest.raises(Forbidden):
        suspended(make_resident(), by=by)

    assert count(Sanction) == 0


def test_nobody_suspends_or_frees_themselves(app: Flask) -> None:
    boss, other = director(), director()

    with pytest.raises(Forbidden):
        suspended(boss, by=boss)
    given = suspended(boss, by=other)
    with pytest.raises(Forbidden):
        sanctions.lift(given, boss)

    assert boss.is_silenced


@pytest.mark.parametrize(("days", "why"), [(-1, WHY), (400, WHY), (7, "  ")])
def test_a_day_past_too_far_or_no_reason_is_refused(app: Flask, days: int, why: str) -> None:
    with pytest.raises(Invalid):
        sanctions.suspend(make_resident(), director(), today() + timedelta(days=days), why)

    assert count(Sanction) == 0


def test_a_flood_is_hidden_at_once_and_its_authors_suspended(app: Flask) -> None:
    spammer, boss = new_account(), director()
    flood = [case_about(said(author=spammer)).id for _number in range(4)]

    assert hide_as_spam(flood, boss, silence=True) == (4, 0)

    assert set(db.session.scalars(select(Comment.hidden_rule))) == {"publicite"}
    assert count(Sanction) == 1 and spammer.is_silenced


def test_a_flood_leaves_what_is_not_one_s_own_to_decide(app: Flask) -> None:
    here = make_body()
    by = referent(here)
    mine = reported(said(make_proposal(body_id=here.id))).id
    other, own = reported(said()).id, reported(said(make_proposal(body_id=here.id), by)).id

    assert hide_as_spam([mine, other, own], by, silence=True) == (1, 2)

    assert count(Sanction) == 0
    with pytest.raises(Invalid):
        hide_as_spam([], by)


def test_the_pages_of_suspensions(client: Visitor) -> None:
    person, boss = make_resident("Paul"), director()
    client.sign_in(boss)
    path = f"/moderation/suspensions/{person.id}/nouvelle"
    day = (today() + timedelta(days=7)).isoformat()

    empty = client.get("/moderation/suspensions").get_data(as_text=True)
    wrong = client.send(path, {"last_day": day, "reason": ""})
    given = client.send(path, {"last_day": day, "reason": WHY})
    listed = client.get("/moderation/suspensions").get_data(as_text=True)
    number = db.session.scalars(select(Sanction.id)).one()
    lifted = client.send(f"/moderation/suspensions/{number}/levee")

    assert "Personne n’est suspendu." in empty
    assert (wrong.status_code, given.status_code, lifted.status_code) == (422, 302, 302)
    assert "Paul" in listed and WHY in listed
    db.session.rollback()
    assert not person.is_silenced


def test_a_suspended_person_reads_it_where_they_would_write(client: Visitor) -> None:
    person, proposal = make_resident(), make_proposal()
    suspended(person)
    client.sign_in(person)

    page = client.get(f"/propositions/{proposal.id}").get_data(as_text=True)
    new = client.get("/propositions/nouvelle").get_data(as_text=True)
    tried = client.send(f"/propositions/{proposal.id}/commentaires", {"text": "Je dis pourtant."})

    assert "Vous ne pouvez pas écrire jusqu’au" in page and 'id="text"' not in page
    assert "Vous ne pouvez rien envoyer jusqu’au" in new and 'value="send"' not in new
    assert tried.status_code == 403 and "Je dis pourtant." in tried.get_data(as_text=True)


def test_the_desk_moderates_but_does_not_see_suspensions(client: Visitor) -> None:
    client.sign_in(moderator())

    assert client.get("/moderation").status_code == 200
    for path in ("/moderation/suspensions", "/moderation/bilan"):
        assert client.get(path).status_code == 403


def test_someone_suspended_without_an_address_reads_why_on_the_site(client: Visitor) -> None:
    person = make_resident(email=None, email_confirmed_at=None)
    director = make_with_role(Role.DIRECTOR)
    sanctions.suspend(person, director, today() + timedelta(days=7), "Des insultes, trois fois.")
    client.sign_in(person)

    page = client.get("/moi").text

    assert "Des insultes, trois fois." in page
    assert date_fr(today() + timedelta(days=7)) in page
