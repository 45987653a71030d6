"""Fill a migrated database with lists of a known length, in bulk."""

import sys
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from app import create_app
from app.accounts.models import Resident
from app.centre.models import Category, Quartier
from app.core.clock import now
from app.core.db import atomic, db
from app.core.security import luhn_digit
from app.proposals.models import Comment, Proposal

TEXT = "Un banc à l’ombre, devant l’école, pour attendre les enfants. " * 6
PEOPLE = 200


@atomic
def fill(proposals: int, comments: int) -> None:
    """So many proposals that gather supports; the first one has so many comments."""
    moment = now()
    db.session.execute(insert(Category), [{"id": 1, "name": "Cadre de vie", "slug": "cadre"}])
    db.session.execute(insert(Quartier), [{"id": 1, "name": "La Source", "slug": "source"}])
    people: list[dict[str, Any]] = []
    for number in range(1, PEOPLE + 1):
        body = f"{1000000 + number}"
        people.append(
            {
                "id": number,
                "given_name": "Amina",
                "family_name": f"Habitant{number}",
                "folded_name": f"habitant{number} amina",
                "card_number": body + luhn_digit(body),
                "email": f"h{number}@example.org",
                "registered_at": moment,
                "standing": "habitant",
            }
        )
    db.session.execute(insert(Resident), people)
    db.session.execute(
        insert(Proposal),
        [
            {
                "id": number,
                "title": f"Des bancs devant l’école {number}",
                "text": TEXT,
                "author_id": number % PEOPLE + 1,
                "category_id": 1,
                "quartier_id": 1,
                "status": "gathering",
                "support_count": number % 20,
                "comment_count": comments if number == 1 else 0,
                "version": 1,
                "image_alt": "",
                "created_at": moment,
                "published_at": moment - timedelta(minutes=number),
            }
            for number in range(1, proposals + 1)
        ],
    )
    db.session.execute(
        insert(Comment),
        [
            {
                "proposal_id": 1,
                "parent_id": None,
                "author_id": number % PEOPLE + 1,
                "text": "Je suis d’accord, et je peux aider le samedi matin.",
                "posted_at": moment + timedelta(seconds=number),
            }
            for number in range(comments)
        ],
    )


if __name__ == "__main__":
    with create_app().app_context():
        fill(int(sys.argv[1]), int(sys.argv[2]))
