"""The workbook and the register of a year: memory from 10,000 lines to a million, in one run.

    .venv/bin/python -m bench.workbook [entries …]          (10000 100000 by default)

Each file is made in a process of its own, on a new SQLite database; what is compared is the most
memory that process has held, less what it held before the file was begun.
"""

import os
import resource
import sys
import tempfile
import time
from datetime import date

from app import create_app
from app.core.csv import csv_lines
from app.core.db import db
from app.indicators import audits, report_entries, workbook
from app.indicators.periods import dates
from app.indicators.queries import figures
from bench import house
from bench.ledger import LAST_YEAR, fill

MEASURE = "measure"
SIZES = (10_000, 100_000)
WHOLE_YEAR = (date(LAST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


def peak() -> int:
    """The most memory held so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure(kind: str) -> None:
    """Make one file; print its bytes, its seconds and its kilobytes of memory."""
    app = create_app()
    with app.app_context(), tempfile.TemporaryFile() as file:
        period = dates(*WHOLE_YEAR)
        workbook.summary_rows(figures(period))
        before, start = peak(), time.perf_counter()
        if kind == "xlsx":
            workbook.write_workbook(file, period, public=False)
        else:
            file.writelines(line.encode() for line in csv_lines(report_entries.register(period)))
        spent, held = time.perf_counter() - start, peak() - before
        print(file.seek(0, os.SEEK_END), round(spent, 1), held)


def prepare(entries: int) -> None:
    """A centre with so many lines in one year."""
    app = create_app()
    with app.app_context():
        fill(entries, 1)
        audits.rebuild()
        db.session.remove()


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    first: dict[str, int] = {}
    for entries in sizes:
        with house.database("SQLite") as (url, folder):
            home = house.made(url, folder, MAISONNEE_ENV="testing")
            house.run(home, "bench.workbook", MEASURE, "fill", str(entries))
            for kind in ("xlsx", "csv"):
                size, spent, held = house.said(home, "bench.workbook", MEASURE, kind).split()
                first.setdefault(kind, max(int(held), 1))
                print(
                    f"{kind} {entries:>9,} lines: {int(size) / 1e6:7.1f} MB in {spent} s, "
                    f"{int(held) / 1024:6.1f} MB of memory, {int(held) / first[kind]:.2f} times",
                    flush=True,
                )


if __name__ == "__main__":
    match sys.argv[1:]:
        case [known, "fill", number] if known == MEASURE:
            prepare(int(number))
        case [known, kind] if known == MEASURE:
            measure(kind)
        case _:
            main()
