"""What a search at the desk costs among 1,000 people and among 100,000, in one run.

    .venv/bin/python -m bench.desk_search [searches of each kind]

The page of the welcome desk is asked of a server that runs as in production; a search is timed from
the question to the last byte, since part of its work is another process's on PostgreSQL. Each size
has a new database, filled with people drawn from the same names; the middle search of each kind
counts. The aim: among 100,000 people, at most 3 times what it costs among 1,000.
"""

import http.client
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from urllib.parse import quote

from bench import house
from bench.pages import served
from tests.postgres import cluster

SIZES = (1_000, 100_000)
AIM = 3.0
KINDS = {
    "one letter": "a",
    "a common beginning": "ma",
    "a common name": "amina",
    "two words": "amina diallo",
    "two beginnings": "moh dia",
    "a name and a year": "diallo 1984",
    "a name nobody bears with another": "amina zzyx",
    "three words": "mohamed ali benali",
    "a card": "{card}",
    "the end of a telephone": "{ending}",
    "an address": "{email}",
    "a name nobody has": "xqzw",
}


def middle(port: int, cookie: str, typed: str, times: int) -> float:
    """Milliseconds of the middle search, after a few that warm up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    spent = []
    for turn in range(-5, times):
        begun = time.perf_counter()
        connection.request("GET", f"/accueil?q={quote(typed)}", headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{typed}: {answer.status}")
        if turn >= 0:
            spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent)


def bench_size(database: str, size: int, times: int) -> dict[str, float]:
    """Every kind of search among so many people."""
    with tempfile.TemporaryDirectory() as folder:
        url = database.format(folder=folder)
        env = house.made(url, folder, PUBLIC_URL="http://127.0.0.1")
        card, ending, email, cookie = house.said(env, "bench.seed_people", str(size)).split()
        known = {"card": card, "ending": ending, "email": email}
        with served("wsgi:app", env) as (port, _pid):
            return {
                kind: middle(port, cookie, typed.format(**known), times)
                for kind, typed in KINDS.items()
            }


def bench_engine(name: str, database: str, times: int) -> None:
    """Both sizes, and how many times more the large one costs."""
    print(name, flush=True)
    found = []
    for size in SIZES:
        with ExitStack() as parts:
            url = database or parts.enter_context(cluster())
            found.append(bench_size(url, size, times))
    few, many = found
    for kind in KINDS:
        ratio = many[kind] / few[kind]
        print(f"  {kind:<34}{few[kind]:>7.2f} ms {many[kind]:>7.2f} ms {ratio:>6.2f} x")
    overall = sum(many.values()) / sum(few.values())
    worst = max(many[kind] / few[kind] for kind in KINDS)
    verdict = "met" if worst <= AIM else "MISSED"
    print(f"  all kinds {overall:.2f} x, the worst {worst:.2f} x: at most {AIM:.0f} x is {verdict}")


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    bench_engine("SQLite", "sqlite:///{folder}/bench.db", times)
    bench_engine("PostgreSQL", "", times)


if __name__ == "__main__":
    main()
