"""From candidates to a vote, and from a vote to seats."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.mandate_services import give_seat
from app.bodies.models import Mandate
from app.bodies.policies import can_create_body
from app.bodies.queries import live_mandate
from app.centre.settings import rule
from app.core.clock import now, today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.mandates.call_services import standing_in
from app.mandates.elected import Elected, elected
from app.mandates.electorate import CALLED
from app.mandates.models import Call, Candidacy, Draw
from app.mandates.policies import led_nowhere
from app.voting.drafting import Typed
from app.voting.drafts import save_draft
from app.voting.forms import ALL
from app.voting.models import Poll

FEWEST = 2
AS_IN_AN_EMPTY_FORM = {
    "quorum_percent": ["0"],
    "tellers_needed": ["2"],
    "base": ["expressed"],
    "dots": ["3"],
    "most_on_one": ["3"],
    "lots": ["lots"],
    "proxies_most": ["0"],
    "claims_days": ["0"],
    "extension_days": ["0"],
}
"""What the form of a poll holds where nothing was typed."""


@atomic
def prepare_poll(by: Resident, call: Call) -> Poll:
    """Draft the vote that will choose among those who stand; the direction ends it and opens it.

    Raises:
        Forbidden: only the director may.
        Conflict: people may still stand, or a vote or a draw is prepared already.
        Invalid: fewer than two candidates.
    """
    check_closed(by, call)
    standing = standing_in(call)
    if len(standing) < FEWEST:
        raise Invalid(_("Il faut au moins deux candidats pour un vote."))
    _name_on_ballot(standing)
    title = _("Qui siégera au conseil : %(college)s ?", college=CALLED[call.college])
    typed: Typed = {
        **AS_IN_AN_EMPTY_FORM,
        "title": [title],
        "text": [_("Les candidats se présentent sur la page de l’appel.")],
        "method": ["stv"],
        "free_options": ["\n".join(str(one.ballot_name) for one in standing)],
        "seats": [str(min(call.seats, len(standing)))],
        "electorate": [ALL],
        "secrecy": ["secret"],
    }
    poll = save_draft(by, typed, title, None, None)
    db.session.flush()
    call.poll_id = poll.id
    return poll


@atomic
def seat_elected(by: Resident, call: Call) -> Elected:
    """Give their seats to those whom the vote elected, once; whoever sits already is left as is,
    and so is whoever had their seat from this vote and gave it up.

    Raises:
        Forbidden: only the director may.
        Conflict: no vote of this call has a result that counts, or seats are lacking.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction donne un siège."))
    lock(call)
    poll = db.session.get(Poll, call.poll_id) if call.poll_id else None
    if poll is None or poll.status != "closed" or led_nowhere(poll):
        raise Conflict(_("Aucun vote de cet appel n’a de résultat qui compte."))
    done = elected(call, poll)
    for person in done.to_seat.values():
        give_seat(
            by,
            call.body,
            person,
            college=call.college,
            starts_on=today(),
            ends_on=end_of_term(),
            origin="elected",
            poll_id=poll.id,
        )
    return done


def check_closed(by: Resident, call: Call) -> None:
    """Hold the call, and let through the direction once it is closed and nothing came of it yet.

    Raises:
        Forbidden: only the director may.
        Conflict: people may still stand, or a vote or a draw is prepared already.
    """
    if not can_create_body(by):
        raise Forbidden(_("Seule la direction fait suite à un appel."))
    lock(call)
    if call.is_open(now()):
        raise Conflict(_("L’appel est encore ouvert : des personnes peuvent se présenter."))
    drawn = db.session.scalar(select(Draw.id).where(Draw.call_id == call.id))
    poll = db.session.get(Poll, call.poll_id) if call.poll_id else None
    if (poll is not None and not led_nowhere(poll)) or drawn is not None:
        raise Conflict(_("Un vote ou un tirage est déjà préparé pour cet appel."))


def sits(call: Call, person: Resident) -> bool:
    """Whether someone has a seat in the call's conseil today."""
    held = select(Mandate.id).where(
        Mandate.body_id == call.body_id,
        Mandate.resident_id == person.id,
        live_mandate(today()),
    )
    return db.session.scalar(held) is not None


def end_of_term() -> date:
    """The last day of a mandate that begins today."""
    return today() + timedelta(days=365 * rule("mandate_years"))


def _name_on_ballot(standing: list[Candidacy]) -> None:
    """Two who are called alike are told apart by a number, in the order they stood."""
    seen: Counter[str] = Counter()
    for one in standing:
        name = one.resident.display_name.replace(";", ",")
        seen[name.casefold()] += 1
        rank = seen[name.casefold()]
        one.ballot_name = name if rank == 1 else f"{name} ({rank})"
