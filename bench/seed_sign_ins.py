"""People who can sign in, in a migrated database."""

import sys

from app import create_app
from app.accounts.models import Participation, Resident
from app.core.clock import now
from app.core.db import atomic, db
from app.core.security import hash_secret, luhn_digit

PASSWORD = "soleil-pont-carotte"


def address(number: int) -> str:
    """Of one of them."""
    return f"habitant{number}@example.org"


@atomic
def fill(people: int) -> None:
    """So many residents with one password."""
    hashed = hash_secret(PASSWORD)
    for number in range(people):
        body = f"{1000000 + number}"
        db.session.add(
            Resident(
                given_name="Amina",
                family_name=f"Habitant{number}",
                folded_name=f"habitant{number} amina",
                email=address(number),
                email_confirmed_at=now(),
                card_number=body + luhn_digit(body),
                password_hash=hashed,
                participation=Participation(),
            )
        )


if __name__ == "__main__":
    with create_app().app_context():
        fill(int(sys.argv[1]))
