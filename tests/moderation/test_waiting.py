"""What is read before it shows: children's words, and the first ones of a new account."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask, g

from app.accounts.adhesion_models import Adhesion, AdhesionPerson
from app.accounts.models import Resident
from app.core.clock import at, now, today
from app.core.db import atomic, db
from app.core.errors import Invalid
from app.core.moderated import SHOWN, WAITING
from app.core.rights import Role
from app.ledger.acts import Act, Channel
from app.moderation import cases
from app.moderation.cases import Choice
from app.moderation.jobs import remind
from app.moderation.models import CHILD, FIRST, HIDDEN, KEPT
from app.proposals import comments, debates, holding
from tests.accounts.family_support import make_child
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.moderation.support import case_about, moderator, new_account, referent, said
from tests.proposals.support import set_rule
from tests.support import Ledger, Visitor, told


@atomic
def _adhere(person: Resident) -> None:
    adhesion = Adhesion(
        kind="individual",
        season=2026,
        fee_cents=800,
        payment="especes",
        receipt_year=2026,
        receipt_rank=1,
        holder_id=person.id,
    )
    db.session.add(adhesion)
    db.session.flush()
    db.session.add(AdhesionPerson(adhesion_id=adhesion.id, resident_id=person.id, season=2026))


def test_a_new_account_s_first_word_waits_and_counts_for_nothing_yet(ledger: Ledger) -> None:
    proposal = make_proposal()

    one = said(proposal, new_account())

    assert one.visibility == WAITING
    assert ledger.acts() == []
    db.session.refresh(proposal)
    assert proposal.comment_count == 0
    assert case_about(one).cause == FIRST


def test_once_admitted_it_counts_from_the_day_it_was_written(ledger: Ledger) -> None:
    comite, author = make_body(), new_account()
    proposal = make_proposal(body_id=comite.id)
    with at(now() - timedelta(days=2)):
        one = said(proposal, author)
    case = case_about(one)

    cases.decide(case, moderator(), case.version, Choice(KEPT))

    [entry] = ledger.entries(Act.COMMENT_POSTED)
    assert (entry.participation_key, entry.body_id) == (author.participation_key, comite.id)
    assert entry.day == today() - timedelta(days=2)
    db.session.refresh(proposal)
    assert (one.visibility, proposal.comment_count) == (SHOWN, 1)
    assert any("est publié" in text for text in told(author))


def test_refused_it_never_counts(ledger: Ledger) -> None:
    one = said(author=new_account())
    case = case_about(one)

    cases.decide(case, moderator(), case.version, Choice(HIDDEN, "publicite"))

    assert ledger.acts() == []


def test_after_the_first_ones_nothing_waits(app: Flask) -> None:
    set_rule("first_posts", 2)
    author = new_account()

    for _number in range(2):
        case = case_about(said(author=author))
        cases.decide(case, moderator(), case.version, Choice(KEPT))
    db.session.refresh(author)

    assert said(author=author).is_shown


def test_the_centre_may_ask_for_none(app: Flask) -> None:
    set_rule("first_posts", 0)

    assert said(author=new_account()).is_shown


@pytest.mark.parametrize("how", ["desk", "role", "adhesion", "kiosk"])
def test_whoever_the_centre_has_seen_is_trusted(app: Flask, how: str) -> None:
    author = new_account()
    if how == "desk":
        author = new_account(registered_by_id=moderator().id)
    if how == "role":
        author = make_with_role(Role.CONSEIL, admitted_posts=0)
    if how == "adhesion":
        _adhere(author)

    with app.test_request_context():
        if how == "kiosk":
            g.channel = Channel.KIOSK
        assert holding.cause_to_wait(author, None, None) is None


def test_a_child_s_word_waits_for_a_referent_of_the_children_s_comite(ledger: Ledger) -> None:
    comite = make_body(theme="enfant", name="Comité enfant")
    adult, child = referent(comite), make_child()
    debate = debates.open_debate(comite, adult, "La cour", "Que changer ?")
    before = len(ledger.entries())

    one = said(debate, child)

    case = case_about(one)
    assert (one.visibility, case.cause, case.body_id) == (WAITING, CHILD, comite.id)
    assert len(ledger.entries()) == before
    assert told(adult) == ["Un contenu attend d’être lu par la modération."]
    cases.decide(case, adult, case.version, Choice(KEPT))
    assert one.is_shown


def test_nobody_writes_unread_in_the_children_s_comite(app: Flask) -> None:
    comite, day = make_body(theme="enfant"), date(2026, 11, 23)

    def cause(year: int | None) -> str | None:
        author = make_resident(year_of_birth=year)
        return holding.waits_because(
            author, comite.id, comite.theme, day, first_posts=0, is_seen=True
        )

    assert [cause(year) for year in (2015, 2008, 1980, None)] == [CHILD] * 4


def test_a_child_s_debate_waits_too(app: Flask) -> None:
    comite, child = make_body(theme="enfant"), make_child()
    from_member = make_with_role(Role.REFERENT, body=comite)

    waiting = holding.cause_to_wait(child, comite.id, comite.theme)

    assert waiting == CHILD
    assert debates.open_debate(comite, from_member, "La cour", "Que changer ?").is_shown


def test_those_who_decide_of_a_draft_are_its_only_readers_so_nothing_waits(app: Flask) -> None:
    author = new_account()
    proposal = make_proposal(author, status="submitted", published_at=None)

    assert said(proposal, author).is_shown


def test_an_author_takes_back_what_waits_and_nobody_need_read_it(app: Flask) -> None:
    author = new_account()
    one = said(author=author)

    comments.delete_comment(one, author)

    case = case_about(one)
    assert case.decided_at is not None and case.outcome is None


def test_an_author_is_told_that_it_will_be_read(client: Visitor) -> None:
    proposal, author = make_proposal(), new_account()
    client.sign_in(author)

    before = client.get(f"/propositions/{proposal.id}").get_data(as_text=True)
    answer = client.send(f"/propositions/{proposal.id}/commentaires", {"text": "Bonjour à tous."})
    page = client.get(answer.location).get_data(as_text=True)

    assert "L’équipe le lira avant qu’il paraisse" in before
    assert "L’équipe le lira avant qu’il paraisse" in page
    assert "Bonjour à tous." in page and "En attente de lecture" in page


def test_moderators_are_told_once_while_their_queue_is_not_empty(app: Flask) -> None:
    someone = moderator()

    for _number in range(3):
        said(author=new_account())

    assert told(someone) == ["Un contenu attend d’être lu par la modération."]


def test_what_waits_more_than_a_day_is_called_back_to_the_team_once(app: Flask) -> None:
    comite = make_body()
    someone, near = moderator(), referent(comite)
    said(make_proposal(body_id=comite.id), new_account())
    assert (told(someone), len(told(near))) == ([], 1)

    with at(now() + timedelta(hours=25)):
        assert (remind(), remind()) == (1, 0)

    assert told(someone) == ["Un contenu attend la modération depuis plus d’un jour."]
    assert len(told(near)) == 1


def test_nobody_answers_what_others_cannot_read(app: Flask) -> None:
    proposal = make_proposal()
    waiting = said(proposal, new_account())

    with pytest.raises(Invalid):
        comments.comment(proposal, make_resident(), "Ah ?", parent_id=waiting.id)


def test_the_day_someone_wrote_is_kept_whenever_it_is_read(app: Flask) -> None:
    one = said(author=new_account())

    assert isinstance(one.posted_at, datetime) and one.posted_at.tzinfo is not None
