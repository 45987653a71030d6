"""Five hundred sign-ins by eight phones at once, beside a floor of the same run.

    .venv/bin/python -m bench.sign_ins_at_the_door

Eight phones of the team on kept connections, gunicorn with two workers of four threads. Two ways,
each on a session of its own: « queue », the network is back and each phone sends what it kept,
as the page does (one request, it has less than 200 taps); « tap », once, each touch is a request,
the next leaving when it is answered: the least favourable way. A quarter of the people are signed
on two phones. The floor: requests a second that a bare Flask hello answers under the same server
to the same clients. Both engines write to disk as in production. Afterwards the sheet is counted:
everyone is there, nobody twice.
"""

import json
import socket
import statistics
import threading
import time
from uuid import uuid4

from sqlalchemy import create_engine, text

from bench.house import ENGINES, database, made, said
from bench.votes import CLIENTS, for_seconds, sent_by_clients, served
from bench.votes import request as plain_request

PEOPLE, TWICE = 500, 125
ROUNDS = 3
SECONDS = 3.0
GOAL = 0.30


def request(session_id: int, phone: list[str], people: list[int]) -> bytes:
    """The bytes of what a page sends for these people, ready to leave."""
    taps = [
        {"id": str(uuid4()), "ago": 1000, "adds": True, "role": "", "person": p} for p in people
    ]
    body = json.dumps({"taps": taps})
    lines = [
        f"POST /seances/{session_id}/presences/envoi HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Length: {len(body)}",
        "Content-Type: application/json",
        f"Cookie: session={phone[0]}",
        f"X-CSRFToken: {phone[1]}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def answered(connection: socket.socket, sent: bytes) -> int:
    """How many taps the server says it took."""
    connection.sendall(sent)
    read = b""
    while b"\r\n\r\n" not in read:
        read += connection.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)
    if b" 200 " not in head.partition(b"\r\n")[0]:
        raise RuntimeError(head.decode())
    return len(json.loads(body)["taken"])


def rate(port: int, queues: list[list[bytes]]) -> tuple[float, int]:
    """Taps taken a second by all phones together, and how many in all."""
    taken = [0] * len(queues)

    def hold(number: int) -> None:
        connection = socket.create_connection(("127.0.0.1", port))
        for sent in queues[number]:
            taken[number] += answered(connection, sent)

    phones = [threading.Thread(target=hold, args=[number]) for number in range(len(queues))]
    begun = time.perf_counter()
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    return sum(taken) / (time.perf_counter() - begun), sum(taken)


def shares(people: list[int]) -> list[list[int]]:
    """What each phone holds: all the people among them, and a quarter on a second phone too."""
    parts = [people[number::CLIENTS] for number in range(CLIENTS)]
    for rank, person in enumerate(people[:TWICE]):
        parts[(rank + 1) % CLIENTS].append(person)
    return parts


def bench_engine(name: str, url: str, folder: str) -> None:
    """Rounds on a new database; the median of the ratios, each of one round."""
    env = made(url, folder)
    seed = ["bench.seed_sign_ins_at_the_door", str(PEOPLE), str(CLIENTS), str(2 * ROUNDS + 1)]
    known = json.loads(said(env, *seed).splitlines()[-1])
    warm, *sessions = known["sessions"]
    parts, ratios = shares(known["people"]), {"queue": [0.0], "tap": [0.0]}
    for found in ratios.values():
        found.clear()
    with served("bench.hello:flask", {}) as hello, served("wsgi:app", env) as house:
        rate(house, [[request(warm, phone, parts[0])] for phone in known["phones"]])
        for number in range(ROUNDS):
            floor = sent_by_clients(
                hello, for_seconds(SECONDS, plain_request("GET", "/")), b" 200 "
            )
            for way in ("queue",) if number else ("queue", "tap"):
                session_id = sessions.pop()
                size = 200 if way == "queue" else 1
                ready = [
                    [
                        request(session_id, phone, part[start : start + size])
                        for start in range(0, len(part), size)
                    ]
                    for phone, part in zip(known["phones"], parts, strict=True)
                ]
                taps, taken = rate(house, ready)
                # A person on two phones is one sign-in, whichever came first.
                signed = taps * PEOPLE / taken
                ratios[way].append(signed / floor)
                print(
                    f"  {number + 1} {way:5}: {signed:6.0f} sign-ins/s; hello {floor:5.0f}/s"
                    f" ({signed / floor:.2f}); {_kept(url, session_id)}",
                    flush=True,
                )
    for way, found in ratios.items():
        print(f"{name}, {way}: median {statistics.median(found):.2f} of the hello (goal {GOAL})")


def _kept(url: str, session_id: int) -> str:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        rows, people, taps = (
            connection.scalar(
                text(f"SELECT count({what}) FROM {table} WHERE session_id = :id"),
                {"id": session_id},
            )
            for what, table in (
                ("*", "session_attendances"),
                ("DISTINCT resident_id", "session_attendances"),
                ("DISTINCT client_id", "attendance_taps"),
            )
        )
    engine.dispose()
    if (rows, people, taps) != (PEOPLE, PEOPLE, PEOPLE + TWICE):
        raise SystemExit(f"lost or twice: {rows} rows, {people} people, {taps} taps")
    return f"{people} there, none twice"


def main() -> None:
    for engine in ENGINES:
        with database(engine) as (url, folder):
            bench_engine(engine, url, folder)


if __name__ == "__main__":
    main()
