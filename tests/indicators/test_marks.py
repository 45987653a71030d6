"""The totals kept agree with the ledger, whatever happens at the same moment."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import Executable, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Resident
from app.core.db import atomic, db
from app.indicators import audits
from app.indicators.models import Mark
from app.ledger import services
from app.ledger.acts import Act
from app.ledger.models import Entry
from tests.at_once import all_at_once, refused_at_once
from tests.factories import make_resident
from tests.indicators.acts import MARCH, attended, attended_by, offsite, record, void
from tests.support import Statements

THREADS = 8


@atomic
def came(resident_id: int) -> None:
    services.record(
        Act.MEETING_ATTENDED,
        actor=db.session.get(Resident, resident_id),
        when=MARCH,
        body_id=1,
        body_kind="comite",
    )


@atomic
def was_an_error(entry_id: int, desk_id: int) -> None:
    entry, desk = db.session.get(Entry, entry_id), db.session.get(Resident, desk_id)
    assert entry is not None and desk is not None
    services.void(entry, by=desk, reason="Erreur de saisie")


def kept() -> list[int]:
    """How many entries stand behind each mark of a person in a comité."""
    of_comites = select(Mark.m3).where(Mark.code == "3.2.3", Mark.m3 != 0)
    return list(db.session.scalars(of_comites.order_by(Mark.id)))


def test_people_recording_at_once_lose_nothing(app: Flask) -> None:
    resident_id = make_resident().id
    db.session.remove()

    wrong = refused_at_once(app, [partial(came, resident_id)] * THREADS)

    assert wrong == []
    assert kept() == [THREADS]
    assert audits.audit().differences == ()


def test_voids_race_with_records_and_the_count_stays_true(app: Flask) -> None:
    resident, desk_id = make_resident(), make_resident().id
    resident_id = resident.id
    wrong_ones = [attended(resident).id for _ in range(THREADS // 2)]
    db.session.remove()
    works: list[Callable[[], object]] = [partial(came, resident_id)] * (THREADS // 2)
    works += [partial(was_an_error, number, desk_id) for number in wrong_ones]

    wrong = refused_at_once(app, works)

    assert wrong == []
    assert kept() == [THREADS // 2]
    assert audits.audit().differences == ()


def test_everything_voided_at_once_leaves_no_mark(app: Flask) -> None:
    resident, desk_id = make_resident(), make_resident().id
    numbers = [attended(resident).id for _ in range(THREADS)]
    db.session.remove()

    wrong = refused_at_once(app, [partial(was_an_error, number, desk_id) for number in numbers])

    assert wrong == []
    assert kept() == []


def test_one_entry_voided_by_several_at_once_is_taken_away_once(app: Flask) -> None:
    resident, desk_id = make_resident(), make_resident().id
    attended(resident)
    twice = attended(resident).id

    def void_it() -> str:
        try:
            was_an_error(twice, desk_id)
        except IntegrityError:
            return "refused by the database"
        return "voided"

    outcomes = all_at_once(app, [void_it] * 4)

    assert outcomes.count("voided") == 1
    assert kept() == [1]
    assert audits.audit().differences == ()


@pytest.mark.usefixtures("app")
def test_an_act_that_feeds_nothing_costs_nothing_more(statements: Statements) -> None:
    resident = make_resident()

    statements.reset()
    record(Act.BODY_JOINED, actor=resident)

    assert not [sent for sent in statements.sent if "indicator_marks" in sent]


@pytest.mark.usefixtures("app")
def test_an_act_that_counts_costs_one_statement(statements: Statements) -> None:
    statements.reset()
    offsite(quartier_id=3)

    assert len([sent for sent in statements.sent if "indicator_marks" in sent]) == 1


@pytest.mark.usefixtures("app")
def test_an_act_undone_leaves_no_mark() -> None:
    @atomic
    def fails() -> None:
        services.record(Act.SESSION_HELD, when=MARCH, offsite=True)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()

    assert audits.kept_marks() == {}


def test_the_audit_says_that_nothing_differs(app: Flask) -> None:
    attended_by(3)
    desk = make_resident()
    void(offsite(), by=desk, reason="Erreur de saisie")

    answer = app.test_cli_runner().invoke(args=["indicators", "audit"])

    assert answer.exit_code == 0
    assert answer.output == "Aucune différence (3 marques, 5 lignes)\n"


@pytest.mark.parametrize(
    "tampering",
    [
        update(Mark).values(m3=7).where(Mark.code == "3.2.1"),
        update(Mark).values(unit="someone-else").where(Mark.code == "3.2.1"),
        delete(Mark).where(Mark.code == "3.2.1"),
    ],
)
def test_the_audit_turns_red_when_a_mark_was_tampered_with(
    app: Flask, tampering: Executable
) -> None:
    attended_by(2)
    offsite()
    atomic(lambda: db.session.execute(tampering))()

    answer = app.test_cli_runner().invoke(args=["indicators", "audit"])

    assert answer.exit_code == 1
    assert "3.2.1 2026-03" in answer.output


def test_a_rebuild_writes_the_marks_again(app: Flask) -> None:
    attended_by(2)
    desk = make_resident()
    void(offsite(), by=desk, reason="Erreur de saisie")
    atomic(lambda: db.session.execute(delete(Mark)))()

    answer = app.test_cli_runner().invoke(args=["indicators", "rebuild"])

    assert answer.output == "2 marques recalculées\n"
    assert db.session.scalar(select(func.count()).select_from(Mark)) == 2
    assert audits.audit().differences == ()
