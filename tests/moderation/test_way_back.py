"""The way back from a ruling: undone within the hour, or contested."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import at, now
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.indicators.audits import audit
from app.ledger.acts import Act
from app.moderation import cases
from app.moderation.cases import AlreadyDecided
from app.moderation.models import CONTEST, EDITED, HIDDEN, KEPT, Ruling
from app.proposals import comments
from tests.factories import make_resident
from tests.moderation.support import (
    WORDS,
    case_about,
    decide,
    hidden,
    moderator,
    new_account,
    reported,
    said,
)
from tests.support import Ledger, told


def test_a_mistake_is_undone_within_the_hour(ledger: Ledger) -> None:
    someone, author = moderator(), make_resident()
    one = said(author=author)
    case = hidden(one, someone)

    cases.undo(case, someone, case.version)

    assert one.is_shown and case.decided_at is None
    assert "La décision sur votre texte est annulée." in told(author)[-1]
    assert len(ledger.entries(Act.COMMENT_POSTED)) == 3
    assert audit().differences == ()


def test_an_edit_undone_gives_the_words_back(app: Flask) -> None:
    someone, one = moderator(), said()
    case = reported(one)
    decide(case, someone, EDITED, rule="respect", words="Adouci.", texts={"text": "Doux."})

    cases.undo(case, someone, case.version)

    assert (one.text, one.moderation_note, case.original) == (WORDS, None, None)


def test_what_was_published_by_mistake_waits_again(ledger: Ledger) -> None:
    someone, author = moderator(), new_account()
    one = said(author=author)
    case = case_about(one)
    decide(case, someone, KEPT)

    cases.undo(case, someone, case.version)

    db.session.refresh(author)
    assert (one.visibility, author.admitted_posts) == ("waiting", 0)
    decide(case, someone, KEPT)
    db.session.refresh(author)
    assert (one.is_shown, author.admitted_posts) == (True, 1)
    assert audit().differences == ()


def test_nobody_undoes_another_s_ruling_nor_an_old_one(app: Flask) -> None:
    someone = moderator()
    case = hidden(said(), someone)

    with pytest.raises(Forbidden):
        cases.undo(case, moderator(), case.version)
    with at(now() + timedelta(minutes=61)), pytest.raises(Forbidden):
        cases.undo(case, someone, case.version)
    with pytest.raises(AlreadyDecided):
        cases.undo(case, someone, case.version - 1)

    assert case.decided_at is not None


def test_a_contest_goes_to_someone_else(app: Flask) -> None:
    first, author = moderator(), make_resident()
    one = said(author=author)
    case = hidden(one, first)
    second = moderator()

    cases.contest(case, author, "C’était de l’humour.")

    assert (case.cause, case.decided_at) == (CONTEST, None)
    with pytest.raises(Forbidden, match="une autre personne relit"):
        decide(case, first, HIDDEN, rule="respect")
    ruling = decide(case, second, KEPT)
    assert ruling.overturns and one.is_shown
    assert "c’est de nouveau en ligne" in told(author)[-1]


def test_alone_one_answers_a_contest_oneself(app: Flask) -> None:
    only, author = moderator(), make_resident()
    case = hidden(said(author=author), only)
    cases.contest(case, author, "Relisez.")

    decide(case, only, HIDDEN, rule="respect")

    assert case.outcome == HIDDEN
    assert "a relu votre commentaire après votre réponse" in told(author)[-1]


def test_one_contests_once_one_s_own_words_and_with_words(app: Flask) -> None:
    author = make_resident()
    case = hidden(said(author=author))

    with pytest.raises(Forbidden):
        cases.contest(case, make_resident(), "Moi aussi.")
    with pytest.raises(Invalid):
        cases.contest(case, author, "   ")
    cases.contest(case, author, "Relisez.")
    with pytest.raises(Conflict):
        cases.contest(case, author, "Encore.")

    assert case.contest == "Relisez."


def test_nothing_is_contested_where_nothing_was_held(app: Flask) -> None:
    author = make_resident()
    case = reported(said(author=author))
    decide(case, moderator(), KEPT)

    with pytest.raises(Forbidden):
        cases.contest(case, author, "Merci quand même.")


def test_a_report_after_a_decision_opens_the_case_again(app: Flask) -> None:
    one = said()
    case = reported(one)
    decide(case, moderator(), KEPT)

    reported(one)

    assert (case.decided_at, case.outcome) == (None, KEPT)


def test_an_author_who_takes_back_a_changed_word_leaves_none_of_it(app: Flask) -> None:
    author = make_resident()
    one = said(author=author)
    case = reported(one)
    decide(case, moderator(), EDITED, rule="respect", words="Adouci.", texts={"text": "Doux."})
    cases.contest(case, author, "Rendez-moi mes mots.")
    decide(case, moderator(), HIDDEN, rule="respect", words="Non.")

    comments.delete_comment(one, author)

    db.session.refresh(case)
    assert (one.text, case.original, case.contest, case.note) == ("", None, None, None)
    assert all(WORDS not in str(row.before) for row in db.session.scalars(select(Ruling)))
