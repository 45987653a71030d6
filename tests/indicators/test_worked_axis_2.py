"""Axis 2, by hand: a small story for each indicator, and the number one counts on one's fingers."""

import pytest

from app.centre import services
from app.centre.models import EVER
from app.core.rights import Role
from app.indicators import audits
from app.ledger.acts import Act
from tests.factories import make_resident, make_with_role
from tests.indicators.acts import MARCH, Thing, figure, record, thing, value, void
from tests.indicators.test_worked_axis_1 import APRIL, came, held

pytestmark = pytest.mark.usefixtures("app")


def test_2_1_1_hours_by_the_clock_or_by_the_agents_who_were_there() -> None:
    held("reunion_partenariale", minutes=120)
    held("reunion_partenariale", APRIL, minutes=45)
    held("activite", minutes=600)
    for _ in range(3):
        came(make_resident(standing="team"), "reunion_partenariale", minutes=120)
    came(make_resident(), "reunion_partenariale", minutes=120)

    assert (value("2.1.1"), value("2.1.1.reunions")) == (2.75, 2)
    services.change_rules(make_with_role(Role.DIRECTOR), {"partner_hours": 2}, EVER)
    assert (value("2.1.1"), value("2.1.1.reunions")) == (6, 2)
    assert audits.audit().differences == ()


def test_2_1_2_three_partners_at_one_meeting_are_one_meeting() -> None:
    together = thing()
    for partner in (1, 2, 3):
        record(Act.PARTNER_MET, subject=together, when=MARCH, partner_id=partner)
    record(Act.PARTNER_MET, subject=thing(), when=APRIL, partner_id=1)

    assert (value("2.1.2"), value("2.1.2.partenaires")) == (2, 3)


def test_2_1_3_an_action_begun_with_a_partner_is_one() -> None:
    garden, repairs = thing(), thing()
    record(Act.ACTION_STARTED, subject=garden, when=MARCH, partner_id=1)
    wrong = record(Act.ACTION_STARTED, subject=repairs, when=MARCH, partner_id=2)
    void(wrong, by=make_resident(), reason="Séance rouverte")
    record(Act.ACTION_STARTED, subject=repairs, when=APRIL, partner_id=2)

    assert value("2.1.3") == 2


def test_2_2_1_coordination_in_times_and_hours() -> None:
    held("reunion_partenariale", nature="coordination", minutes=60)
    held("reunion_partenariale", APRIL, nature="coordination", minutes=90)
    held("reunion_partenariale", nature="echange", minutes=60)

    assert (value("2.2.1"), value("2.2.1.heures")) == (2, 2.5)


def test_2_2_2_a_project_done_with_residents_is_one_and_without_is_none() -> None:
    record(Act.PROJECT_REALISED, subject=thing(), when=MARCH, role="habitants")
    record(Act.PROJECT_REALISED, subject=thing(), when=MARCH)
    record(Act.PROJECT_STARTED, subject=thing(), when=MARCH)

    assert value("2.2.2") == 1


def test_2_2_3_a_role_or_a_working_session_involves_and_the_centre_may_choose() -> None:
    both, worker, outsider = make_resident(), make_resident(), make_resident(standing="outside")
    for who in (both, outsider):
        record(Act.PROJECT_ROLE_TAKEN, actor=who, subject=thing(), when=MARCH, role="affiche")
    for who in (both, worker, make_resident(standing="team")):
        came(who, "seance_projet")
    record(Act.POLL_PARTICIPATED, actor=make_resident(), when=MARCH)

    assert (value("2.2.3"), value("2.2.3.exterieurs")) == (2, 1)
    director = make_with_role(Role.DIRECTOR)
    services.change_rules(director, {"counts_project_session": False}, EVER)
    assert (value("2.2.3"), value("2.2.3.exterieurs")) == (1, 1)
    services.change_rules(director, {"counts_project_role": False}, EVER)
    assert (value("2.2.3"), value("2.2.3.exterieurs")) == (0, 0)


def test_2_3_1_appointments_and_their_hours() -> None:
    held("appui_projet", minutes=30)
    held("appui_projet", APRIL, minutes=45)
    held("service", minutes=180)

    assert (value("2.3.1"), value("2.3.1.heures")) == (2, 1.25)


def test_2_3_2_three_courses_offered_one_cancelled_one_held() -> None:
    for number in (1, 2):
        record(Act.TRAINING_OFFERED, subject=Thing(number), when=MARCH)
    cancelled = record(Act.TRAINING_OFFERED, subject=thing(), when=APRIL)
    void(cancelled, by=make_resident(), reason="Séance annulée")
    held("formation_equipe")

    assert (value("2.3.2"), value("2.3.2.tenues")) == (2, 1)


def test_2_3_3_a_room_and_money_for_one_project_are_one_project() -> None:
    garden = Thing(1)
    record(Act.PROJECT_BACKED, subject=garden, when=MARCH, kind="room")
    record(Act.PROJECT_BACKED, subject=garden, when=APRIL, kind="money")
    record(Act.PROJECT_BACKED, subject=Thing(2), when=APRIL, kind="time")

    assert (value("2.3.3"), value("2.3.3.aides")) == (2, 3)


def test_the_shares_of_a_few_people_are_hidden_together_from_the_public() -> None:
    for _ in range(10):
        came(make_resident(standing="team"), "formation_concept")
    came(make_resident(), "formation_concept")

    found = figure("1.3.3", public=True)

    assert found.value == 11
    assert [(it.value, it.hidden) for it in found.beside] == [(None, True), (None, True)]
