"""Whatever is recorded, voided, joined or erased: one number, counted in three ways."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import atomic, db
from app.indicators import audits, periods
from app.indicators.definitions import DEFINITIONS
from app.indicators.details import detail
from app.indicators.queries import figures
from app.ledger import aliases, services
from app.ledger.acts import Act
from app.ledger.models import Entry
from app.privacy.erasing import erase
from tests.factories import make_quartier, make_resident
from tests.indicators.acts import Thing
from tests.indicators.independent import QUERIES, independent

FIRST = date(2025, 6, 1)
KINDS = (
    "activite service animation_quartier fete_quartier reunion_partenariale seance_projet "
    "rencontre_communication journee_reseau formation_equipe formation_concept autre "
    "presentation_concept appui_projet rencontre_associations individual family"
).split()
ACTS = [
    Act.SESSION_HELD,
    Act.SESSION_ATTENDED,
    Act.ADHESION_TAKEN,
    Act.PARTNER_MET,
    Act.ACTION_STARTED,
    Act.TRAINING_OFFERED,
    Act.PROJECT_BACKED,
    Act.PROJECT_REALISED,
    Act.PROJECT_ROLE_TAKEN,
    Act.MEETING_ATTENDED,
    Act.COMMENT_POSTED,
    Act.MEETING_HELD,
    Act.MEETING_HELD_WITHOUT_QUORUM,
    Act.BODY_CREATED,
    Act.BODY_FIRST_MET,
    Act.CONNECTION_ACCEPTED,
    Act.COLLECTIF_FORMED,
    Act.POLL_PARTICIPATED,
    Act.BODY_JOINED,
]
maybe = st.one_of(st.none(), st.integers(1, 3))
days = st.integers(0, 800).map(lambda n: FIRST + timedelta(days=n))
facts = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "offsite": st.sampled_from([None, True, False]),
        "lead": st.sampled_from([None, "centre", "ville"]),
        "nature": st.sampled_from([None, "echange", "coordination", "habitants", "equipe"]),
        "role": st.sampled_from([None, "volunteer", "habitants"]),
        "head_count": st.one_of(st.none(), st.integers(0, 40)),
        "estimated": st.booleans(),
        "minutes": st.one_of(st.none(), st.integers(0, 200)),
        "until": st.one_of(st.none(), days),
        "action_id": maybe,
        "partner_id": maybe,
        "body_id": st.integers(1, 3),
        "body_kind": st.sampled_from(["comite", "conseil"]),
        "association_id": maybe,
        "other_association_id": maybe,
    }
)
recorded = st.tuples(
    st.just("record"),
    st.sampled_from(ACTS),
    st.integers(0, 5),
    st.integers(1, 9),
    days,
    facts,
)
voided = st.tuples(st.just("void"), st.integers(0, 10_000))
joined = st.tuples(st.just("join"), st.integers(0, 3), st.integers(0, 3))
parted = st.tuples(st.just("part"), st.integers(0, 3))
erased = st.tuples(st.just("erase"), st.integers(0, 3))
rare = st.one_of(joined, parted, erased)
stories = st.lists(st.one_of(recorded, recorded, recorded, voided, rare), min_size=10, max_size=40)


class Story:
    """Plays what is drawn; people who were erased do nothing more."""

    def __init__(self) -> None:
        quartier = make_quartier()
        standings = ("habitant", "habitant", "habitant", "habitant", "team", "outside")
        self.people = [
            make_resident(standing=one, quartier_id=quartier.id if n % 2 else None, email=None)
            for n, one in enumerate(standings)
        ]
        self.keys = [str(one.participation_key) for one in self.people]
        self.gone: set[int] = set()

    def record(self, act: Act, who: int, what: int, when: date, more: dict[str, Any]) -> None:
        if who in self.gone or self.keys[who] in aliases.same_people():
            return
        named = act.value.endswith(("attended", "taken", "posted", "participated", "joined"))
        actor = self.people[who] if named else None
        services.record(act, actor=actor, subject=Thing(what), when=when, **more)

    def void(self, which: int) -> None:
        entries = select(Entry.id).where(Entry.voids_id.is_(None)).order_by(Entry.id)
        found = db.session.scalars(entries).all()
        if not found:
            return
        entry = db.session.get_one(Entry, found[which % len(found)])
        if db.session.query(Entry.id).filter_by(voids_id=entry.id).first():
            services.reinstate(entry, by=self.people[4])
        else:
            services.void(entry, by=self.people[4], reason="Erreur")

    def join(self, one: int, other: int) -> None:
        same = aliases.same_people()
        first, second = self.keys[one], self.keys[other]
        if first != second and first not in same and same.get(second, second) != first:
            aliases.join_keys(first, second)

    def part(self, one: int) -> None:
        aliases.part_keys(self.keys[one])

    def erase(self, one: int) -> None:
        if one not in self.gone:
            self.gone.add(one)
            erase(db.session.get_one(Resident, self.people[one].id), keeps_writings=False)


def counted_live(start: date, end: date) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for figure in figures(periods.dates(start, end), public=False):
        found[figure.code] = figure.value
        found |= {beside.code: beside.value for beside in figure.beside}
    return found


@pytest.mark.usefixtures("app")
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stories, days, st.integers(0, 500))
def test_live_totals_recounts_and_plain_sql_say_the_same(
    story: list[tuple[Any, ...]], start: date, length: int
) -> None:
    told = Story()
    for step, *what in story:
        move: Callable[..., None] = getattr(told, step)
        atomic(move)(*what)

    assert audits.audit().differences == ()
    assert audits.recount() == audits.kept_marks()
    for first, last in (
        (start, start + timedelta(days=length)),
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2025, 9, 1), date(2026, 8, 31)),
    ):
        assert counted_live(first, last) == independent(first, last)


def test_every_figure_shown_has_its_plain_sql() -> None:
    assert set(QUERIES) == {it.code for it in DEFINITIONS if it.shown}


def test_a_rebuild_finds_the_same_and_months_end_at_the_total(app: Flask) -> None:
    told = Story()
    for number in range(60):
        day = FIRST + timedelta(days=number * 11)
        more = {"head_count": 3, "offsite": True, "until": day + timedelta(days=200)}
        for act in (Act.SESSION_HELD, Act.ADHESION_TAKEN, Act.MEETING_ATTENDED):
            body = {"body_id": 1, "body_kind": "comite"}
            atomic(told.record)(act, number % 4, number + 1, day, {**more, **body})
    kept = audits.kept_marks()

    audits.rebuild()

    assert audits.kept_marks() == kept
    period = periods.dates(date(2025, 7, 10), date(2026, 3, 20))
    for code in ("1.1.3", "1.2.3", "3.2.3", "3.2.1"):
        found = detail(code, period, public=False)
        assert found.months[-1][1] == found.figure.value
