"""Fill a migrated database with decisions of every kind, over ten years at most, in bulk."""

import sys
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, text

from app import create_app
from app.bodies.decision_models import Decision, DecisionStep
from app.bodies.models import OUTCOMES, Body, Meeting
from app.core.clock import now, today
from app.core.db import atomic, db, is_sqlite
from app.core.search import SearchDocument
from app.core.search_text import stems

BODIES = ("Conseil de maison", "Comité enfant", "Comité famille", "Comité senior")
A_YEAR = 500
WORDS = ("bancs", "fontaine", "jardin", "goûter", "éclairage", "sortie", "bibliothèque")
TEXT = "Le devis est demandé, la réponse est attendue avant la prochaine réunion. " * 5


@atomic
def fill(decisions: int) -> None:
    """So many decisions of four instances, each with one line of history and findable."""
    moment, day = now(), today()
    years = range(day.year, day.year - max(1, decisions // A_YEAR), -1)
    rows: list[dict[str, Any]] = []
    for number in range(decisions):
        outcome, word = OUTCOMES[number % 6], WORDS[number % 7]
        rows.append(
            {
                "id": number + 1,
                "body_id": number % 4 + 1,
                "meeting_id": number % 4 + 1,
                "year": years[number % len(years)],
                "rank": number // len(years) + 1,
                "title": f"Les {word} du quartier, point {number}",
                "text": TEXT,
                "outcome": outcome,
                "reason": "Trop cher." if outcome == "refuse" else None,
                "owner": "L’équipe du centre",
                "due_on": day + timedelta(days=number % 300 - 60),
                "decided_on": date(years[number % len(years)], 1, 1 + number % 28),
            }
        )
    db.session.execute(insert(Body), [_body(place, name, day) for place, name in enumerate(BODIES)])
    db.session.execute(
        insert(Meeting),
        [
            {"id": place, "body_id": place, "title": "Réunion", "starts_at": moment, "place": "Ici"}
            for place in range(1, len(BODIES) + 1)
        ],
    )
    db.session.execute(insert(Decision), rows)
    db.session.execute(
        insert(DecisionStep),
        [{"decision_id": row["id"], "outcome": row["outcome"], "at": moment} for row in rows],
    )
    db.session.execute(insert(SearchDocument), [_found(row) for row in rows])


def _body(place: int, name: str, day: date) -> dict[str, Any]:
    kind = "comite" if place else "conseil"
    return {"id": place + 1, "kind": kind, "name": name, "slug": f"n-{place}", "created_on": day}


def _found(row: dict[str, Any]) -> dict[str, Any]:
    number = f"{row['year']}-{row['rank']:02d}"
    title = f"{number} {row['title']}"
    return {
        "kind": "decisions",
        "subject_id": row["id"],
        "title": title,
        "url": f"/conseil/decisions/{number}",
        "stems": " ".join(stems(f"{title} {row['text']}")),
    }


def main() -> None:
    with create_app().app_context():
        fill(int(sys.argv[1]))
        if not is_sqlite():
            # As PostgreSQL's own upkeep does within a minute.
            db.session.execute(text("ANALYZE"))
            db.session.commit()


if __name__ == "__main__":
    main()
