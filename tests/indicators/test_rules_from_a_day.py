"""A rule of what counts changes from a day on: the past stays, and both series are read."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.accounts.models import Resident
from app.centre import services
from app.centre.models import EVER
from app.centre.settings import rule, versions
from app.core.clock import today
from app.core.errors import Invalid
from app.core.rights import Role
from app.indicators import audits, periods, queries
from app.indicators import services as indicator_services
from app.indicators.details import detail
from app.ledger.acts import Act
from tests.centre.test_settings import typed
from tests.factories import make_resident, make_with_role
from tests.indicators.acts import MARCH, record
from tests.indicators.test_worked_axis_1 import APRIL
from tests.support import Visitor

APRIL_1 = date(2026, 4, 1)


def voted(who: Resident, when: date) -> None:
    record(Act.POLL_PARTICIPATED, actor=who, when=when, body_id=1, body_kind="comite")


def commented(who: Resident, when: date) -> None:
    record(Act.COMMENT_POSTED, actor=who, when=when, body_id=1, body_kind="comite")


def value(first: date = date(2026, 1, 1), last: date = date(2026, 12, 31)) -> float | None:
    """How many people the comités involved."""
    return queries.figures(periods.of(first, last), public=False, only="3.2.3")[0].value


def audited() -> bool:
    found = audits.audit()
    return found.differences == () and audits.recount() == audits.kept_marks()


@pytest.mark.usefixtures("app")
def test_votes_counted_until_april_leave_the_votes_of_march_where_they_were() -> None:
    early, late, both = make_resident(), make_resident(), make_resident()
    for who, when in ((early, MARCH), (late, APRIL), (both, MARCH), (both, APRIL)):
        voted(who, when)
    commented(late, APRIL)
    assert value() == 3

    services.change_rules(make_with_role(Role.DIRECTOR), {"counts_vote": False}, APRIL_1)

    assert value() == 3, "early and both by their votes of March, late by their words"
    assert value(date(2026, 4, 1), date(2026, 4, 30)) == 1
    assert value(date(2026, 3, 1), date(2026, 3, 31)) == 2
    assert rule("counts_vote") is False
    assert audited()


@pytest.mark.usefixtures("app")
def test_a_rule_is_changed_back_and_each_stretch_counts_by_its_own() -> None:
    director, who = make_with_role(Role.DIRECTOR), [make_resident() for _ in range(3)]
    for place, month in enumerate((3, 4, 5)):
        voted(who[place], MARCH.replace(month=month))
    services.change_rules(director, {"counts_vote": False}, APRIL_1)
    services.change_rules(director, {"counts_vote": True}, date(2026, 5, 1))

    assert value(date(2026, 1, 1), date(2026, 12, 31)) == 2
    assert versions("counts_vote") == [(EVER, True), (APRIL_1, False), (date(2026, 5, 1), True)]
    assert audited()


@pytest.mark.usefixtures("app")
def test_what_stays_as_it_is_keeps_its_days_when_another_rule_changes() -> None:
    director = make_with_role(Role.DIRECTOR)
    services.change_rules(director, {"counts_vote": False}, APRIL_1)

    both = {"counts_vote": False, "counts_comment": False}
    assert services.change_rules(director, both, MARCH) == ["counts_comment"]

    assert versions("counts_vote") == [(EVER, True), (APRIL_1, False)]
    assert versions("counts_comment") == [(EVER, True), (MARCH, False)]


@pytest.mark.usefixtures("app")
def test_no_rule_holds_from_a_day_to_come() -> None:
    tomorrow = today() + timedelta(days=1)

    with pytest.raises(Invalid) as refusal:
        services.change_rules(make_with_role(Role.DIRECTOR), {"counts_vote": False}, tomorrow)

    assert refusal.value.field == "since"
    assert versions("counts_vote") == [(EVER, True)]


@pytest.mark.usefixtures("app")
def test_both_series_are_read_beside_the_figure() -> None:
    for _number in range(6):
        voted(make_resident(), MARCH)
        voted(make_resident(), APRIL)
    for _number in range(7):
        commented(make_resident(), APRIL)
    services.change_rules(make_with_role(Role.DIRECTOR), {"counts_vote": False}, APRIL_1)
    year = periods.civil_year(2026)

    found = detail("3.2.3", year, public=False)

    assert found.figure.value == 13
    assert [(one.since, one.value) for one in found.series] == [(None, 19), (APRIL_1, 7)]
    assert any("vote" in said and said.endswith("non") for said in found.series[1].rules)
    assert detail("3.2.3", periods.civil_year(2025), public=False).series == ()
    assert detail("1.1.1", year, public=False).series == ()


@pytest.mark.usefixtures("app")
def test_in_public_a_series_never_tells_a_few_people_apart() -> None:
    for _number in range(7):
        commented(make_resident(), APRIL)
    for _number in range(2):
        voted(make_resident(), APRIL)
    services.change_rules(make_with_role(Role.DIRECTOR), {"counts_vote": False}, APRIL_1)
    year = periods.civil_year(2026)

    assert [one.value for one in detail("3.2.3", year, public=True).series] == [None, 7]
    assert [one.value for one in detail("3.2.3", year, public=False).series] == [9, 7]


def test_the_direction_types_the_day_and_reads_the_versions(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR, standing="team"))
    url = "/reglages/regles/chiffres"
    form = typed("chiffres", counts_vote=None)

    wrong = client.send(url, {**form, "since": "2027-01-01"})
    assert wrong.status_code == 422
    assert "Choisissez aujourd’hui, ou un jour passé." in wrong.text
    assert rule("counts_vote") is True
    client.send(url, {**form, "since": "2026-04-01"})
    page = client.get(url).text

    assert "depuis le 1er avril 2026, non" in page.replace("\u202f", " ").replace("\u00a0", " ")


def years() -> list[float | None]:
    return [value(date(year, 1, 1), date(year, 12, 31)) for year in (2022, 2023, 2024)]


def test_a_day_that_was_emptied_is_refused_and_nothing_changes(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR, standing="team"))
    url = "/reglages/regles/chiffres"

    answer = client.send(url, typed("chiffres", counts_vote=None, season_month=1, since=" "))

    assert answer.status_code == 422
    assert "Dites à partir de quel jour" in answer.text
    assert versions("counts_vote") == [(EVER, True)]
    assert rule("season_month") == 9


def test_a_day_of_a_year_gone_by_is_asked_about_with_what_it_changes(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    client.sign_in(director)
    for year in (2023, 2024, 2026):
        voted(make_resident(), date(year, 3, 9))
    commented(make_resident(), date(2022, 3, 9))
    indicator_services.publish_year(director, 2024)
    url, before = "/reglages/regles/chiffres", years()
    form = typed("chiffres", counts_vote=None, since="1990-01-01")

    asked = client.send(url, form)

    said = asked.text.replace("\u00a0", " ")
    assert asked.status_code == 200
    assert "Un vote compte comme participation à un comité : non." in said
    assert "3 chiffres peuvent changer, de 2023 à 2026." in said
    assert "avant le début de votre projet social" in said
    assert "Une année touchée est publiée (2024)" in said
    assert "Oui, à partir du 1er janvier 1990" in said
    assert versions("counts_vote") == [(EVER, True)]
    assert years() == before

    client.send(url, dict(re.findall(r'name="(\w+)" value="([^"]*)"', asked.text)))

    assert versions("counts_vote") == [(EVER, True), (date(1990, 1, 1), False)]
    assert years() != before


def test_a_day_of_this_year_or_a_rule_that_stays_is_not_asked_about(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR, standing="team"))
    url = "/reglages/regles/chiffres"

    assert client.send(url, typed("chiffres", since="1990-01-01")).status_code == 302
    recent = typed("chiffres", counts_vote=None, since=f"{today().year}-01-01")
    assert client.send(url, recent).status_code == 302
    assert rule("counts_vote") is False


@pytest.mark.usefixtures("app")
@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 300), st.booleans()), max_size=25),
    changes=st.lists(
        st.tuples(st.sampled_from(["counts_vote", "counts_comment"]), st.integers(0, 300)),
        max_size=5,
    ),
)
def test_live_totals_and_recounts_agree_whatever_the_days_of_the_rules(
    acts: list[tuple[int, int, bool]], changes: list[tuple[str, int]]
) -> None:
    people, director = [make_resident() for _ in range(5)], make_with_role(Role.DIRECTOR)
    first, half = date(2026, 1, 2), len(acts) // 2

    def act(who: int, day: int, votes: bool) -> None:
        (voted if votes else commented)(people[who], first + timedelta(days=day))

    for one in acts[:half]:
        act(*one)
    for key, day in changes:
        services.change_rules(director, {key: not rule(key)}, first + timedelta(days=day))
    for one in acts[half:]:
        act(*one)

    assert audited()
