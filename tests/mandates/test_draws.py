"""A draw by lot is promised, frozen, and done again by anyone."""

import csv
import hashlib
import io
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.accounts.models import Resident
from app.bodies.models import Mandate
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.mandates import call_queries, call_services, draw_services
from app.mandates.cli import cli
from app.mandates.drawing import called, draw
from app.mandates.models import Draw, DrawAnswer, DrawEntry
from app.privacy.erasing import erase
from tests.at_once import refused_at_once
from tests.factories import make_quartier, make_resident, make_with_role
from tests.mandates.calling import make_call, make_candidates, make_closed
from tests.mandates.factories import HANDS
from tests.support import Ledger, Visitor, audited


def redone(seed: str, lines: list[tuple[int, str]], seats: int) -> list[int]:
    """The draw, written again from the recipe of the page alone."""
    ranks = sorted((hashlib.sha256(f"{seed}:{n}".encode()).hexdigest(), n, g) for n, g in lines)
    groups = list(dict.fromkeys(group for _rank, _n, group in ranks))
    won: list[int] = []
    turn = 0
    while len(won) < min(seats, len(lines)):
        left = [n for _rank, n, g in ranks if g == groups[turn % len(groups)] and n not in won]
        won += left[:1]
        turn += 1
    return won


@pytest.mark.parametrize("seed", range(40))
def test_anyone_finds_the_same_people_from_the_seed_and_the_list(seed: int) -> None:
    chance = Random(seed)
    lines = [(n, chance.choice(["F", "H", ""])) for n in range(1, chance.randint(2, 30))]
    seats = chance.randint(1, 12)

    drawn = draw(f"graine {seed}", dict(lines), seats)

    assert list(drawn.chosen) == redone(f"graine {seed}", lines, seats)
    assert sorted((*drawn.chosen, *drawn.waiting)) == [n for n, _group in lines]


def test_seats_are_shared_between_the_groups() -> None:
    strata = {n: "F" if n <= 3 else "H" for n in range(1, 21)}

    for seed in range(30):
        drawn = draw(str(seed), strata, 4)
        assert sorted(strata[n] for n in drawn.chosen) == ["F", "F", "H", "H"]


def test_who_refuses_gives_way_to_the_next_of_their_group_then_to_anyone() -> None:
    strata = {1: "F", 2: "F", 3: "H", 4: "H", 5: "H"}
    drawn = draw("x", strata, 2)
    woman = next(n for n in drawn.chosen if strata[n] == "F")

    after = called(drawn, [woman])
    other = next(n for n in (1, 2) if n != woman)
    then = called(drawn, [woman, other])

    assert other in after
    assert sorted(strata[n] for n in then) == ["H", "H"]
    assert called(draw("x", {1: ""}, 1), [1]) == ()


def test_the_list_and_the_promise_come_before_the_seed(app: Flask) -> None:
    call, director, people = make_closed("Amina", "Bilal", "Chloé")

    made = draw_services.commit_draw(director, call)

    assert made.seed is None
    page = call_queries.draw_page(made)
    assert [(line.number, line.name) for line in page.lines] == [
        (1, "Amina Z."),
        (2, "Bilal Z."),
        (3, "Chloé Z."),
    ]
    assert draw_services.called_now(made) == ()
    draw_services.do_draw(director, made)
    assert made.seed is not None
    assert hashlib.sha256(made.seed.encode()).hexdigest() == page.commitment
    with pytest.raises(Conflict):
        draw_services.do_draw(director, made)
    assert audited()[-2:] == ["draw:committed", "draw:done"]
    assert len(people) == 3


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO draw_entries (draw_id, number, stratum) VALUES (1, 9, '')",
        "DELETE FROM draw_entries WHERE number = 1",
        "UPDATE draw_entries SET number = 9 WHERE number = 1",
        "UPDATE draw_entries SET stratum = 'F'",
        "UPDATE draw_entries SET resident_id = (SELECT max(id) FROM residents) WHERE number = 1",
        "UPDATE draws SET commitment = 'x'",
        "UPDATE draws SET commitment = NULL",
        "UPDATE draws SET seats = 3",
        "UPDATE draws SET strata = 'sex'",
        "DELETE FROM draws",
    ],
)
def test_once_promised_nobody_changes_the_list_even_by_sql(app: Flask, change: str) -> None:
    call, director, _people = make_closed("Amina", "Bilal", "Chloé")
    draw_services.commit_draw(director, call)
    kept = call_queries.draw_page(db.session.get_one(Draw, 1))
    db.session.rollback()

    with pytest.raises(DatabaseError, match="the list of a draw is frozen"):
        db.session.execute(text(change))

    db.session.rollback()
    assert call_queries.draw_page(db.session.get_one(Draw, 1)) == kept


@pytest.mark.parametrize("change", ["seed = 'x'", "drawn_at = committed_at", "seed = NULL"])
def test_once_told_the_seed_stays(app: Flask, change: str) -> None:
    call, director, _people = make_closed("Amina", "Bilal")
    draw_services.do_draw(director, draw_services.commit_draw(director, call))
    db.session.rollback()

    with pytest.raises(DatabaseError, match="the list of a draw is frozen"):
        db.session.execute(text(f"UPDATE draws SET {change}"))

    db.session.rollback()


