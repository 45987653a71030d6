"""The matrix of partners with 30 and with 300: statements sent, and how much longer it takes.

    .venv/bin/python -m bench.partners

Both are served by the same process in one run, signed out, a fresh database each; times are the
median of the page asked for many times, its memory of public pages emptied each time by an act.
"""

import os
import tempfile
import time
from statistics import median

os.environ["MAISONNEE_ENV"] = "testing"
os.environ["INSTANCE_PATH"] = tempfile.mkdtemp(prefix="maisonnee-bench-")
os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['INSTANCE_PATH']}/bench.db"

from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, insert, select

from app import create_app
from app.centre.models import Quartier
from app.core.clock import now
from app.core.db import atomic, db
from app.core.limits import limiter
from app.partners.models import Mission, Partner, PartnerMission, PartnerPublic, PartnerQuartier
from app.partners.words import EVERYBODY, PUBLICS

PATH = "/partenaires/qui-fait-quoi?quartier=1"
FEW, MANY, TIMES = 30, 300, 40


@atomic
def fill(first: int, last: int) -> None:
    """Partners of these numbers: three missions, two publics and a quartier each."""
    numbers, moment = range(first, last + 1), now()
    if first == 1:
        db.session.execute(insert(Quartier), [{"id": 1, "name": "La Source", "slug": "source"}])
    missions = db.session.scalars(select(Mission.id).order_by(Mission.id)).all()
    publics = [code for code in PUBLICS if code != EVERYBODY]
    plain = {"kind": "autre", "purpose": "", "address": "", "notes": "", "added_at": moment}
    db.session.execute(
        insert(Partner),
        [
            {
                "id": number,
                "name": f"Partenaire {number}",
                "folded_name": f"partenaire {number:04d}",
                "slug": f"partenaire-{number}",
                **plain,
            }
            for number in numbers
        ],
    )
    chosen = [
        {"partner_id": number, "mission_id": missions[(number + 4 * step) % len(missions)]}
        for number in numbers
        for step in range(3)
    ]
    db.session.execute(insert(PartnerMission), chosen)
    served = [
        {"partner_id": number, "public": publics[(number + step) % len(publics)]}
        for number in numbers
        for step in range(2)
    ]
    db.session.execute(insert(PartnerPublic), served)
    there = [{"partner_id": number, "quartier_id": 1} for number in numbers]
    db.session.execute(insert(PartnerQuartier), there)


@atomic
def stir() -> None:
    """An act like any other: pages kept in memory are made again after it."""


def measured(client: FlaskClient, sent: list[str]) -> tuple[float, int]:
    """Milliseconds of the page, and statements it sends."""
    took, statements = [], 0
    for _time in range(TIMES):
        stir()
        sent.clear()
        start = time.perf_counter()
        answer = client.get(PATH)
        took.append((time.perf_counter() - start) * 1000)
        assert answer.status_code == 200
        statements = max(statements, len(sent))
    return median(took), statements


def main() -> None:
    app = create_app()
    limiter.enabled = False
    sent: list[str] = []
    with app.app_context():
        upgrade()
        event.listen(
            db.engine,
            "before_cursor_execute",
            lambda _c, _cursor, statement, *_more: (
                sent.append(statement) if statement.startswith("SELECT") else None
            ),
        )
        client = app.test_client()
        fill(1, FEW)
        few, few_sent = measured(client, sent)
        fill(FEW + 1, MANY)
        many, many_sent = measured(client, sent)
    print(f"{FEW:4} partenaires : {few:6.1f} ms, {few_sent} statements")
    print(f"{MANY:4} partenaires : {many:6.1f} ms, {many_sent} statements")
    print(f"ratio {MANY}/{FEW} : {many / few:.2f}")


if __name__ == "__main__":
    main()
