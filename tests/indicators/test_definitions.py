"""What counts, and what does not, indicator by indicator."""

from datetime import date

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.indicators import periods
from app.indicators.details import detail
from app.indicators.queries import highlights
from app.ledger.acts import Act
from app.ledger.services import Facts
from tests.factories import make_quartier, make_resident
from tests.indicators.acts import (
    MARCH,
    YEAR,
    Thing,
    attended,
    offsite,
    record,
    thing,
    value,
    void,
)

pytestmark = pytest.mark.usefixtures("app")


def test_a_body_counts_at_its_first_meeting_and_once() -> None:
    record(Act.BODY_CREATED, when=MARCH, body_id=1, body_kind="comite")
    record(Act.BODY_CREATED, when=MARCH, body_id=2, body_kind="comite")
    record(Act.BODY_FIRST_MET, when=MARCH, body_id=1, body_kind="comite")
    for _ in range(2):
        record(Act.MEETING_HELD, when=MARCH, subject=thing(), body_id=1, body_kind="comite")

    assert (value("3.1.1"), value("3.1.1.nouvelles"), value("3.1.1.actives")) == (1, 2, 1)


def test_presentations_of_the_concept_count_when_held() -> None:
    for audience in ("habitants", "habitants", "elus", None):
        talk: Facts = {"kind": "presentation_concept", "nature": audience}
        record(Act.SESSION_HELD, subject=thing(), when=MARCH, **talk)
    record(Act.SESSION_HELD, subject=thing(), when=MARCH, kind="atelier")
    record(Act.SESSION_CANCELLED, subject=thing(), when=MARCH, kind="presentation_concept")

    assert value("3.1.2") == 4
    assert [value(f"3.1.2.{one}") for one in ("habitants", "elus", "equipe")] == [2, 1, 0]


def test_meetings_of_the_conseil_count_with_quorum_and_are_apart_without() -> None:
    minuted, unminuted = thing(), thing()
    for meeting in (minuted, unminuted):
        record(Act.MEETING_HELD, subject=meeting, when=MARCH, body_id=1, body_kind="conseil")
    record(Act.MEETING_HELD, subject=thing(), when=MARCH, body_id=2, body_kind="comite")
    record(
        Act.MEETING_HELD_WITHOUT_QUORUM, subject=thing(), when=MARCH, body_id=1, body_kind="conseil"
    )
    record(
        Act.MINUTES_PUBLISHED,
        subject=minuted,
        when=date(2027, 1, 5),
        body_id=1,
        body_kind="conseil",
    )

    assert (value("3.1.3"), value("3.1.3.sans_quorum")) == (2, 1)
    assert detail("3.1.3", periods.of(*YEAR)).unminuted == 1


def test_actions_offsite_count_with_the_quartiers_they_reach() -> None:
    first, second = make_quartier(), make_quartier()
    for quartier in (first, first, second):
        offsite(quartier.id)
    offsite(None)
    record(Act.SESSION_HELD, subject=thing(), when=MARCH, offsite=False, quartier_id=first.id)

    assert (value("3.2.1"), value("3.2.1.quartiers")) == (4, 2)


def volunteer(resident: Resident, when: date = MARCH, role: str | None = "volunteer") -> None:
    record(
        Act.SESSION_ATTENDED, actor=resident, subject=thing(), when=when, offsite=True, role=role
    )


def test_a_volunteer_offsite_counts_once_and_a_visitor_never() -> None:
    resident, visitor, neighbour = make_resident(), make_resident(), make_resident()
    team, outsider = make_resident(standing="team"), make_resident(standing="outside")
    for day in (MARCH, date(2026, 6, 1)):
        volunteer(resident, day)
    volunteer(neighbour)
    volunteer(visitor, role=None)
    volunteer(team)
    volunteer(outsider)

    assert (value("3.2.2"), value("3.2.2.exterieurs")) == (2, 1)


