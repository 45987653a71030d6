"""Sign-ins a second through the real server, against what this machine's cores can hash alone.

    .venv/bin/python -m bench.sign_ins [seconds]

The server runs as `script/server` runs it (gunicorn.conf.py: one process, eight threads, SQLite
with every commit on disk). Hashing alone uses the same argon2 parameters, one thread a core. The
two take turns in one run, so that what else the machine does weighs on both. The client sends
ready-made requests on kept connections, and its own CPU is counted against the house.
"""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from argon2 import PasswordHasher

from bench.house import ROOT, database, made, said
from bench.pages import cpu_seconds
from bench.seed_sign_ins import PASSWORD, address

CORES = len(os.sched_getaffinity(0))
CLIENTS = 2 * CORES
ROUNDS = 3
PEOPLE = 200


@dataclass(frozen=True)
class Rate:
    """So many in a second, and the CPU seconds that each took (of the server, for sign-ins)."""

    a_second: float
    cpu: float


def hashed_alone(seconds: float, hashed: str) -> Rate:
    """Verifications a second, on every core; argon2 lets other threads run meanwhile."""
    hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
    done, stop = [0] * CORES, time.perf_counter() + seconds

    def work(core: int) -> None:
        while time.perf_counter() < stop:
            hasher.verify(hashed, PASSWORD)
            done[core] += 1

    begun, cpu = time.perf_counter(), time.process_time()
    _together(work, CORES)
    spent, used = time.perf_counter() - begun, time.process_time() - cpu
    return Rate(sum(done) / spent, used / sum(done))


def signed_in(port: int, pid: int, seconds: float) -> Rate:
    """Sign-ins a second, the right password each time; another answer stops the measure."""
    cookie, token = form_of(port)
    done, stop = [0] * CLIENTS, time.perf_counter() + seconds

    def work(client: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        turn = client
        while time.perf_counter() < stop:
            turn += CLIENTS
            typed = {"csrf_token": token, "identifier": address(turn % PEOPLE), "secret": PASSWORD}
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", "/connexion", urlencode(typed), headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 302 or answer.headers["Location"] != "/moi":
                raise RuntimeError(f"/connexion: {answer.status} {answer.headers['Location']}")
            done[client] += 1

    begun, cpu = time.perf_counter(), cpu_seconds(pid)
    _together(work, CLIENTS)
    spent = time.perf_counter() - begun
    return Rate(sum(done) / spent, (cpu_seconds(pid) - cpu) / sum(done))


def form_of(port: int) -> tuple[str, str]:
    """The session and the token of one page, good for every sign-in that follows."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/connexion")
    answer = connection.getresponse()
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
    if token is None:
        raise SystemExit("no form on /connexion")
    return answer.headers["Set-Cookie"].split(";")[0], token[1]


def _together(work: Callable[[int], None], how_many: int) -> None:
    threads = [threading.Thread(target=work, args=(n,)) for n in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def house(target: str = "wsgi:app") -> Iterator[tuple[int, int]]:
    """The server on a new database with people in it; its port and its worker's process id."""
    with database("SQLite") as (url, folder), socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
        free.close()
        env = made(url, folder, PORT=str(port), EMBEDDED_JOBS="")
        said(env, "bench.seed_sign_ins", str(PEOPLE))
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", target]
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env})
        try:
            yield port, _worker(server, port)
        finally:
            server.terminate()
            server.wait(20)


def _worker(server: subprocess.Popen[bytes], port: int) -> int:
    """The worker's process id, once it answers."""
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/sante")
            connection.getresponse().read()
            break
        except OSError:
            time.sleep(0.1)
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii")
    return int(children.split()[0])


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
    hashed = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1).hash(PASSWORD)
    ratios = []
    with house() as (port, pid):
        signed_in(port, pid, 2)
        for number in range(ROUNDS):
            before = hashed_alone(seconds / 2, hashed)
            real = signed_in(port, pid, seconds)
            after = hashed_alone(seconds / 2, hashed)
            alone = (before.a_second + after.a_second) / 2
            ratios.append(real.a_second / alone)
            print(
                f"{number + 1}: {alone:5.1f} hashes/s alone ({before.cpu * 1000:.1f} ms CPU each), "
                f"{real.a_second:5.1f} sign-ins/s ({real.cpu * 1000:.1f} ms CPU each): "
                f"{ratios[-1]:.2f}",
                flush=True,
            )
    print(f"median: {statistics.median(ratios):.2f} of what {CORES} cores can hash")


if __name__ == "__main__":
    main()
