"""CPU time and requests a second of the main pages, against a bare Flask hello, in one run.

    .venv/bin/python -m bench.pages [requests]

Each server runs as in production (gunicorn, gthread, one worker, eight threads); the CPU is the
worker's own (user and system, from /proc), so it is not blurred by the client beside it.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import house
from bench.house import ROOT
from tests.postgres import cluster

TICK = os.sysconf("SC_CLK_TCK")
SIZES = (50, 5000)
PAGES = (
    ("(c) front page", "/"),
    ("(d) list of 50 proposals", "/propositions?taille=50"),
    ("(e) proposal with its comments", "/propositions/1"),
)


@dataclass(frozen=True)
class Figure:
    """`cpu` in milliseconds a request, `rate` in requests a second, `size` in bytes."""

    cpu: float
    rate: float
    size: int


@contextmanager
def served(target: str, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Run gunicorn; gives its port and its worker's process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-k", "gthread"]
    command += [
        "-w",
        "1",
        "--threads",
        "8",
        "--log-level",
        "error",
        "-c",
        "bench/plain.py",
        target,
    ]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env})
    try:
        for _ in range(200):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield port, _worker_of(process.pid)
    finally:
        process.terminate()
        process.wait(10)


def _worker_of(pid: int) -> int:
    """The first child of a gunicorn, which listens before it has one."""
    for _ in range(200):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if children:
            return int(children[0])
        time.sleep(0.1)
    raise SystemExit("gunicorn has no worker")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def measure(port: int, pid: int, path: str, requests: int) -> Figure:
    """Ask for a page so many times on one kept connection, after a warm-up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    size = 0
    for number in range(-30, requests):
        if number == 0:
            begun, clock = cpu_seconds(pid), time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read())
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
    spent = time.perf_counter() - clock
    return Figure((cpu_seconds(pid) - begun) * 1000 / requests, requests / spent, size)


def show(name: str, figure: Figure, floor: Figure) -> None:
    print(
        f"  {name:<36}{figure.cpu:>7.2f} ms  {figure.cpu / floor.cpu:>5.1f} x  "
        f"{figure.rate:>6.0f}/s  {figure.size:>7} bytes",
        flush=True,
    )


def bench_house(
    database: str, size: int, requests: int, floor: Figure, page_cache: bool
) -> list[Figure]:
    """The three pages on one database with `size` proposals and comments."""
    with tempfile.TemporaryDirectory() as folder:
        url = database.format(folder=folder)
        env = house.made(url, folder, PAGE_CACHE=str(int(page_cache)))
        house.run(env, "bench.seed", str(size), str(size))
        figures = []
        with served("wsgi:app", env) as (port, pid):
            for name, path in PAGES:
                figures.append(measure(port, pid, path, requests))
                show(f"{name}, {size} rows", figures[-1], floor)
        return figures


def main() -> None:
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    floors = []
    for name, target in (
        ("(a) bare WSGI", "bench.hello:wsgi"),
        ("(b) bare Flask", "bench.hello:flask"),
    ):
        with served(target, {}) as (port, pid):
            floors.append(measure(port, pid, "/", requests * 5))
        show(name, floors[-1], floors[-1])
    floor = floors[1]
    for page_cache in (True, False):
        print("Pages kept in memory while nothing changes" if page_cache else "Each page made anew")
        bench_engine("SQLite", "sqlite:///{folder}/bench.db", requests, floor, page_cache)
        bench_engine("PostgreSQL", "", requests, floor, page_cache)


def bench_engine(name: str, database: str, requests: int, floor: Figure, page_cache: bool) -> None:
    """Fifty rows, then five thousand, each in a new database."""
    print(name)
    found = []
    for size in SIZES:
        with ExitStack() as parts:
            url = database or parts.enter_context(cluster())
            found.append(bench_house(url, size, requests, floor, page_cache))
    for (page, _path), before, after in zip(PAGES, *found, strict=True):
        print(f"  {page}: {SIZES[1]} rows cost {after.cpu / before.cpu:.2f} x {SIZES[0]} rows")


if __name__ == "__main__":
    main()
