"""Axis 1, by hand: a small story for each indicator, and the number one counts on one's fingers."""

from datetime import date
from typing import Any

import pytest

from app.accounts.models import Resident
from app.indicators import periods
from app.indicators.queries import figures
from app.ledger.acts import Act
from app.ledger.models import Entry
from tests.factories import make_quartier, make_resident
from tests.indicators.acts import MARCH, record, thing, value, void

pytestmark = pytest.mark.usefixtures("app")
APRIL = date(2026, 4, 7)


def held(kind: str, when: date = MARCH, **facts: Any) -> Entry:
    facts.setdefault("offsite", False)
    return record(Act.SESSION_HELD, subject=thing(), when=when, kind=kind, **facts)


def came(who: Resident, kind: str, when: date = MARCH, **facts: Any) -> Entry:
    return record(Act.SESSION_ATTENDED, actor=who, subject=thing(), when=when, kind=kind, **facts)


def test_1_1_1_two_outings_and_a_fete_with_six_stands_are_three() -> None:
    source, parc = make_quartier().id, make_quartier().id
    held("animation_quartier", offsite=True, quartier_id=source)
    held("animation_quartier", APRIL, offsite=True, quartier_id=source)
    held("fete_quartier", offsite=True, quartier_id=parc)
    held("activite")
    record(Act.SESSION_CANCELLED, subject=thing(), when=MARCH, offsite=True)

    assert (value("1.1.1"), value("1.1.1.quartiers")) == (3, 2)


def test_1_1_2_an_action_of_the_town_on_three_days_is_one() -> None:
    for day in (MARCH, APRIL, date(2026, 5, 5)):
        held("action_municipale", day, lead="ville", action_id=1)
    held("action_municipale", lead="ville", action_id=2)
    held("fete_quartier", lead="centre", action_id=3)

    assert (value("1.1.2"), value("1.1.2.seances")) == (2, 4)


def test_1_1_3_forty_people_counted_and_twelve_named_are_fifty_two() -> None:
    held("fete_quartier", offsite=True, head_count=40, estimated=True)
    held("animation_quartier", offsite=True, head_count=12)
    held("activite", head_count=30)

    assert (value("1.1.3"), value("1.1.3.estimees")) == (52, 40)


def test_1_2_1_a_weekly_workshop_and_a_service_are_two_actions_in_thirty_seven_sessions() -> None:
    for week in range(36):
        held("activite", date(2026, 1 + week // 4, 1 + week % 4), action_id=1)
    held("service", action_id=2)
    held("reunion_partenariale", action_id=3)
    held("activite", offsite=True, action_id=4)

    assert (value("1.2.1"), value("1.2.1.seances")) == (2, 37)


def test_1_2_2_three_agents_on_one_day_and_one_on_another_are_two_days() -> None:
    team = [make_resident(standing="team") for _ in range(3)]
    for agent in team:
        came(agent, "journee_reseau")
    came(team[0], "journee_reseau", APRIL)
    came(make_resident(), "journee_reseau", date(2026, 5, 1))

    assert (value("1.2.2"), value("1.2.2.agents")) == (2, 4)


def adhesion(kind: str, people: int, day: date, until: date) -> Entry:
    return record(
        Act.ADHESION_TAKEN,
        actor=make_resident(),
        subject=thing(),
        when=day,
        kind=kind,
        head_count=people,
        until=until,
    )


def test_1_2_3_a_membership_counts_in_each_period_it_is_valid_in() -> None:
    end_of_season, end_of_next = date(2026, 8, 31), date(2027, 8, 31)
    adhesion("individual", 1, date(2025, 9, 10), end_of_season)
    adhesion("family", 4, date(2026, 1, 15), end_of_season)
    adhesion("family", 3, date(2026, 9, 20), end_of_next)
    cancelled = adhesion("individual", 1, date(2026, 9, 21), end_of_next)
    void(cancelled, by=make_resident(), reason="Payée deux fois")

    def valid(start: date, end: date) -> tuple[float | None, ...]:
        found = next(
            it for it in figures(periods.of(start, end), public=False) if it.code == "1.2.3"
        )
        return (found.value, *(beside.value for beside in found.beside))

    # All, then those of one person, those of a family, and the people covered.
    assert valid(date(2025, 1, 1), date(2025, 12, 31)) == (1, 1, 0, 1)
    assert valid(date(2026, 1, 1), date(2026, 12, 31)) == (3, 1, 2, 8)
    assert valid(date(2026, 9, 1), date(2027, 8, 31)) == (1, 0, 1, 3)
    assert valid(date(2026, 8, 31), date(2026, 8, 31)) == (2, 1, 1, 5)
    assert valid(date(2026, 9, 1), date(2026, 9, 19)) == (0, 0, 0, 0)
    assert valid(date(2026, 1, 14), date(2026, 1, 15)) == (2, 1, 1, 5)
    assert valid(date(2027, 9, 1), date(2028, 8, 31)) == (0, 0, 0, 0)


def test_1_3_1_two_meetings_with_communication_are_two() -> None:
    held("rencontre_communication")
    held("rencontre_communication", APRIL)
    held("reunion_partenariale")

    assert value("1.3.1") == 2


def test_1_3_2_exchanges_that_the_centre_organised_with_their_hours() -> None:
    held("reunion_partenariale", nature="echange", lead="centre", minutes=90)
    held("reunion_partenariale", APRIL, nature="echange", lead="centre", minutes=60)
    held("reunion_partenariale", nature="echange", lead="partenaire", minutes=120)
    held("reunion_partenariale", nature="coordination", lead="centre", minutes=120)

    assert (value("1.3.2"), value("1.3.2.heures")) == (2, 2.5)


def test_1_3_3_two_courses_for_one_person_are_one_person() -> None:
    agent, volunteer = make_resident(standing="team"), make_resident()
    came(agent, "formation_concept")
    came(agent, "formation_concept", APRIL)
    came(volunteer, "formation_concept")
    came(make_resident(), "formation_equipe")

    assert (value("1.3.3"), value("1.3.3.equipe"), value("1.3.3.benevoles")) == (2, 1, 1)
