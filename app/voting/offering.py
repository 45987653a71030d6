"""What the form that opens a poll offers to someone: proposals to vote upon, and who may vote."""

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.models import Body
from app.core.db import db
from app.core.rights import Right
from app.proposals.models import Proposal
from app.proposals.queries import open_for_vote_choices
from app.voting.policies import can_open_poll


def votable_proposals(person: Resident) -> list[tuple[int, str, int, int | None]]:
    """(id, title, supports, estimated cost) of the proposals someone may put to the vote."""
    bodies: list[int | None] = [None]
    if not person.may(Right.OPEN_POLLS):
        mine = {grant.body_id for grant in person.grants if grant.body_id and not grant.ended_at}
        bodies = [body_id for body_id in sorted(mine) if can_open_poll(person, body_id)]
    found = [choice for body_id in bodies for choice in open_for_vote_choices(body_id)]
    wanted = select(Proposal.id, Proposal.estimated_cost).where(
        Proposal.id.in_([number for number, _title, _supports in found])
    )
    costs = {number: cost for number, cost in db.session.execute(wanted)} if found else {}
    return [(number, title, supports, costs[number]) for number, title, supports in found]


def electorates(person: Resident) -> list[tuple[int | None, str, str]]:
    """(body or None for everyone, its name, its kind) for which someone may open a poll."""
    rows = db.session.execute(
        select(Body.id, Body.name, Body.kind)
        .where(Body.closed_on.is_(None))
        .order_by(Body.kind.desc(), Body.name)
    )
    found: list[tuple[int | None, str, str]] = [(None, "", "all")]
    found += [(row.id, row.name, row.kind) for row in rows]
    return [choice for choice in found if can_open_poll(person, choice[0])]
