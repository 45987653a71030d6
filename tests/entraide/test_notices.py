"""Offering and looking for a hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.core.clock import PARIS, at, now, today
from app.core.db import atomic, db
from app.core.errors import Conflict, DomainError, Forbidden, Invalid
from app.core.moderated import WAITING
from app.entraide import queries, services, tending
from app.entraide.models import EXPIRED, OPEN, WITHDRAWN, HelpNotice
from app.entraide.policies import can_see
from app.entraide.queries import Filters
from app.moderation import cases, reports
from app.moderation.cases import Choice
from app.moderation.kinds import KINDS
from app.moderation.models import HIDDEN, KEPT
from app.moderation.opening import case_of
from tests.entraide.support import count, make_child, make_notice, make_offer
from tests.factories import make_quartier, make_resident
from tests.moderation.support import moderator
from tests.proposals.support import set_rule
from tests.support import Ledger, Statements, told

pytestmark = pytest.mark.usefixtures("app")


@atomic
def _silence(person: Resident) -> None:
    person.silenced_until = now() + timedelta(days=3)


def test_asking_for_help_counts_nowhere_and_shows_for_thirty_days(ledger: Ledger) -> None:
    notice = make_notice()

    assert (notice.status, notice.is_shown) == (OPEN, True)
    assert notice.lasts_until == today() + timedelta(days=30)
    assert ledger.acts() == []


def test_neither_a_child_nor_someone_not_confirmed_nor_someone_silenced_puts_one_up() -> None:
    silenced = make_resident()
    _silence(silenced)

    for person in (make_child(), make_resident(email_confirmed_at=None), silenced):
        with pytest.raises(Forbidden):
            make_notice(person)

    assert count(HelpNotice) == 0


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("title", "Appelez le 06 12 34 56 78"),
        ("text", "Mon numéro : +33 6.12.34.56.78, le soir."),
        ("text", "Écrivez à fatou@example.org"),
        ("text", "fatou (at) example.org"),
        ("text", "J’habite 12 rue Pasteur"),
        ("text", "12 bis, avenue des lilas"),
        ("text", "Au 3 place de la Mairie"),
        ("text", "Appartement 12"),
        ("when_words", "0612345678"),
    ],
)
def test_a_phone_an_email_or_an_address_is_refused_where_all_read(field: str, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        make_notice(None, **{field: words})

    assert refusal.value.field == field
    assert count(HelpNotice) == 0


@pytest.mark.parametrize(
    "words",
    [
        "Deux places dans ma voiture, 1 place de parking",
        "2 cours de français, le 05/12/2026 14 h",
        "Une rue plus loin, au 3e étage",
        "Rendez-vous à 14 h 30 le 12.03.2026, 15 euros de courses",
    ],
)
def test_a_day_a_seat_or_a_lesson_is_no_address(words: str) -> None:
    assert make_notice(text=words).text == words


def test_a_code_or_a_day_that_cannot_be_is_refused() -> None:
    for wrong in (
        {"kind": "argent"},
        {"side": "vente"},
        {"quartier_id": 99},
        {"until": today() - timedelta(days=1)},
        {"until": today() + timedelta(days=400)},
    ):
        with pytest.raises(Invalid):
            make_notice(**wrong)

    assert count(HelpNotice) == 0


def test_an_eleventh_notice_waits_until_one_is_withdrawn() -> None:
    author = make_resident()
    mine = [make_notice(author) for _number in range(services.MOST_OPEN)]

    with pytest.raises(Conflict):
        make_notice(author)
    services.withdraw(mine[0], author)
    make_notice(author)

    with pytest.raises(Conflict):
        services.put_back(mine[0], author)
    assert mine[0].status == WITHDRAWN


def test_the_first_notice_of_an_unknown_account_is_read_before_it_shows() -> None:
    author, reader = make_resident(admitted_posts=0), make_resident()
    notice = make_notice(author)
    case = case_of(KINDS["annonce"], notice.id)

    assert notice.visibility == WAITING
    assert queries.live_notices(reader, Filters(), 1).total == 0
    assert case is not None

    cases.decide(case, moderator(), case.version, Choice(KEPT))

    assert queries.live_notices(reader, Filters(), 1).total == 1
    assert author.admitted_posts == 1
    assert "annonce d’entraide est publiée" in told(author)[-1]


def test_a_hidden_notice_is_in_no_list() -> None:
    reader, notice = make_resident(), make_notice()
    case = reports.report(reader, KINDS["annonce"], notice, "publicite")

    cases.decide(case, moderator(), case.version, Choice(HIDDEN, "publicite"))

    assert queries.live_notices(reader, Filters(), 1).total == 0
    assert not can_see(reader, notice, today())
    assert can_see(notice.author, notice, today())


def test_only_its_author_makes_it_last_takes_it_down_and_puts_it_back() -> None:
    author, other = make_resident(), make_resident()
    notice = make_notice(author)

    for act in (services.prolong, services.withdraw, services.put_back):
        with pytest.raises(Forbidden):
            act(notice, other)
    services.withdraw(notice, author)
    assert notice.status == WITHDRAWN
    services.put_back(notice, author)

    assert (notice.status, notice.closed_at) == (OPEN, None)


def test_one_s_own_quartier_comes_first_then_the_newest() -> None:
    near, far = make_quartier(), make_quartier()
    reader = make_resident(quartier_id=near.id)
    for title, quartier in (("Près", near), ("Loin", far), ("Partout", None)):
        make_notice(title=title, quartier_id=quartier.id if quartier else None)

    page = queries.live_notices(reader, Filters(), 1)
    assert [one.title for one in page.items] == ["Près", "Partout", "Loin"]
    there = queries.live_notices(reader, Filters(quartier_id=far.id), 1)
    assert [one.title for one in there.items] == ["Loin"]
    assert queries.live_counts(near.id) == (0, 1)


def test_a_search_forgets_accents_and_takes_signs_for_what_they_are() -> None:
    reader = make_resident()
    make_notice(title="Une échelle", text="Pour un soir, à 100 %.")
    make_offer(title="Un trajet")

    def found(words: str, side: str = "", kind: str = "") -> int:
        return queries.live_notices(reader, Filters(words, side, kind), 1).total

    assert found("ECHELLE soir") == 1
    assert found("100 %") == 1
    assert found("_") == 0
    assert found("", side="offer") == 1
    assert found("", kind="trajet") == 0


def test_a_long_list_asks_as_little_of_the_database_as_a_short_one(
    app: Flask, statements: Statements
) -> None:
    reader = make_resident()
    make_notice()

    def cost() -> int:
        db.session.expire_all()
        number = reader.id
        statements.reset()
        assert number
        queries.live_notices(reader, Filters(), 1)
        queries.my_notices(reader, 1)
        return len(statements)

    short = cost()
    for _number in range(15):
        make_notice()

    assert cost() == short == 4


def test_a_notice_ends_at_midnight_of_the_centre_on_the_day_the_clocks_change() -> None:
    """29 March 2026 has 23 hours in Paris, and begins at 23:00 UTC the day before."""
    with at(datetime(2026, 3, 20, 12, tzinfo=PARIS)):
        notice, reader = make_notice(until=date(2026, 3, 29)), make_resident()

    for moment, lives in (
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 29, 22, 1, tzinfo=UTC), False),
    ):
        with at(moment):
            assert notice.is_live_on(today()) is lives
            assert queries.live_notices(reader, Filters(), 1).total == int(lives)
            assert tending.end_overdue() == int(not lives)

    assert notice.status == EXPIRED


def test_its_author_is_told_once_three_days_before_and_never_at_night() -> None:
    with at(datetime(2026, 10, 1, 12, tzinfo=PARIS)):
        author = make_resident()
        notice = make_notice(author, until=date(2026, 10, 26))
    with at(datetime(2026, 10, 22, 12, tzinfo=PARIS)):
        assert tending.remind_authors() == 0
    with at(datetime(2026, 10, 23, 3, tzinfo=PARIS)):
        assert tending.remind_authors() == 0
    with at(datetime(2026, 10, 23, 8, 7, tzinfo=PARIS)):
        assert [tending.remind_authors(), tending.remind_authors()] == [1, 0]
        services.prolong(notice, author)

        assert notice.lasts_until == date(2026, 11, 22)
    assert "s’arrête dans 3 jours" in told(author)[-1]


def test_what_ended_is_put_back_for_as_long_as_a_new_one() -> None:
    author = make_resident()
    with at(now() - timedelta(days=60)):
        notice = make_notice(author)
    tending.end_overdue()
    set_rule("help_days", 14)

    services.put_back(notice, author)

    assert (notice.status, notice.lasts_until) == (OPEN, today() + timedelta(days=14))


def test_a_thanked_notice_is_not_put_back(ledger: Ledger) -> None:
    author = make_resident()
    notice = make_notice(author)
    notice.status, notice.closed_at = "thanked", now()
    db.session.commit()

    for act in (services.put_back, services.prolong, services.withdraw):
        with pytest.raises(DomainError):
            act(notice, author)

    assert notice.status == "thanked"
