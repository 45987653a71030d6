"""Those whom the vote of a call elected, and what is left to do for each."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from app.accounts.models import Resident
from app.bodies.models import Mandate
from app.bodies.queries import live_mandate
from app.core.clock import today
from app.core.db import db
from app.mandates.models import Call, Candidacy
from app.mandates.policies import led_nowhere
from app.voting.models import Poll, PollOption


@dataclass(frozen=True)
class Elected:
    """Under their names on the ballot, in the order of the count.

    `to_seat`: those who do not sit, and had no seat from this vote that they gave up. `unknown`:
    names that lead to nobody who can sit.
    """

    to_seat: dict[str, Resident]
    unknown: list[str]


def elected(call: Call, poll: Poll | None) -> Elected:
    """What the count of a call's vote leaves to do; three statements."""
    found = Elected({}, [])
    if poll is None or poll.status != "closed" or led_nowhere(poll):
        return found
    options = select(PollOption.id, PollOption.label).where(PollOption.poll_id == poll.id)
    labels = {number: label for number, label in db.session.execute(options)}
    standing = select(Candidacy.ballot_name, Resident).join(Candidacy.resident)
    people = {
        (name or "").casefold(): person
        for name, person in db.session.execute(standing.where(Candidacy.call_id == call.id))
    }
    sits_there = and_(Mandate.body_id == call.body_id, live_mandate(today()))
    seated = set(
        db.session.scalars(
            select(Mandate.resident_id).where(or_(Mandate.poll_id == poll.id, sits_there))
        )
    )
    for option in (poll.result or {})["winners"]:
        label = labels[int(option)]
        person = people.get(label.casefold())
        if person is None or not person.is_active:
            found.unknown.append(label)
        elif person.id not in seated:
            found.to_seat[label] = person
    return found
