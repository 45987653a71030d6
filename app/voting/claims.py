"""Challenging the roll: whoever is missing from it asks, and whoever runs the poll answers."""

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now, today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.notifications.services import notify
from app.voting.casting import is_on_roll
from app.voting.events import note_roll
from app.voting.models import Poll, RollEntry
from app.voting.policies import can_answer_claims, can_claim
from app.voting.roll_models import RollClaim

ACCEPTED, REFUSED = "accepted", "refused"


@atomic
def ask(poll: Poll, person: Resident, reason: str) -> RollClaim:
    """Ask to be added to a poll's roll, once.

    Raises:
        Forbidden: on the roll already, or the roll is no longer challenged.
        Invalid: no reason.
        Conflict: asked before.
    """
    check_may_ask(poll, person)
    if not reason.strip():
        raise Invalid(_("Dites pourquoi vous devriez voter ici."), field="reason")
    claim = RollClaim(poll_id=poll.id, resident_id=person.id, reason=reason.strip())
    with unique_or(Conflict(_("Vous avez déjà fait cette demande."))):
        db.session.add(claim)
    if poll.created_by_id is not None:
        notify(
            db.session.get_one(Resident, poll.created_by_id),
            _("Une personne demande à voter : %(title)s", title=poll.title),
            f"/scrutins/{poll.id}/demandes",
            body=_("Elle n’est pas sur la liste et dit pourquoi elle devrait y être."),
        )
    return claim


def check_may_ask(poll: Poll, person: Resident) -> None:
    """Raises Forbidden unless someone may challenge this roll now."""
    if not can_claim(poll, now(), on_roll=is_on_roll(poll.id, person.id)):
        raise Forbidden(_("La liste de ce vote ne change plus."))


@atomic
def accept(by: Resident, poll: Poll, claim: RollClaim) -> None:
    """Add the person to the roll, while ballots are still accepted.

    Raises:
        Forbidden: neither the direction nor the référent; or the poll is not open.
        Invalid: a child who does not vote there, or a closed account.
        Conflict: answered already.
    """
    _hold(by, poll, claim)
    person = claim.resident
    theme = poll.body.theme if poll.body else None
    if not person.is_active:
        raise Invalid(_("Ce compte est fermé."))
    if person.is_under_15_on(today()) and not person.takes_part_in(theme):
        raise Invalid(_("Avant 15 ans, on vote dans le comité enfant."))
    _answer(by, claim, ACCEPTED, None)
    if not is_on_roll(poll.id, person.id):
        db.session.add(RollEntry(poll_id=poll.id, resident_id=person.id))
        poll.roll_size = (poll.roll_size or 0) + 1
        db.session.flush()
        note_roll(poll)
    _tell(
        poll,
        person,
        _("Vous pouvez voter : %(title)s", title=poll.title),
        _("Vous êtes maintenant sur la liste de ce vote."),
    )


@atomic
def refuse(by: Resident, poll: Poll, claim: RollClaim, why: str) -> None:
    """Say no, and why.

    Raises:
        Forbidden, Conflict: as `accept`.
        Invalid: no reason.
    """
    _hold(by, poll, claim)
    if not why.strip():
        raise Invalid(_("Dites pourquoi, la personne le lira."), field="answer")
    _answer(by, claim, REFUSED, why.strip())
    _tell(
        poll,
        claim.resident,
        _("Votre demande est refusée : %(title)s", title=poll.title),
        why.strip(),
    )


def _hold(by: Resident, poll: Poll, claim: RollClaim) -> None:
    lock(poll)
    lock(claim)
    if not can_answer_claims(by, poll) or claim.poll_id != poll.id:
        raise Forbidden(_("Vous ne pouvez pas répondre à cette demande."))
    if poll.status != "open" or now() >= poll.closes_at:
        raise Forbidden(_("Ce vote est terminé : sa liste ne change plus."))
    if claim.outcome is not None:
        raise Conflict(_("Quelqu’un a déjà répondu à cette demande."))


def _answer(by: Resident, claim: RollClaim, outcome: str, why: str | None) -> None:
    claim.outcome, claim.answer = outcome, why
    claim.answered_at, claim.answered_by_id = now(), by.id
    db.session.flush()
    note(AuditAct.CLAIM_ANSWERED, by, claim, after={"outcome": outcome}, reason=why)


def _tell(poll: Poll, person: Resident, text: str, body: str) -> None:
    notify(person, text, f"/scrutins/{poll.id}", body=body)
