"""What a moderator decides, and what follows of it."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.mail import OutboxMail
from app.core.moderated import HIDDEN as NOT_SEEN
from app.core.rights import Role
from app.indicators.audits import audit
from app.ledger.acts import Act
from app.moderation import cases
from app.moderation.cases import AlreadyDecided, Choice
from app.moderation.models import EDITED, HIDDEN, KEPT, Ruling
from app.proposals.models import Status
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.moderation.support import (
    WORDS,
    audited,
    decide,
    hidden,
    moderator,
    referent,
    reported,
    said,
)
from tests.support import Ledger, told


def rulings() -> int:
    return db.session.scalar(select(func.count(Ruling.id))) or 0


def mails_to(person: Resident) -> list[str]:
    wanted = select(OutboxMail.text).where(OutboxMail.to == person.email)
    return list(db.session.scalars(wanted.order_by(OutboxMail.id)))


def test_a_hidden_comment_leaves_the_count_and_the_ledger(ledger: Ledger) -> None:
    proposal, author = make_proposal(), make_resident()
    one = said(proposal, author)

    hidden(one)

    db.session.refresh(proposal)
    assert (one.visibility, one.hidden_rule, proposal.comment_count) == (NOT_SEEN, "respect", 0)
    posted, voided = ledger.entries(Act.COMMENT_POSTED)
    assert voided.voids_id == posted.id
    assert audit().differences == ()


def test_restored_it_counts_again_with_the_same_facts(ledger: Ledger) -> None:
    comite = make_body()
    proposal, author = make_proposal(body_id=comite.id), make_resident(year_of_birth=1980)
    one = said(proposal, author)
    case = hidden(one)

    decide(case, moderator(), KEPT)

    first, _void, again = ledger.entries(Act.COMMENT_POSTED)
    same = ("participation_key", "body_id", "day", "happened_at", "age_band", "channel")
    assert [getattr(again, name) for name in same] == [getattr(first, name) for name in same]
    db.session.refresh(proposal)
    assert (one.is_shown, proposal.comment_count) == (True, 1)
    assert audit().differences == ()


def test_the_author_reads_the_rule_the_words_and_how_to_answer(app: Flask) -> None:
    author = make_resident()
    case = hidden(said(author=author))

    [mail] = mails_to(author)

    assert "L’équipe a masqué votre commentaire." in told(author)
    for words in ("Respecter chacun", "Trop dur.", WORDS, f"/moderation/{case.id}/contester"):
        assert words in mail


def test_reporters_learn_the_outcome_and_nothing_else(app: Flask) -> None:
    neighbour, one = make_resident(), said()
    case = reported(one, neighbour)

    decide(case, moderator(), HIDDEN, rule="haine", words="Propos racistes.")

    [text] = told(neighbour)
    assert "a agi" in text
    assert all("racistes" not in mail and WORDS not in mail for mail in mails_to(neighbour))


def test_keeping_what_was_reported_tells_who_reported_but_not_the_author(app: Flask) -> None:
    neighbour, author, proposal = make_resident(), make_resident(), make_proposal()
    case = reported(said(proposal, author), neighbour)

    decide(case, moderator(), KEPT)

    db.session.refresh(proposal)
    assert proposal.comment_count == 1

    assert "reste en ligne" in told(neighbour)[0] and told(author) == []


def test_a_moderator_changes_a_passage_and_says_so(app: Flask) -> None:
    author = make_resident()
    one = said(author=author)
    case = reported(one)

    decide(
        case,
        moderator(),
        EDITED,
        rule="vie_privee",
        words="Un numéro retiré.",
        texts={"text": "Appelez le centre."},
    )

    assert (one.text, one.moderation_note) == ("Appelez le centre.", "Un numéro retiré.")
    assert case.original == {"text": WORDS}
    assert one.is_shown and WORDS in mails_to(author)[0]


@pytest.mark.parametrize(
    "choice",
    [
        Choice(HIDDEN),
        Choice(HIDDEN, "invente"),
        Choice(EDITED, "respect", "", {"text": "Autre."}),
        Choice(EDITED, "respect", "Changé.", {"text": ""}),
        Choice(EDITED, "respect", "Changé.", {"text": "w" * 2001}),
        Choice(EDITED, "respect", "Changé.", {"text": WORDS}),
    ],
)
def test_a_ruling_needs_its_rule_its_words_and_a_change(app: Flask, choice: Choice) -> None:
    case = reported()

    with pytest.raises(Invalid):
        cases.decide(case, moderator(), case.version, choice)

    assert (rulings(), audited()) == (0, [])


def test_the_second_moderator_is_told_what_the_first_did(app: Flask) -> None:
    case, first = reported(), moderator()
    read = case.version
    decide(case, first, KEPT)

    with pytest.raises(AlreadyDecided, match="Modeste"):
        cases.decide(case, moderator(), read, Choice(HIDDEN, "respect"))

    assert rulings() == 1


def test_nobody_decides_of_their_own_words(app: Flask) -> None:
    someone = moderator()
    case = reported(said(author=someone))

    with pytest.raises(Forbidden, match="propre texte"):
        decide(case, someone, KEPT)

    assert rulings() == 0


def test_a_referent_decides_in_their_own_comite_only(app: Flask) -> None:
    here, elsewhere = make_body(), make_body()
    case = reported(said(make_proposal(body_id=here.id)))

    with pytest.raises(Forbidden):
        decide(case, referent(elsewhere), KEPT)
    decide(case, referent(here), KEPT)

    assert rulings() == 1


def test_a_resident_decides_of_nothing(app: Flask) -> None:
    case = reported()

    with pytest.raises(Forbidden):
        decide(case, make_resident(), HIDDEN, rule="respect")

    assert (rulings(), audited()) == (0, [])


def test_a_proposal_being_voted_upon_is_not_hidden(app: Flask) -> None:
    proposal = make_proposal(status=Status.VOTING.value)
    case = reported(proposal)

    with pytest.raises(Conflict, match="Annulez d’abord le vote"):
        decide(case, moderator(), HIDDEN, rule="respect")

    assert proposal.is_shown and rulings() == 0


def test_the_audit_log_holds_lengths_and_the_rule_never_words(app: Flask) -> None:
    someone = moderator()
    hidden(said(), someone)

    [line] = audited()

    assert (line.act, line.by_id, line.subject_type) == ("content:hidden", someone.id, "comments")
    assert line.details == {
        "before": {"visibility": "shown", "length": len(WORDS)},
        "after": {"visibility": "hidden", "length": len(WORDS)},
        "reason": "respect",
    }


def test_the_desk_and_the_direction_moderate_everywhere(app: Flask) -> None:
    for role in (Role.DESK, Role.DIRECTOR, Role.ADMINISTRATOR):
        decide(reported(), make_with_role(role), KEPT)

    assert rulings() == 3
