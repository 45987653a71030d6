"""A meeting convened for 5,000 members with an e-mail: seconds of the act, and SQL statements.

    .venv/bin/python -m bench.convocations [members]

The act ends when every mail is queued and committed, on disk as in production; sending comes
after. On SQLite, then on PostgreSQL, each in a new database; the first convocation of a process
reads templates and fonts, so a small meeting is convened before.
"""

import os
import sys
import time
from datetime import timedelta

from sqlalchemy import event, func, insert, select

from app import create_app
from app.accounts.models import Resident
from app.bodies.meeting_services import convene
from app.bodies.models import COMITE, Body, Membership
from app.core.clock import now, today
from app.core.db import atomic, db
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.core.security import luhn_digit
from app.notifications.models import Notification
from bench import house
from tests.factories import make_with_role
from tests.support import Statements

GOAL = 3.0
MEASURE = "measure"


@atomic
def make_comite(name: str, members: int, first: int) -> int:
    """A comité whose members all have an e-mail that they confirmed; its id."""
    moment = now()
    body = Body(kind=COMITE, name=name, slug=name, created_on=today())
    db.session.add(body)
    db.session.flush()
    people = []
    for number in range(first, first + members):
        card = f"{1000000 + number}"
        people.append(
            {
                "id": number,
                "given_name": "Amina",
                "family_name": f"Habitant{number}",
                "folded_name": f"habitant{number} amina",
                "card_number": card + luhn_digit(card),
                "email": f"h{number}@example.org",
                "email_confirmed_at": moment,
                "registered_at": moment,
                "standing": "habitant",
            }
        )
    db.session.execute(insert(Resident), people)
    joined = [{"body_id": body.id, "resident_id": one["id"]} for one in people]
    db.session.execute(insert(Membership), joined)
    return body.id


def measure(members: int) -> None:
    """Convene twice: a small comité, then the large one, which is timed."""
    with create_app().app_context():
        director = make_with_role(Role.DIRECTOR, standing="team")
        small, large = make_comite("petit", 5, 100_000), make_comite("grand", members, 200_000)
        _convene(director, small)
        statements = Statements()
        event.listen(db.engine, "before_cursor_execute", statements.note)
        clock, processor = time.perf_counter(), time.process_time()
        _convene(director, large)
        spent, used = time.perf_counter() - clock, time.process_time() - processor
        event.remove(db.engine, "before_cursor_execute", statements.note)
        queued, told = (
            db.session.scalar(select(func.count()).select_from(table))
            for table in (OutboxMail, Notification)
        )
        if (queued, told) != (members + 5, members + 5):
            raise SystemExit(f"{members} members: {queued} mails, {told} messages")
        print(
            f"  {members} convocations queued in {spent:.2f} s ({used:.2f} s of processor, goal "
            f"{GOAL:.0f} s), {len(statements)} SQL statements"
        )


def _convene(director: Resident, body_id: int) -> None:
    convene(
        director,
        db.session.get_one(Body, body_id),
        title="Réunion de printemps",
        starts_at=now() + timedelta(days=21),
        place="Grande salle",
        agenda=["Le budget", "La fête", "Les bancs"],
    )


def bench_engine(name: str, url: str, folder: str, members: int) -> None:
    """In a new database, and a process of its own."""
    env = house.made(url, folder)
    print(f"{name} (load {os.getloadavg()[0]:.1f})", flush=True)
    house.run(env, "bench.convocations", str(members), MEASURE)


def main() -> None:
    members = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    if MEASURE in sys.argv[2:]:
        measure(members)
        return
    for engine in house.ENGINES:
        with house.database(engine) as (url, folder):
            bench_engine(engine, url, folder, members)


if __name__ == "__main__":
    main()