def test_a_draw_waits_for_the_call_to_close_for_people_and_for_the_direction(app: Flask) -> None:
    call, director = make_call()
    with pytest.raises(Conflict):
        draw_services.commit_draw(director, call)
    call_services.close_call(director, call)
    with pytest.raises(Invalid):
        draw_services.commit_draw(director, call)
    with pytest.raises(Forbidden):
        draw_services.commit_draw(make_with_role(Role.DESK), call)

    assert db.session.scalars(select(Draw)).all() == []


def test_a_draw_by_quartier_or_sex_says_each_one_s_group(app: Flask) -> None:
    call, director = make_call()
    source = make_quartier("La Source")
    make_candidates(call, "Amina", sex="F", quartier_id=source.id)
    make_candidates(call, "Bilal", sex="H")
    call_services.close_call(director, call)

    made = draw_services.commit_draw(director, call, "quartier")

    assert [line.stratum for line in call_queries.draw_page(made).lines] == ["La Source", ""]


def test_those_drawn_accept_or_refuse_and_the_next_is_called(ledger: Ledger) -> None:
    call, director, people = make_closed("Amina", "Bilal", "Chloé", "Dora")
    made = draw_services.commit_draw(director, call)
    draw_services.do_draw(director, made)
    first, second = draw_services.called_now(made)
    waiting = draw_services.drawn_of(made).waiting

    draw_services.answer(director, made, first, accepts=False)
    draw_services.answer(director, made, second, accepts=True)

    assert draw_services.called_now(made) == (waiting[0], second)
    for again in (first, second, waiting[1]):
        with pytest.raises(Conflict):
            draw_services.answer(director, made, again, accepts=True)
    seated = db.session.scalars(select(Mandate)).one()
    assert seated.resident_id == people[second - 1].id
    assert (seated.origin, seated.draw_id) == ("drawn", made.id)
    assert ledger.acts() == [Act.MANDATE_STARTED]


def test_an_answer_written_by_many_hands_is_written_once(app: Flask, ledger: Ledger) -> None:
    call, director, _people = make_closed("Amina", "Bilal", "Chloé")
    made = draw_services.commit_draw(director, call)
    draw_services.do_draw(director, made)
    number, made_id, director_id = draw_services.called_now(made)[0], made.id, director.id

    def accept() -> None:
        by = db.session.get_one(Resident, director_id)
        draw_services.answer(by, db.session.get_one(Draw, made_id), number, accepts=True)

    assert refused_at_once(app, [accept] * HANDS) == [Conflict] * (HANDS - 1)
    assert ledger.acts() == [Act.MANDATE_STARTED]
    assert len(db.session.scalars(select(DrawAnswer)).all()) == 1


def test_someone_erased_leaves_the_frozen_list_a_number(app: Flask) -> None:
    call, director, people = make_closed("Amina", "Bilal")
    made = draw_services.commit_draw(director, call)

    atomic(erase)(people[0], keeps_writings=False)

    entry = db.session.get_one(DrawEntry, (made.id, 1))
    assert entry.resident_id is None
    assert call_queries.draw_page(made).lines[0].name == ""
    draw_services.do_draw(director, made)
    with pytest.raises(Conflict):
        draw_services.answer(director, made, 1, accepts=True)
    draw_services.answer(director, made, 1, accepts=False)


def test_the_page_the_list_and_the_command_tell_the_same_draw(
    client: Visitor, tmp_path: Path
) -> None:
    call, director, _people = make_closed("Amina", "Bilal", "Chloé", "Dora")
    client.sign_in(director)
    assert client.get(f"/conseil/appels/{call.id}/tirage").status_code == 200
    assert client.send(f"/conseil/appels/{call.id}/tirage", {"strata": ""}).status_code == 302
    before = Visitor(client.application).get("/conseil/tirages/1").get_data(as_text=True)
    assert client.send("/conseil/tirages/1/tirer").status_code == 302
    made = db.session.get_one(Draw, 1)
    assert made.seed is not None
    assert made.commitment is not None

    page = Visitor(client.application).get("/conseil/tirages/1").get_data(as_text=True)
    listed = client.get("/conseil/tirages/1/liste.csv").get_data()
    (tmp_path / "liste.csv").write_bytes(listed)
    told = CliRunner().invoke(
        cli, ["draw", str(tmp_path / "liste.csv"), "--seed", made.seed, "--seats", "2"]
    )

    assert made.commitment in before
    assert made.seed not in before
    assert made.seed in page
    rows = list(csv.reader(io.StringIO(listed.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["numero", "strate"]
    lines = [(int(number), group) for number, group in rows[1:]]
    chosen = redone(made.seed, lines, 2)
    assert list(draw_services.called_now(made)) == chosen
    assert [int(line.split()[0]) for line in told.output.splitlines()[2:4]] == chosen
    assert made.commitment in told.output
    first, second = chosen
    yes = client.send(f"/conseil/tirages/1/{first}/reponse", {"reponse": "oui"})
    no = client.send(f"/conseil/tirages/1/{second}/reponse", {"reponse": "non"})
    assert (yes.status_code, no.status_code) == (302, 302)
    assert "tirage au sort" in client.get("/conseil/sieges").get_data(as_text=True)
    client.sign_in(make_resident())
    assert client.send("/conseil/tirages/1/tirer").status_code == 403


@pytest.mark.parametrize("content", ["", "a;b\n1;2\n", "numero;strate\nun;F\n"])
def test_the_command_refuses_what_is_no_list(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.csv").write_text(content, "utf-8")

    told = CliRunner().invoke(cli, ["draw", str(tmp_path / "x.csv"), "--seed", "a", "--seats", "1"])

    assert told.exit_code == 1
    assert "liste d’un tirage" in told.output
