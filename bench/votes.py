"""Votes cast a second by distinct people over HTTP, beside two floors of the same run.

    .venv/bin/python -m bench.votes [people] [workers]

Eight clients on kept connections send ready-made requests to gunicorn with two workers (or as many
as asked) of eight threads in all; what the slowest vote in a hundred waited is said too. The
floors: requests a second that a bare Flask hello answers under the same server to the same clients,
and pairs of single-row inserts committed a second on the same database by eight threads with
nothing else to do. Both engines write to disk as in production; the three take turns, so that what
else the machine does weighs on each. Afterwards the roll and the box are counted: every ballot that
was acknowledged must be in.
"""

import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from urllib.parse import urlencode

from sqlalchemy import Connection, create_engine, text

from bench.house import ENGINES, ROOT, database, made, said

CLIENTS = 8
ROUNDS = 3
SECONDS = 4.0
"""How long each floor is measured, a round."""


@contextmanager
def served(target: str, env: dict[str, str], workers: int = 2) -> Iterator[int]:
    """Run gunicorn with eight threads in so many workers; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-k", "gthread"]
    command += ["-w", str(workers), "--threads", str(CLIENTS // workers)]
    command += ["--log-level", "error", "-c", "bench/plain.py", target]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env})
    try:
        for _ in range(300):
            try:
                _answer(socket.create_connection(("127.0.0.1", port)), request("GET", "/"))
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def request(verb: str, path: str, cookie: str = "", fields: dict[str, str] | None = None) -> bytes:
    """The bytes of a request, ready to be sent."""
    body = urlencode(fields or {})
    lines = [f"{verb} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Cookie: session={cookie}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def _answer(connection: socket.socket, sent: bytes) -> bytes:
    """The first line of the answer, the rest being read and dropped."""
    connection.sendall(sent)
    read = b""
    while b"\r\n\r\n" not in read:
        more = connection.recv(65536)
        if not more:
            raise OSError("the server hung up")
        read += more
    head, _, rest = read.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(rest) < length:
        rest += connection.recv(65536)
    return head.partition(b"\r\n")[0]


def sent_by_clients(
    port: int, requests: Iterator[bytes], awaited: bytes, waits: list[float] | None = None
) -> float:
    """Requests answered a second; any other answer than the awaited one ends the measure.

    Args:
        waits: takes the seconds that each answer took.
    """
    turn, done = threading.Lock(), [0] * CLIENTS

    def work(client: int) -> None:
        connection = socket.create_connection(("127.0.0.1", port))
        while True:
            with turn:
                sent = next(requests, None)
            if sent is None:
                return
            begun = time.perf_counter()
            said = _answer(connection, sent)
            if waits is not None:
                waits.append(time.perf_counter() - begun)
            if awaited not in said:
                raise RuntimeError(said.decode())
            done[client] += 1

    spent = _together(work)
    return sum(done) / spent


def for_seconds(seconds: float, sent: bytes) -> Iterator[bytes]:
    """The same request until the time is over."""
    stop = time.perf_counter() + seconds
    while time.perf_counter() < stop:
        yield sent


def pairs_committed(url: str) -> float:
    """Transactions of two single-row inserts a second, eight threads on kept connections."""
    engine = create_engine(url, pool_size=CLIENTS)
    with engine.begin() as connection:
        for table in ("floor_roll", "floor_box"):
            connection.execute(text(f"CREATE TABLE IF NOT EXISTS {table} (k TEXT PRIMARY KEY)"))
    stop, done = time.perf_counter() + SECONDS, [0] * CLIENTS

    def insert(connection: Connection) -> None:
        for table in ("floor_roll", "floor_box"):
            connection.execute(
                text(f"INSERT INTO {table} VALUES (:key)"), {"key": secrets.token_hex(16)}
            )

    def work(client: int) -> None:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA busy_timeout=20000")
                connection.commit()
            while time.perf_counter() < stop:
                with connection.begin():
                    insert(connection)
                done[client] += 1

    spent = _together(work)
    engine.dispose()
    return sum(done) / spent


def _together(work: Callable[[int], None]) -> float:
    """Seconds that the clients took, each in a thread."""
    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def bench_engine(name: str, url: str, people: int, workers: int, folder: str) -> None:
    """Rounds on a new database; the median of the ratios, each of one round."""
    env = made(url, folder)
    known = json.loads(said(env, "bench.seed_votes", str(people)).splitlines()[-1])
    path = f"/scrutins/{known['poll']}/bulletin"
    ballots = iter(
        [
            request("POST", path, cookie, {"csrf_token": token, "choice": "yes"})
            for cookie, token in known["voters"]
        ]
    )
    ratios = []
    waits: list[float] = []
    with (
        served("bench.hello:flask", {}, workers) as hello,
        served("wsgi:app", env, workers) as house,
    ):
        sent_by_clients(house, islice(ballots, 50), b" 302 ")
        for number in range(ROUNDS):
            floor = sent_by_clients(hello, for_seconds(SECONDS, request("GET", "/")), b" 200 ")
            pairs = pairs_committed(url.replace("postgresql://", "postgresql+psycopg://"))
            votes = sent_by_clients(
                house, islice(ballots, (people - 50) // ROUNDS), b" 302 ", waits
            )
            ratios.append(votes / floor)
            print(
                f"  {number + 1}: {votes:5.0f} votes/s; hello {floor:5.0f}/s ({votes / floor:.2f});"
                f" two inserts {pairs:5.0f}/s ({votes / pairs:.2f})",
                flush=True,
            )
    cast = 50 + (people - 50) // ROUNDS * ROUNDS
    slow = statistics.quantiles(waits, n=100)[98] * 1000
    print(f"{name}: median {statistics.median(ratios):.2f} of the hello; {_kept(url, cast)}")
    print(f"  one vote in a hundred waited {slow:.0f} ms or more, the slowest {max(waits):.2f} s")


def _kept(url: str, cast: int) -> str:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        signed, ballots = (
            connection.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("emargements", "secret_ballots")
        )
    engine.dispose()
    if (signed, ballots) != (cast, cast):
        raise SystemExit(f"{cast} acknowledged, {signed} signatures, {ballots} ballots")
    return f"{cast} acknowledged, {ballots} in the box"


def main() -> None:
    people, workers = (list(map(int, sys.argv[1:])) + [2000, 2][len(sys.argv) - 1 :])[:2]
    for engine in ENGINES:
        with database(engine) as (url, folder):
            bench_engine(engine, url, people, workers, folder)


if __name__ == "__main__":
    main()
