"""Does the time of an answer tell who has an account? Known and unknown addresses, turn by turn.

    .venv/bin/python -m bench.known_or_not [tries]

Each form is sent to the real server, for an address that has an account and for one that has not;
the spread is that of the known ones among themselves (half of them against the other half).
"""

import http.client
import statistics
import sys
import time
from urllib.parse import urlencode

from bench.seed_sign_ins import address
from bench.sign_ins import PEOPLE, form_of, house

Fields = dict[str, str]
FORMS: tuple[tuple[str, str, str, Fields], ...] = (
    ("wrong password", "/connexion", "identifier", {"secret": "faux"}),
    ("mailed link", "/connexion/lien", "email", {}),
    ("forgotten password", "/connexion/oubli", "email", {}),
)


def time_of(
    connection: http.client.HTTPConnection, path: str, fields: Fields, cookie: str
) -> float:
    """Milliseconds until the whole answer is there."""
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    begun = time.perf_counter()
    connection.request("POST", path, urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    spent = (time.perf_counter() - begun) * 1000
    if answer.status not in (302, 422):
        raise RuntimeError(f"{path}: {answer.status}")
    return spent


def main() -> None:
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with house("bench.unlimited:app") as (port, _pid):
        cookie, token = form_of(port)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for name, path, field, more in FORMS:
            known: list[float] = []
            unknown: list[float] = []
            for turn in range(tries):
                pair = ((known, address(turn % PEOPLE)), (unknown, f"x{turn}@example.org"))
                # Neither is always the first: what the one before left to do weighs on the next.
                for times, to in pair if turn % 2 else reversed(pair):
                    fields = {"csrf_token": token, field: to, **more}
                    times.append(time_of(connection, path, fields, cookie))
            show(name, known, unknown)


def show(name: str, known: list[float], unknown: list[float]) -> None:
    first, second = statistics.median(known[::2]), statistics.median(known[1::2])
    noise = abs(first - second)
    gap = statistics.median(known) - statistics.median(unknown)
    print(
        f"{name:<20} known {statistics.median(known):6.2f} ms, unknown "
        f"{statistics.median(unknown):6.2f} ms: {gap:+.2f} ms apart, where the known ones among "
        f"themselves are {noise:.2f} ms apart",
        flush=True,
    )


if __name__ == "__main__":
    main()
