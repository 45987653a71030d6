"""Conventions: where they stand, whom their end is told to, and what follows them."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db
from app.core.errors import Conflict, DomainError, Forbidden, Invalid
from app.core.rights import Role
from app.partners import conventions, follow_queries, services
from app.partners.conventions import ConventionDetails, following
from app.partners.jobs import tend_conventions
from app.partners.models import Convention, Partner
from app.partners.terms import state_of
from tests.at_once import refused_at_once
from tests.factories import make_resident, make_with_role
from tests.partners.factories import make_convention, make_partner, make_team
from tests.support import Visitor, told

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 12, 31), "coming"),
        (FIRST, "running"),
        (date(2026, 9, 29), "running"),
        (date(2026, 9, 30), "soon"),
        (LAST, "soon"),
        (date(2027, 1, 1), "ended"),
    ],
)
def test_a_convention_runs_ends_soon_then_is_over(day: date, state: str) -> None:
    assert state_of(FIRST, LAST, 3, day) == state


@pytest.mark.parametrize(
    ("days", "then"),
    [
        ((FIRST, LAST), (date(2027, 1, 1), date(2027, 12, 31))),
        (
            (date(2023, 9, 1), date(2024, 2, 29)),
            (date(2024, 3, 1), date(2024, 8, 31)),
        ),
        ((date(2026, 1, 5), date(2026, 1, 14)), (date(2026, 1, 15), date(2026, 1, 24))),
    ],
)
def test_the_one_that_follows_is_as_long(days: tuple[date, date], then: tuple[date, date]) -> None:
    assert following(*days) == then


def test_one_that_ended_yesterday_is_said_so(client: Visitor) -> None:
    make_convention(make_partner("Habitat des Rives"), ends_on=today() - DAY)
    make_convention(ends_on=today(), notice_months=0)
    client.sign_in(make_team())

    page = client.get("/partenaires/conventions").text

    assert "Elle a fini hier." in page
    assert "C’est son dernier jour." in page
    assert "Habitat des Rives" in client.get("/partenaires").text


def test_the_direction_is_told_once_before_and_once_after(app: Flask) -> None:
    director, desk = make_with_role(Role.DIRECTOR), make_team()
    make_convention(ends_on=today() + timedelta(days=40), title="Salle")
    make_convention(ends_on=today() - DAY, title="Cours")
    make_convention(ends_on=today() + timedelta(days=200))

    assert tend_conventions.call_local() == 2
    assert tend_conventions.call_local() == 0

    assert len(told(director)) == 2
    assert "« Cours »" in told(director)[0].replace("\u00a0", " ")
    assert told(desk) == []


def test_nothing_more_is_told_of_one_renewed_or_of_a_partner_put_away(app: Flask) -> None:
    make_with_role(Role.DIRECTOR)
    conventions.renew(make_team(), make_convention(ends_on=today() - DAY))
    gone = make_convention(ends_on=today() - DAY)
    services.archive_partner(make_team(), gone.partner)

    assert tend_conventions.call_local() == 0


def test_renewing_is_one_click_and_is_undone_while_unsigned(client: Visitor) -> None:
    old = make_convention(ends_on=today() - DAY)
    number = old.id
    client.sign_in(make_team())
    client.send(f"/partenaires/conventions/{number}/reconduire")
    new = db.session.scalars(select(Convention).where(Convention.follows_id == number)).one()
    assert new.starts_on == today()
    assert follow_queries.to_renew() == []

    client.send(f"/partenaires/conventions/{new.id}/defaire")

    assert [line.id for line in follow_queries.to_renew()] == [number]


def test_a_renewal_that_is_signed_stays(app: Flask) -> None:
    team, old = make_team(), make_convention()
    new = conventions.renew(team, old)
    details = ConventionDetails("Suite", new.starts_on, new.ends_on, signed_by="La directrice")
    conventions.save_convention(team, new.partner, details, convention=new)

    for kept in (new, old):
        with pytest.raises(Conflict):
            conventions.drop_renewal(team, kept)

    assert db.session.scalar(select(func.count(Convention.id))) == 2


def test_two_people_renewing_at_once_make_one_convention(app: Flask) -> None:
    number, by_id = make_convention().id, make_team().id

    def renew() -> None:
        by = db.session.get_one(Resident, by_id)
        conventions.renew(by, db.session.get_one(Convention, number))

    assert refused_at_once(app, [renew] * 4) == [Conflict] * 3
    assert db.session.scalar(select(func.count(Convention.id))) == 2


def test_a_convention_that_cannot_be_is_refused(app: Flask) -> None:
    team, partner, resident = make_team(), make_partner(), make_resident()

    def refused(by: Resident, details: ConventionDetails) -> type[DomainError]:
        with pytest.raises(DomainError) as refusal:
            conventions.save_convention(by, partner, details)
        return type(refusal.value)

    assert refused(team, ConventionDetails(" ", FIRST, LAST)) is Invalid
    assert refused(team, ConventionDetails("Salle", LAST, FIRST)) is Invalid
    assert refused(team, ConventionDetails("Salle", FIRST, LAST, notice_months=25)) is Invalid
    assert refused(resident, ConventionDetails("Salle", FIRST, LAST)) is Forbidden
    assert db.session.scalar(select(func.count(Convention.id))) == 0


def test_the_document_is_for_the_team_alone(client: Visitor) -> None:
    slug = make_partner().slug
    client.sign_in(make_team())
    typed = {"title": "Salle", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}

    def send(content: bytes) -> int:
        file = {"file": (BytesIO(content), "salle.pdf")}
        data = {**typed, "notice_months": "3", **file}
        return client.send(f"/partenaires/{slug}/conventions/nouvelle", data).status_code

    assert send(b"GIF89a") == 422
    assert send(b"%PDF-1.7 salle") == 302
    number = db.session.scalars(select(Convention.id)).one()
    path = f"/partenaires/conventions/{number}/document"
    assert client.get(path).data == b"%PDF-1.7 salle"

    client.sign_in(make_resident())
    assert client.get(path).status_code == 403


def test_another_end_is_told_again(app: Flask) -> None:
    make_with_role(Role.DIRECTOR)
    convention = make_convention(ends_on=today() - DAY)
    tend_conventions.call_local()
    partner: Partner = convention.partner
    later = ConventionDetails("Salle", convention.starts_on, today() + DAY)
    conventions.save_convention(make_team(), partner, later, convention=convention)

    again: Callable[[], int] = tend_conventions.call_local
    assert again() == 1


def test_renewing_asks_first_with_the_new_days_and_writes_nothing_until_then(
    client: Visitor,
) -> None:
    number = make_convention(starts_on=FIRST, ends_on=LAST).id
    path = f"/partenaires/conventions/{number}/reconduire"
    client.sign_in(make_team())

    page = client.get(path).text

    assert "La suivante ira du 1er janvier 2027 au 31 décembre 2027." in page
    assert db.session.query(Convention).count() == 1

    client.send(path)

    assert db.session.query(Convention).count() == 2


def test_a_convention_of_the_end_of_time_is_refused_in_words(client: Visitor) -> None:
    number = make_convention(starts_on=FIRST, ends_on=LAST).id
    client.sign_in(make_team())

    answer = client.send(
        f"/partenaires/conventions/{number}",
        {"title": "Salle", "starts_on": "2026-01-01", "ends_on": "9999-12-31", "notice_months": 3},
    )

    assert answer.status_code == 422
    assert "Cette date n’est pas valable." in answer.text
    assert db.session.get_one(Convention, number).ends_on == LAST
