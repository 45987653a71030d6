"""A ledger of 10,000 lines, and of millions: pages, one act, the recount; ratios in one run.

    .venv/bin/python -m bench.ledger [entries …]          (10000 1000000 by default)

The town stays the same: 2,000 people who take part, in one quartier and one or two of five
comités each. What grows is how much they do and for how long: 10,000 acts are one year, a million
ten years, five million twenty. On SQLite, then on PostgreSQL, each in a new database.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from flask import Flask
from sqlalchemy import event, func, select, text

from app import create_app
from app.accounts.models import Resident
from app.core.db import atomic, db, is_sqlite
from app.indicators import audits
from app.indicators.models import Mark
from app.ledger.acts import Act
from app.ledger.services import Facts, record
from bench import house
from tests.factories import make_body, make_quartier, make_resident
from tests.support import Statements

MEASURE = "measure"
SIZES = (10_000, 1_000_000)
PEOPLE = 2_000
LAST_YEAR = 2025
PAGES = (
    ("matrix, a year", "/projet-social?periode=annee-2025"),
    ("matrix, from the 10th to the 20th", "/projet-social?debut=2025-02-10&fin=2025-11-20"),
    ("people of the comités, a year", "/indicateurs/3.2.3?periode=annee-2025"),
    ("participations, a year", "/indicateurs/1.1.3?periode=annee-2025"),
)
COLUMNS = (
    "act, day, entered_at, participation_key, channel, subject_type, subject_id, kind, role, "
    "offsite, head_count, estimated, minutes, lead, nature, until, action_id, partner_id, body_id, "
    "body_kind, quartier_id, association_id, standing"
)
FILL = """
INSERT INTO ledger_entries ({columns}) {series}
SELECT CASE WHEN a < 620 THEN 'session:attended' WHEN a < 770 THEN 'meeting:attended'
         WHEN a < 820 THEN 'comment:posted' WHEN a < 880 THEN 'session:held'
         WHEN a < 920 THEN 'project:role_taken' WHEN a < 940 THEN 'adhesion:taken'
         WHEN a < 960 THEN 'partner:met' ELSE 'proposal:supported' END,
       {day}, CURRENT_TIMESTAMP, 'person' || p, 'desk', 'sessions', n / 12,
       CASE b WHEN 0 THEN 'activite' WHEN 1 THEN 'seance_projet' WHEN 2 THEN 'formation_concept'
         WHEN 3 THEN 'animation_quartier' WHEN 4 THEN 'reunion_partenariale'
         WHEN 5 THEN 'appui_projet' WHEN 6 THEN 'individual' ELSE 'activite' END,
       CASE WHEN b < 4 THEN 'volunteer' END, {offsite}, b * 3, {estimated}, 60 + b * 15,
       CASE WHEN b < 2 THEN 'ville' ELSE 'centre' END,
       CASE WHEN b < 5 THEN 'echange' ELSE 'coordination' END,
       {until}, n % 80, n % 40, 1 + (p + n % 2) % 5, 'comite', 1 + p % 5,
       CASE WHEN b = 1 THEN 1 + p % 12 END,
       CASE WHEN p < 40 THEN 'team' WHEN p < 140 THEN 'outside' ELSE 'habitant' END
FROM (SELECT n, (n * 7919) % 1000 AS a, (n * 104729) % 10 + n % 3 AS b,
             (n * 1299709 + n / 7) % {people} AS p, (n * 15485863 + n / 3) % {days} AS d
      FROM series) AS drawn
