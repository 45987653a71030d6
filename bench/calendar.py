"""The month of the programme with 50 sessions in all, then with 2,000, in one run.

    .venv/bin/python -m bench.calendar [requests]

The month shown holds the same 50 sessions both times; the 1,950 others are in the years before
and after it, as in a programme that has lived. What is measured is thus what the sessions of other
months cost, not a longer page. `crowded` then has all 2,000 in that month, where a day shows four
and leads to its week. CPU of the worker a request, signed out, on SQLite, the memory of pages aside
(PAGE_CACHE=0), since a page from memory costs the same whatever it holds.
"""

import os
import sys
import tempfile
from datetime import timedelta

from sqlalchemy import insert

from app import create_app
from app.core.clock import now
from app.core.db import atomic, db
from app.programme.models import Action, Session
from bench import house
from bench.pages import Figure, measure, served

GOAL = 1.5
SEED = "seed"
SPREADS = {"small": (50, 0), "large": (50, 1950), "crowded": (2000, 0)}
"""Sessions in the month shown, and in the years around it."""
HERE, AROUND = timedelta(days=27), timedelta(days=730)
PAGES = ("/programme/mois", "/programme/semaine")


@atomic
def seed(within: int, around: int) -> None:
    """So many sessions of ten actions, in the present month, then half before and half after."""
    actions = [
        Action(title=f"Atelier {rank}", kind="activite", place="Grande salle") for rank in range(10)
    ]
    db.session.add_all(actions)
    db.session.flush()
    month = now().replace(day=1, hour=6, minute=0, second=0, microsecond=0)
    starts = [month + HERE * rank / within for rank in range(within)]
    for rank in range(around // 2):
        starts.append(month - timedelta(days=10) - AROUND * rank / (around // 2))
        starts.append(month + timedelta(days=45) + AROUND * rank / (around // 2))
    rows = [
        {
            "action_id": actions[rank % 10].id,
            "starts_at": start,
            "ends_at": start + timedelta(hours=1),
            "changed_at": month,
        }
        for rank, start in enumerate(starts)
    ]
    db.session.execute(insert(Session), rows)


def bench(spread: str, requests: int) -> dict[str, Figure]:
    """Each page on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        env = house.made(f"sqlite:///{folder}/bench.db", folder, PAGE_CACHE="0")
        house.run(env, "bench.calendar", SEED, spread)
        with served("bench.unlimited:app", env) as (port, pid):
            return {path: measure(port, pid, path, requests) for path in PAGES}


def main() -> None:
    if sys.argv[1:2] == [SEED]:
        with create_app().app_context():
            seed(*SPREADS[sys.argv[2]])
        return
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    print(f"load {os.getloadavg()[0]:.1f}")
    found = {spread: bench(spread, requests) for spread in SPREADS}
    for path in PAGES:
        small, large, crowded = (found[spread][path] for spread in SPREADS)
        print(
            f"  {path:<24}{small.cpu:>7.2f} ms with 50  {large.cpu:>7.2f} ms with 2,000  "
            f"= {large.cpu / small.cpu:.2f} x (goal for the month {GOAL});  crowded "
            f"{crowded.cpu:.2f} ms, {crowded.size} bytes"
        )


if __name__ == "__main__":
    main()
