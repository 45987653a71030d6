"""How moderation goes: for the direction in full, for everyone without small numbers."""

from datetime import timedelta

from flask import Flask

from app.core.clock import at, now
from app.core.rights import Role
from app.moderation import cases
from app.moderation.cases import Choice
from app.moderation.models import KEPT
from app.moderation.statistics import months_ago, transparency, twelve_months
from tests.factories import make_resident, make_with_role
from tests.moderation.support import hidden, moderator, reported, said
from tests.support import Statements, Visitor


def test_a_month_says_how_much_how_fast_and_by_which_rule(app: Flask) -> None:
    someone, author = moderator(), make_resident()
    with at(now() - timedelta(hours=10)):
        slow = reported()
    cases.decide(slow, someone, slow.version, Choice(KEPT))
    case = hidden(said(author=author), someone)
    cases.contest(case, author, "Relisez.")
    cases.decide(case, moderator(), case.version, Choice(KEPT))

    found = twelve_months()

    assert len(found.months) == 12 and found.months[0].month == months_ago(0)
    total = found.total
    assert (total.reports, total.decided, total.kept, total.hidden) == (2, 3, 2, 1)
    assert (total.contested, total.overturned) == (1, 1)
    assert [(str(label), number) for label, number in found.by_rule] == [("Respecter chacun", 1)]
    assert total.median_hours == 0


def test_what_was_undone_is_left_out(app: Flask) -> None:
    someone = moderator()
    case = hidden(said(), someone)

    cases.undo(case, someone, case.version)

    assert twelve_months().total.decided == 0


def test_small_numbers_are_not_shown_to_everyone(client: Visitor) -> None:
    for _number in range(4):
        hidden(said())

    assert transparency().hidden is None
    assert "moins de 5" in client.get("/charte").get_data(as_text=True)
    hidden(said())
    assert transparency().hidden == 5


def test_the_direction_reads_its_page_at_a_fixed_cost(
    client: Visitor, statements: Statements
) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))
    hidden(said())

    def cost() -> int:
        client.get("/moderation/bilan")
        statements.reset()
        answer = client.get("/moderation/bilan")
        assert answer.status_code == 200
        return len(statements)

    few = cost()
    for _number in range(5):
        hidden(said())
    assert cost() == few
