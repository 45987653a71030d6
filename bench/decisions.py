"""The board of decisions with 5,000 of them against 50, in one run, on both engines.

    .venv/bin/python -m bench.decisions [requests]

Each size has a server of its own, as `bench.pages` runs them; both are up at once and take turns,
round by round, so that what else the machine does weighs on each. The figure is the median of the
ratios of the rounds: CPU of the server a request. Every page is made anew (no memory of pages),
for a visitor who is signed out: the board, its second filter, and a search.
"""

import os
import statistics
import sys
import tempfile
from contextlib import ExitStack

from bench import house
from bench.pages import Figure, measure, served
from tests.postgres import cluster

SIZES = (50, 5000)
ROUNDS = 7
GOAL = 1.3
PAGES = (
    ("board", "/conseil/decisions"),
    ("late ones of an outcome", "/conseil/decisions?suite=adopte&retard=oui"),
    ("a search", "/conseil/decisions?q=fontaine"),
)
Server = tuple[int, int]


def bench_engine(name: str, database: str, requests: int) -> None:
    """Both sizes side by side, in new databases."""
    print(f"{name} (load {os.getloadavg()[0]:.1f})")
    with ExitStack() as parts:
        few, many = (_house(parts, database, size) for size in SIZES)
        for title, path in PAGES:
            rounds = [
                (measure(*few, path, requests), measure(*many, path, requests))
                for _ in range(ROUNDS)
            ]
            _show(title, rounds)


def _house(parts: ExitStack, database: str, size: int) -> Server:
    folder = parts.enter_context(tempfile.TemporaryDirectory())
    url = database.format(folder=folder) or parts.enter_context(cluster())
    env = house.made(url, folder, PAGE_CACHE="0")
    house.run(env, "bench.seed_decisions", str(size))
    return parts.enter_context(served("wsgi:app", env))


def _show(title: str, rounds: list[tuple[Figure, Figure]]) -> None:
    ratios = [many.cpu / few.cpu for few, many in rounds]
    few, many = (statistics.median(one[side].cpu for one in rounds) for side in (0, 1))
    print(
        f"  {title:<26}{few:>7.2f} ms with {SIZES[0]}, {many:>7.2f} ms with {SIZES[1]}: "
        f"{statistics.median(ratios):.2f} x (goal {GOAL}; rounds "
        f"{', '.join(f'{ratio:.2f}' for ratio in ratios)})",
        flush=True,
    )


def main() -> None:
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    bench_engine("SQLite", "sqlite:///{folder}/bench.db", requests)
    bench_engine("PostgreSQL", "", requests)


if __name__ == "__main__":
    main()