"""


def fill(entries: int, years: int) -> None:
    """So many lines, spread over so many years, the last of which is 2025."""
    first = date(LAST_YEAR - years + 1, 1, 1)
    parts = {
        "columns": COLUMNS,
        "people": str(PEOPLE),
        "days": str((date(LAST_YEAR, 12, 31) - first).days + 1),
    }
    if is_sqlite():
        parts |= {
            "series": "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series "
            f"WHERE n < {entries})",
            "day": f"date('{first}', '+' || d || ' days')",
            "until": f"date('{first}', '+' || (d + 240) || ' days')",
            "offsite": "n % 5 = 0",
            "estimated": "n % 7 = 0",
        }
    else:
        parts |= {
            "series": f"WITH series AS (SELECT n FROM generate_series(1, {entries}::bigint) AS n)",
            "day": f"DATE '{first}' + d::integer",
            "until": f"DATE '{first}' + d::integer + 240",
            "offsite": "n % 5 = 0",
            "estimated": "n % 7 = 0",
        }
    with db.engine.begin() as connection:
        connection.execute(text(FILL.format(**parts)))
    if not is_sqlite():
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def typical(work: Callable[[], object], times: int = 15) -> float:
    """The median, in milliseconds, after two turns for nothing."""
    work(), work()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return 1000 * statistics.median(spent)


def pages(app: Flask, statements: Statements) -> None:
    """Each page, never from memory: the act before it has moved the stamp."""
    client = app.test_client()
    touch = atomic(lambda: None)
    for name, path in PAGES:

        def read(path: str = path) -> None:
            answer = client.get(path)
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")

        def fresh(read: Callable[[], None] = read) -> None:
            touch()
            read()

        nothing = typical(touch)
        spent = typical(fresh) - nothing
        touch()
        statements.reset()
        read()
        print(f"RESULT\t{name}\t{spent:.2f}\t{len(statements)}")


def measure(entries: int) -> None:
    """Fill, count, read the pages and record; a line for each."""
    years = 1 if entries <= 10_000 else 10 if entries <= 1_000_000 else 20
    app = create_app()
    with app.app_context():
        for _ in range(5):
            make_quartier()
            make_body()
        number = make_resident().id
        start = time.perf_counter()
        fill(entries, years)
        filled, start = time.perf_counter() - start, time.perf_counter()
        audits.rebuild()
        spent = time.perf_counter() - start
        marks = db.session.scalar(select(func.count()).select_from(Mark))
        print(f"  {entries:,} lines over {years} years: filled in {filled:.0f} s, {marks:,} marks")
        print(f"  rebuilt in {spent:.1f} s: {entries / spent:,.0f} lines a second")
        db.session.remove()
        statements = Statements()
        event.listen(db.engine, "before_cursor_execute", statements.note)
        pages(app, statements)
        key: Facts = {"kind": "comment", "body_id": 1, "body_kind": "comite"}

        def writes(what: Act) -> Callable[[], object]:
            return atomic(lambda: record(what, actor=db.session.get_one(Resident, number), **key))

        act, silent = writes(Act.COMMENT_POSTED), writes(Act.BODY_JOINED)
        print(f"RESULT\tan act that counts\t{typical(act, 40):.2f}\t0")
        print(f"RESULT\tthe same act, counted by nothing\t{typical(silent, 40):.2f}\t0")


def bench_engine(name: str, url: str, folder: str, entries: int) -> dict[str, tuple[float, int]]:
    """In a new database, and a process of its own: name → (milliseconds, statements)."""
    env = house.made(url, folder, PUBLIC_URL="http://localhost")
    print(f"{name} (load {os.getloadavg()[0]:.1f})", flush=True)
    found = {}
    for line in house.said(env, "bench.ledger", str(entries), MEASURE).splitlines():
        if line.startswith("RESULT"):
            _result, what, spent, statements = line.split("\t")
            found[what] = (float(spent), int(statements))
        else:
            print(line)
    return found


def main() -> None:
    sizes = [int(it) for it in sys.argv[1:] if it.isdigit()] or list(SIZES)
    if MEASURE in sys.argv[2:]:
        measure(sizes[0])
        return
    for engine in house.ENGINES:
        runs = []
        for entries in sizes:
            with house.database(engine) as (url, folder):
                runs.append(bench_engine(engine, url, folder, entries))
        for what, (smallest, statements) in runs[0].items():
            others = " ".join(
                f"{run[what][0]:7.1f} ms (x {run[what][0] / smallest:.2f})" for run in runs[1:]
            )
            said = f", {statements} statements" if statements else ""
            print(f"  {what:<36} {smallest:7.1f} ms {others}{said}")


if __name__ == "__main__":
    main()
