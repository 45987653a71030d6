"""From a result to a decision of an instance: written once, linked both ways."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.decision_models import Decision
from app.bodies.decision_services import record_decision
from app.bodies.models import CONSEIL, Body, Meeting
from app.bodies.policies import can_manage_body
from app.centre.settings import rule
from app.core.clock import civil_day, now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _, _n
from app.core.typography import date_fr, number_fr
from app.voting.events import Kind, append
from app.voting.models import Poll
from app.voting.policies import can_decide_poll
from app.voting.queries import PollPage
from app.voting.results import headline, is_told, told

MOST_OFFERED = 6
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Sitting:
    """A meeting of an instance that someone manages: held, or still to come."""

    id: int
    title: str
    body_name: str
    starts_at: datetime


@atomic
def decide(poll: Poll, by: Resident, meeting: Meeting, **decision: Any) -> Decision:
    """Record what an instance makes of a result; `decision` is as `record_decision` takes it.

    Raises:
        Conflict: the poll is not counted, or has become a decision already.
        Forbidden: not theirs to decide, or a meeting of neither the conseil nor its comité.
        Invalid: a meeting that began before the vote closed; or as `record_decision`.
    """
    lock(poll)
    if poll.status != "closed":
        raise Conflict(_("Ce vote n’a pas de résultat."))
    if not can_decide_poll(by, poll) or not _is_of(poll, meeting.body):
        raise Forbidden(_("Vous ne pouvez pas faire une décision de ce vote."))
    if poll.decision_id is not None:
        raise Conflict(_("Ce vote est déjà devenu une décision."))
    if meeting.starts_at < poll.closes_at:
        raise Invalid(_("Cette réunion a eu lieu avant la fin du vote."), field="meeting")
    made = record_decision(by, meeting, **decision)
    poll.decision_id = made.id
    append(poll, Kind.DECIDED, decision=made.number)
    return made


def sittings(person: Resident, poll: Poll) -> list[Sitting]:
    """Held meetings of the conseil, and of the poll's own comité, that someone may write in.

    Those that began once it was closed: nobody decided of a result before there was one. The
    newest first; two statements and those of the person's rights.
    """
    return _sittings(person, poll, "held")


def next_sitting(person: Resident, poll: Poll) -> Sitting | None:
    """The next meeting to be held, where none was: a decision will be added to it."""
    return next(iter(_sittings(person, poll, "planned")), None)


def prefilled(page: PollPage) -> dict[str, Any]:
    """What a decision would say of a result, to be read again before it is recorded."""
    result = page.result or {}
    threshold = rule("public_threshold")
    said = told(result, page.options, is_secret=page.is_secret, threshold=threshold)
    has_figures = is_told(result, is_secret=page.is_secret, threshold=threshold)
    turnout = _(
        "Issue du vote « %(title)s », fermé le %(day)s : %(turnout)s sur %(size)s.",
        title=page.title,
        day=date_fr(civil_day(page.closes_at)),
        turnout=_n(
            "%(count)s votant",
            "%(count)s votants",
            page.turnout,
            count=number_fr(page.turnout),
        ),
        size=_n(
            "%(count)s inscrit",
            "%(count)s inscrits",
            page.roll_size or 0,
            count=number_fr(page.roll_size or 0),
        ),
    )
    won = [option for option in page.options if option.id in result["winners"]]
    proposals = [option.proposal_id for option in won or page.options if option.proposal_id]
    outcome = "avis" if not result["quorum_met"] else "adopte" if won else "refuse"
    return {
        "title": headline(result, page.options)[:LONGEST_TITLE],
        "text": "\n\n".join((turnout, *said)),
        "outcome": outcome,
        "reason": said[0] if outcome == "refuse" and said and has_figures else "",
        "proposal_id": proposals[0] if len(proposals) == 1 else None,
    }


def _is_of(poll: Poll, body: Body) -> bool:
    return body.kind == CONSEIL or body.id == poll.body_id


def _sittings(person: Resident, poll: Poll, status: str) -> list[Sitting]:
    mine = (Body.kind == CONSEIL) | (Body.id == poll.body_id)
    bodies = [
        one for one in db.session.scalars(select(Body).where(mine)) if can_manage_body(person, one)
    ]
    # The nearest to now: the last that were held, the first to come.
    held = status == "held"
    rows = db.session.execute(
        select(Meeting.id, Meeting.title, Body.name.label("body_name"), Meeting.starts_at)
        .join(Meeting.body)
        .where(Body.id.in_([one.id for one in bodies]), Meeting.status == status)
        .where(Meeting.starts_at >= (poll.closes_at if held else now()))
        .order_by(Meeting.starts_at.desc() if held else Meeting.starts_at, Meeting.id)
        .limit(MOST_OFFERED)
    )
    return [Sitting(*row) for row in rows]
