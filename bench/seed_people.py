"""Fill a migrated database with so many people, and sign in someone of the desk.

Prints a card, the end of a telephone and an address to look for, then the session's cookie.
"""

import random
import sys
from typing import Any

from flask import session
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import insert

from app import create_app
from app.accounts import login
from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.accounts.word_models import ResidentWord, words_of
from app.core.clock import now
from app.core.db import atomic, db
from app.core.rights import Role
from app.core.search_text import fold
from app.core.security import luhn_digit

GIVEN = """
    Mohamed Amina Fatou Marie Jean Ali Aïcha Sophie Mehdi Inès Priya Rachid Claire Samba Thomas
    Lucie Omar Nadia Paul Yasmine Ibrahim Camille Karim Léa Moussa Julie Hugo Sarah Emre Zeynep
    Manon Malik
""".split()
FAMILY = """
    Diallo Benali Martin Traoré Camara Haddad Moreau Selvam Fontaine Konaté Yilmaz Da-Silva Dupont
    N’Diaye Sow Kaya Rajaratnam Bernard Cissé Garcia Ferreira Petit Mendes Coulibaly Nguyen Roux
""".split()
ENDINGS = "ba be di do fa ga ha ka la ma na ou pa ra sa ta va ya zo mi ni ri lo ru".split()
BATCH = 5_000


def someone(chance: random.Random, number: int) -> Resident:
    """A person whose given name is shared by many, and whose family name by some."""
    given = chance.choice(GIVEN) + chance.choice(("", "", "", *ENDINGS))
    family = chance.choice(FAMILY) + "".join(chance.choices(ENDINGS, k=chance.choice((0, 1, 1, 2))))
    body = f"{1_000_000 + number}"
    resident = Resident(
        id=number,
        given_name=given,
        family_name=family,
        folded_name=fold(f"{family} {given}"),
        year_of_birth=chance.randint(1935, 2015),
        card_number=body + luhn_digit(body),
        email=f"h{number}@example.org" if chance.random() < 0.5 else None,
        phone=f"06{chance.randrange(10**8):08}" if chance.random() < 0.7 else None,
        registered_at=now(),
        standing="habitant",
        languages="",
    )
    return resident


@atomic
def fill(size: int) -> tuple[str, str, str]:
    """Everyone, in batches; gives what one of them is found by."""
    chance = random.Random(7)
    columns = ("id given_name family_name folded_name year_of_birth card_number email phone "
               "registered_at standing languages").split()  # fmt: skip
    told = ("", "", "")
    for start in range(1, size + 1, BATCH):
        people = [someone(chance, number) for number in range(start, min(start + BATCH, size + 1))]
        rows: list[dict[str, Any]] = [
            {name: getattr(one, name) for name in columns} for one in people
        ]
        db.session.execute(insert(Resident), rows)
        words = [
            {"resident_id": one.id, "word": word, "folded_name": one.folded_name}
            for one in people
            for word in words_of(one)
        ]
        db.session.execute(insert(ResidentWord), words)
        known = next(one for one in people if one.email and one.phone)
        told = (known.card_number, str(known.phone)[-6:], str(known.email))
    db.session.add(Grant(resident_id=1, role=Role.DESK.value))
    return told


def main() -> None:
    app = create_app()
    with app.app_context():
        told = fill(int(sys.argv[1]))
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(db.text("VACUUM ANALYZE"))
    with app.test_request_context(headers={"User-Agent": "bench"}):
        login.start(db.session.get_one(Resident, 1), "password")
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None, "the site has a secret key"
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}"
    print(*told, cookie)


if __name__ == "__main__":
    main()
