"""Earlier years brought in from a table: looked at, then taken in, beside plain inserts.

    .venv/bin/python -m bench.pastlife [lines …]             (1000 10000 by default)

The floor is what the database alone takes to write as much, in the same run: a bare row for each
line to look at a file (its lines wait there), and two to take it in (an entry of the ledger, and
the list by which it is undone), by batches, in one transaction. The last column compares one line
of the longest file with one of the shortest. On SQLite, then on PostgreSQL, each in a new database.
"""

import io
import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from sqlalchemy import Column, Integer, MetaData, String, Table, insert
from werkzeug.datastructures import FileStorage

from app import create_app
from app.accounts.models import Resident
from app.core.db import atomic, db
from app.core.rights import Role
from app.pastlife import importing, previews, undoing
from app.pastlife.kinds import KINDS
from app.pastlife.models import PastImport
from bench import house
from tests.factories import make_with_role

MEASURE = "measure"
SIZES = (1_000, 10_000)
BATCH = 500
FIRST_DAY = date(2019, 1, 2)
WORDS = "as long as what a line of a table says, once it is understood: " * 4

BARE = Table(
    "bench_bare_lines",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("import_id", Integer, index=True),
    Column("number", Integer),
    Column("words", String),
)
"""A row with nothing around it: no rule, no trigger, no other index."""


def table(kind: str, lines: int, since: date) -> bytes:
    """A CSV of so many good lines, all different; presences name the sessions of that file."""
    rows = {
        "sessions": ["Action;Date;Heure;Durée;Type;Personnes"],
        "attendance": ["Action;Date;Heure;Tranche d’âge;Référence"],
        "members": ["Saison;Type;Référence"],
    }[kind]
    for number in range(lines):
        day = since + timedelta(days=number % 300)
        at = f"{8 + number // 300 % 12}h{number // 3600:02}"
        match kind:
            case "sessions":
                rows.append(f"Atelier {number % 40};{day:%d/%m/%Y};{at};1,5;Activité;12")
            case "attendance":
                first = number % 200
                day = since + timedelta(days=first)
                rows.append(f"Atelier {first % 40};{day:%d/%m/%Y};8h00;26-59;{number}")
            case _:
                rows.append(f"{since.year}-{since.year + 1};individuelle;{since.year}-{number}")
    return "\n".join(rows).encode()


@atomic
def bare(rows: int) -> None:
    """As many rows, and nothing else."""
    for first in range(0, rows, BATCH):
        some = range(first, min(first + BATCH, rows))
        lines = [{"import_id": 1, "number": number, "words": WORDS} for number in some]
        db.session.execute(insert(BARE), lines)


def seconds(act: Callable[[], object]) -> float:
    """Of the clock."""
    start = time.perf_counter()
    act()
    spent = time.perf_counter() - start
    db.session.remove()
    return spent


def measure(sizes: list[int]) -> None:
    """Files of these lengths in one database; a line `RESULT` for each act."""
    app = create_app()
    with app.app_context(), app.test_request_context():
        director = make_with_role(Role.DIRECTOR).id
        db.session.commit()
        db.session.remove()
        BARE.create(db.engine)
        for rank, lines in enumerate(sizes):
            floor = min(seconds(partial(bare, lines)) for _ in range(3))
            since = FIRST_DAY.replace(year=FIRST_DAY.year + rank)
            for kind in ("sessions", "attendance", "members"):
                one(director, kind, table(kind, lines, since), lines, floor)


def one(director: int, kind: str, data: bytes, lines: int, floor: float) -> None:
    """Look at a file, take it in; presences are taken back too, the rest stays for them."""
    found: list[int] = []

    def sent() -> PastImport:
        return db.session.get_one(PastImport, found[0])

    def by() -> Resident:
        return db.session.get_one(Resident, director)

    def look() -> None:
        upload = FileStorage(io.BytesIO(data), filename="avant.csv")
        found.append(previews.preview(by(), KINDS[kind], upload))

    looked = seconds(look)
    if sent().good != lines:
        raise SystemExit(f"{kind}: {sent().good} good lines of {lines}")
    taken = seconds(lambda: importing.import_good(by(), sent()))
    said = [("looked at", looked, floor), ("taken in", taken, 2 * floor)]
    if kind == "attendance":
        said.append(("taken back", seconds(lambda: undoing.undo(by(), sent())), 2 * floor))
    for what, spent, least in said:
        print(f"RESULT\t{kind}, {what}\t{lines}\t{spent:.3f}\t{spent / least:.1f}")


def bench_engine(name: str, url: str, folder: str, sizes: list[int]) -> None:
    """In a new database, and a process of its own."""
    env = house.made(url, folder, PUBLIC_URL="http://localhost")
    print(f"{name} (load {os.getloadavg()[0]:.1f})", flush=True)
    first: dict[str, float] = {}
    for line in house.said(env, "bench.pastlife", *map(str, sizes), MEASURE).splitlines():
        if line.startswith("RESULT"):
            _result, what, lines, spent, ratio = line.split("\t")
            each = float(spent) / int(lines)
            first.setdefault(what, each)
            print(
                f"  {what:<24} {int(lines):>7,} lines: {float(spent):7.2f} s, "
                f"{ratio:>5} times the floor, a line {each / first[what]:.2f} times"
            )


def main() -> None:
    sizes = [int(it) for it in sys.argv[1:] if it.isdigit()] or list(SIZES)
    if MEASURE in sys.argv[1:]:
        measure(sizes)
        return
    for engine in house.ENGINES:
        with house.database(engine) as (url, folder):
            bench_engine(engine, url, folder, sizes)


if __name__ == "__main__":
    main()