@pytest.mark.parametrize(
    "act", [Act.MEETING_ATTENDED, Act.PROPOSAL_ADMITTED, Act.COMMENT_POSTED, Act.POLL_PARTICIPATED]
)
def test_taking_part_in_a_comite_counts_each_person_once(act: Act) -> None:
    resident = make_resident()
    for body_id in (1, 2):
        record(
            act,
            actor=resident,
            subject=thing(),
            when=MARCH,
            body_id=body_id,
            body_kind="comite",
        )
    record(act, actor=make_resident(), when=MARCH, body_id=3, body_kind="conseil")
    record(act, actor=make_resident(), when=MARCH)
    record(act, actor=make_resident(standing="partner"), body_id=1, body_kind="comite", when=MARCH)

    assert value("3.2.3") == 1


def test_comites_do_not_sum_and_someone_from_elsewhere_is_apart() -> None:
    both, one = make_resident(), make_resident()
    record(Act.BODY_CREATED, subject=Thing(1, "Comité famille"), when=MARCH, body_id=1)
    attended(both, 1)
    attended(both, 2)
    attended(one, 2)
    attended(make_resident(standing="outside"), 2)

    found = detail("3.2.3", periods.of(*YEAR), public=False)

    assert [(cell.label, cell.value) for cell in found.by_body] == [
        ("Instance n°\u00a02", 2),
        ("Comité famille", 1),
    ]
    assert (found.figure.value, value("3.2.3.exterieurs")) == (2, 1)


def test_a_role_counts_in_the_project_of_an_association_only() -> None:
    resident = make_resident()
    for association_id in (4, 5):
        record(
            Act.PROJECT_ROLE_TAKEN,
            actor=resident,
            subject=thing(),
            when=MARCH,
            association_id=association_id,
        )
    record(Act.PROJECT_ROLE_TAKEN, actor=make_resident(), subject=thing(), when=MARCH)

    assert value("3.3.1") == 1


def test_associations_linked_count_with_how_many_they_are() -> None:
    record(Act.CONNECTION_ASKED, subject=thing(), association_id=1, other_association_id=2)
    for other in (2, 3):
        record(
            Act.CONNECTION_ACCEPTED,
            subject=thing(),
            when=MARCH,
            association_id=1,
            other_association_id=other,
        )
    record(
        Act.SESSION_HELD,
        subject=thing(),
        when=MARCH,
        kind="rencontre_associations",
        association_id=4,
    )

    assert (value("3.3.2"), value("3.3.2.associations")) == (3, 4)


def test_a_collectif_counts_when_formed() -> None:
    formed = thing()
    record(Act.COLLECTIF_STARTED, subject=formed, when=MARCH)
    record(Act.COLLECTIF_FORMED, subject=formed, when=MARCH)

    assert value("3.3.3") == 1


def test_people_are_recounted_over_the_period_never_summed() -> None:
    resident, other = make_resident(), make_resident()
    for month in (1, 2, 3):
        attended(resident, when=date(2026, month, 5))
    attended(other, when=date(2026, 3, 5))

    found = detail("3.2.3", periods.of(*YEAR), public=False)

    assert found.figure.value == 2
    assert [number for _label, number in found.months][:4] == [1, 1, 2, 2]


def test_a_session_of_another_year_does_not_count() -> None:
    offsite(when=date(2025, 12, 31))
    offsite(when=date(2026, 1, 1))
    offsite(when=date(2027, 1, 1))

    assert value("3.2.1") == 1


def test_what_was_voided_no_longer_counts_and_what_is_left_does() -> None:
    resident, desk = make_resident(), make_resident()
    wrong = attended(resident)
    alone = offsite()
    attended(resident)

    void(wrong, by=desk, reason="Erreur de saisie")
    void(alone, by=desk, reason="Erreur de saisie")

    assert (value("3.2.3"), value("3.2.1")) == (1, 0)


def test_the_front_page_tells_the_year(app: Flask) -> None:
    quartier = make_quartier()
    offsite(quartier.id)
    offsite(quartier.id)
    for _ in range(3):
        attended(make_resident())

    told = highlights(2026)

    assert (told.actions, told.quartiers, told.people) == (2, 1, None)
