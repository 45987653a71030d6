"""People signed in and an open secret poll, in a migrated database; prints what each would send."""

import json
import sys
from datetime import timedelta

from app import create_app
from app.core.clock import now
from app.core.db import atomic
from app.core.rights import Role
from app.voting.drafting import PollDraft
from app.voting.services import create_poll
from tests.factories import make_resident, make_with_role
from tests.integrity.serving import signed_in


def main() -> None:
    people = int(sys.argv[1])
    app = create_app()
    with app.app_context():
        electors = atomic(lambda: [make_resident() for _ in range(people)])()
        director = make_with_role(Role.DIRECTOR, standing="team")
        closes_at = now() + timedelta(days=1)
        draft = PollDraft(title="Des bancs ?", method="yesno", closes_at=closes_at)
        poll = create_poll(director, draft)
        voters = atomic(lambda: signed_in(app, electors))()
        print(json.dumps({"poll": poll.id, "voters": [[one.cookie, one.token] for one in voters]}))


if __name__ == "__main__":
    main()
