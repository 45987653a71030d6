"""What tellers do: take twelve words before the vote, give them back after it."""

from collections.abc import Collection

from sqlalchemy import select

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _, _n
from app.voting import shares
from app.voting.closing import close_poll
from app.voting.models import Poll, Teller
from app.voting.opening import open_poll
from app.voting.seal import BrokenSeal

FEWEST, MOST = 2, 7


def name_bench(poll: Poll, resident_ids: Collection[int], needed: int) -> None:
    """Entrust the box to so many people, inside the act that makes the poll.

    Raises:
        Invalid: not secret, fewer than 2 or more than 7, or a threshold that cannot be.
    """
    wanted = set(resident_ids)
    if not poll.is_secret:
        raise Invalid(_("Seul un vote secret a un bureau de vote."), field="tellers")
    if not FEWEST <= len(wanted) <= MOST:
        raise Invalid(_("Un bureau de vote compte de 2 à 7 personnes."), field="tellers")
    if not FEWEST <= needed <= len(wanted):
        raise Invalid(
            _("Il faut au moins 2 personnes pour ouvrir, et pas plus que le bureau n’en compte."),
            field="tellers_needed",
        )
    people = db.session.scalars(select(Resident).where(Resident.id.in_(wanted))).unique().all()
    if len(people) < len(wanted) or not all(person.is_active for person in people):
        raise Invalid(_("Une de ces personnes n’est plus inscrite."), field="tellers")
    poll.tellers_needed = needed
    db.session.add_all(Teller(poll_id=poll.id, resident_id=person.id) for person in people)


@atomic
def take_words(poll: Poll, person: Resident) -> list[str]:
    """Draw a teller's twelve words, which are shown once and kept nowhere.

    Those of an earlier try no longer serve.

    Raises:
        Forbidden: not a teller of this poll.
        Conflict: the vote has begun, or the teller has proved their words.
    """
    teller = _teller(poll, person)
    if poll.status != "scheduled" or teller.ready_at is not None:
        raise Conflict(_("Vos mots sont déjà fixés : ils ne changent plus."))
    words = shares.new_words()
    teller.public_key = shares.public_key(shares.key_of(" ".join(words)))
    return words


@atomic
def prove_words(poll: Poll, person: Resident, typed: str) -> None:
    """The teller types the words back: they were written down well. The last one may open the vote.

    Raises:
        Forbidden: not a teller of this poll.
        Conflict: the vote has begun, or this was done before.
        Invalid: other words than those that were drawn.
    """
    teller = _teller(poll, person)
    if poll.status != "scheduled" or teller.ready_at is not None:
        raise Conflict(_("Vos mots sont déjà fixés : ils ne changent plus."))
    if shares.public_key(_key(typed)) != teller.public_key:
        raise Invalid(_("Ce ne sont pas les mots qui vous ont été montrés."), field="words")
    teller.ready_at = now()
    db.session.flush()
    note(AuditAct.TELLER_READY, person, poll)
    open_poll(poll)


@atomic
def give_words(poll: Poll, person: Resident, typed: str) -> None:
    """The teller opens their part, once the vote is over; the one that completes it counts.

    Raises:
        Forbidden: not a teller of this poll.
        Conflict: before the closing time, or given before.
        Invalid: these words do not open this teller's part.
    """
    teller = _teller(poll, person)
    if poll.status != "open" or now() < poll.closes_at:
        raise Conflict(_("L’urne ne s’ouvre qu’après la fermeture du vote."))
    if teller.given_share is not None or teller.sealed_share is None:
        raise Conflict(_("Vous avez déjà donné vos mots."))
    try:
        teller.given_share = shares.open_share(_key(typed), teller.sealed_share)
    except BrokenSeal as error:
        raise Invalid(_("Ces mots n’ouvrent pas votre part."), field="words") from error
    teller.given_at = now()
    db.session.flush()
    note(AuditAct.TELLER_GAVE, person, poll)
    close_poll(poll)


def _teller(poll: Poll, person: Resident) -> Teller:
    lock(poll)
    teller = db.session.get(Teller, (poll.id, person.id))
    if teller is None:
        raise Forbidden(_("Vous n’êtes pas du bureau de ce vote."))
    return teller


def _key(typed: str) -> bytes:
    try:
        return shares.key_of(typed)
    except shares.NotWords as error:
        if error.word:
            said = _("« %(word)s » n’est pas un des mots possibles.", word=error.word[:40])
        elif error.count < shares.WORDS:
            missing = shares.WORDS - error.count
            said = _n(
                "Il faut les douze mots : il en manque un.",
                "Il faut les douze mots : il en manque %(num)s.",
                missing,
            )
        elif error.count > shares.WORDS:
            said = _("Il faut douze mots, et pas plus : en voilà %(count)s.", count=error.count)
        else:
            said = _("Ces mots ne vont pas ainsi. Vérifiez chacun, et qu’ils sont dans l’ordre.")
        raise Invalid(said, field="words") from error
