"""Words under a proposal and in a debate."""

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.bodies.models import Membership
from app.core.db import atomic, db
from app.core.errors import Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.proposals import comments, debates
from app.proposals.models import Comment, Debate, Status
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.proposals.support import author_of, count, waiting
from tests.support import Ledger


@atomic
def _join(body_id: int, resident: Resident) -> None:
    db.session.add(Membership(body_id=body_id, resident_id=resident.id))


def test_a_comment_counts_for_the_proposal_s_comite(ledger: Ledger) -> None:
    comite = make_body()
    proposal = make_proposal(body_id=comite.id)

    comments.comment(proposal, make_resident(), "Bonne idée.")

    entry = ledger.entries(Act.COMMENT_POSTED)[0]
    assert (entry.body_id, entry.body_kind) == (comite.id, "comite")
    db.session.refresh(proposal)
    assert proposal.comment_count == 1


def test_what_is_said_before_publication_counts_for_no_comite(ledger: Ledger) -> None:
    proposal = waiting(body_id=make_body().id)

    comments.comment(proposal, author_of(proposal), "J’ajoute un plan.")

    assert ledger.entries()[0].body_id is None


def test_an_answer_to_an_answer_joins_the_same_thread(app: Flask) -> None:
    proposal = make_proposal()
    first = comments.comment(proposal, make_resident(), "Où ?")
    second = comments.comment(proposal, make_resident(), "Devant.", parent_id=first.id)

    third = comments.comment(proposal, make_resident(), "Merci.", parent_id=second.id)

    assert (second.parent_id, third.parent_id) == (first.id, first.id)


def test_an_answer_to_a_comment_made_elsewhere_is_refused(ledger: Ledger) -> None:
    elsewhere = comments.comment(make_proposal(), make_resident(), "Ici.")

    with pytest.raises(Invalid):
        comments.comment(make_proposal(), make_resident(), "Là.", parent_id=elsewhere.id)

    assert len(ledger.entries()) == count(Comment) == 1


def test_hidden_closed_and_unconfirmed_say_nothing(ledger: Ledger) -> None:
    hidden, refused = waiting(), make_proposal(status=Status.REFUSED.value)

    with pytest.raises(Forbidden):
        comments.comment(hidden, make_resident(), "Je vois ?")
    with pytest.raises(Forbidden):
        comments.comment(refused, make_resident(), "Dommage.")
    with pytest.raises(Forbidden, match="Confirmez"):
        comments.comment(make_proposal(), make_resident(email_confirmed_at=None), "Bonjour.")

    assert ledger.acts() == [] and count(Comment) == 0


def test_a_comment_taken_back_loses_its_words_and_keeps_its_answers(app: Flask) -> None:
    proposal, author = make_proposal(), make_resident()
    said = comments.comment(proposal, author, "Je regrette.")
    comments.comment(proposal, make_resident(), "Ne regrette pas.", parent_id=said.id)

    comments.delete_comment(said, author)

    db.session.refresh(proposal)
    assert (said.text, proposal.comment_count, count(Comment)) == ("", 1, 2)


def test_nobody_takes_back_another_s_comment(app: Flask, director: Resident) -> None:
    said = comments.comment(make_proposal(), make_resident(), "Je reste.")

    with pytest.raises(Forbidden):
        comments.delete_comment(said, director)

    assert said.text == "Je reste."


def test_a_member_opens_a_debate_and_what_is_said_counts(ledger: Ledger) -> None:
    comite, member = make_body(), make_resident()
    _join(comite.id, member)

    debate = debates.open_debate(comite, member, "Les horaires", "Faut-il ouvrir le soir ?")
    comments.comment(debate, make_resident(), "Oui, le jeudi.")

    assert ledger.entries()[0].body_id == comite.id
    db.session.refresh(debate)
    assert debate.comment_count == 1


def test_someone_outside_the_comite_opens_no_debate(app: Flask) -> None:
    with pytest.raises(Forbidden):
        debates.open_debate(make_body(), make_resident(), "Les horaires", "Le soir ?")

    assert count(Debate) == 0


def test_a_closed_debate_takes_no_more_words(ledger: Ledger) -> None:
    comite = make_body()
    referent = make_with_role(Role.REFERENT, body=comite)
    debate = debates.open_debate(comite, referent, "Les horaires", "Le soir ?")

    with pytest.raises(Forbidden):
        debates.close_debate(debate, make_resident())
    debates.close_debate(debate, referent)
    with pytest.raises(Forbidden):
        comments.comment(debate, make_resident(), "Trop tard ?")

    assert ledger.acts() == []
