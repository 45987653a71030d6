"""People and a session in a migrated database, and eight of the team signed in; prints them."""

import json
import sys

from app import create_app
from app.core.db import atomic
from app.core.rights import Role
from tests.factories import make_resident, make_with_role
from tests.integrity.serving import signed_in
from tests.programme.factories import make_session


def main() -> None:
    people, phones, rounds = (int(one) for one in sys.argv[1:4])
    app = create_app()
    with app.app_context():
        residents = atomic(lambda: [make_resident() for _ in range(people)])()
        team = [make_with_role(Role.DESK, standing="team") for _ in range(phones)]
        hands = atomic(lambda: signed_in(app, team))()
        print(
            json.dumps(
                {
                    "sessions": [make_session().id for _ in range(rounds)],
                    "people": [one.id for one in residents],
                    "phones": [[one.cookie, one.token] for one in hands],
                }
            )
        )


if __name__ == "__main__":
    main()
