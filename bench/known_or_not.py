"""Does the time of an answer tell who has an account? Known and unknown addresses, turn by turn.

    .venv/bin/python -m bench.known_or_not [tries]

Each form is sent to the real server, for an address that has an account and for one that has not,
in random order. What chance alone would make of the same times is found by giving them back their
labels at random, many times over (a permutation test on the difference of medians): a gap that is
no wider than 95 of those in a hundred says nothing to an attacker who sends as many forms.
"""

import http.client
import random
import statistics
import sys
import time
from urllib.parse import urlencode

from bench.seed_sign_ins import address
from bench.sign_ins import PEOPLE, form_of, house

SHUFFLES = 2000
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
                pair = [(known, address(turn % PEOPLE)), (unknown, f"x{turn}@example.org")]
                # Neither is always the first: what the one before left to do weighs on the next.
                random.shuffle(pair)
                for times, to in pair:
                    fields = {"csrf_token": token, field: to, **more}
                    times.append(time_of(connection, path, fields, cookie))
            show(name, known, unknown)


def by_chance(times: list[float]) -> float:
    """The gap, in milliseconds, under which 95 of 100 random halves of these times are apart."""
    gaps, half = [], len(times) // 2
    for _ in range(SHUFFLES):
        random.shuffle(times)
        gaps.append(abs(statistics.median(times[:half]) - statistics.median(times[half:])))
    return sorted(gaps)[SHUFFLES * 95 // 100]


def show(name: str, known: list[float], unknown: list[float]) -> None:
    gap = statistics.median(known) - statistics.median(unknown)
    print(
        f"{name:<20} known {statistics.median(known):6.2f} ms, unknown "
        f"{statistics.median(unknown):6.2f} ms: {gap:+.2f} ms apart, where chance alone sets "
        f"{by_chance(known + unknown):.2f} ms",
        flush=True,
    )


if __name__ == "__main__":
    main()
