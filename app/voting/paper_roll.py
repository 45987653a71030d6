"""The roll of a paper vote: « a voté sur papier », signed once like any other way of voting."""

from sqlalchemy import delete, select, update

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.ledger.acts import Channel
from app.notifications.services import notify
from app.voting import proxies
from app.voting.casting import NotOnRoll, is_on_roll, sign
from app.voting.models import Emargement, Poll
from app.voting.policies import can_run_paper, can_sign_on_paper
from app.voting.roll_models import Proxy


@atomic
def sign_on_paper(by: Resident, poll: Poll, person: Resident, *, represented: bool = False) -> None:
    """Someone put a paper ballot in the box: the roll says so, and they are told.

    Args:
        represented: the paper was brought by whoever holds their proxy.

    Raises:
        Forbidden: not of those who run paper votes, or this poll takes no paper now.
        NotOnRoll: the person may not vote here.
        NotHolder: represented, and nobody holds their proxy.
        AlreadyVoted: they voted, on this site or on paper, or someone did for them.
    """
    _hold(by, poll)
    if not is_on_roll(poll.id, person.id):
        raise NotOnRoll(_("%(name)s n’est pas sur la liste de ce vote.", name=person.full_name))
    if represented:
        proxies.use(poll, person, _holder_of(poll, person))
    elif poll.proxies_most:
        proxies.lapse(poll, person, tell=True)
    sign(poll, person, Channel.PAPER, represented=represented)
    # Of nobody by name: only the messages to that person and to whom they trusted keep the hour.
    note(AuditAct.PAPER_SIGNED, by, poll)
    if represented:
        text = _("Votre procuration a servi, sur papier : %(title)s", title=poll.title)
        body = _("Une erreur ? Dites-le vite à l’accueil du centre.")
    else:
        text = _("Votre vote sur papier est noté : %(title)s", title=poll.title)
        body = _("Ce n’était pas vous ? Dites-le vite à l’accueil du centre.")
    notify(person, text, f"/scrutins/{poll.id}", body=body)


@atomic
def unsign_on_paper(by: Resident, poll: Poll, person: Resident, reason: str) -> None:
    """Take back a paper signature noted by mistake; the person may vote, and is told.

    Raises:
        Forbidden: as `sign_on_paper`.
        Conflict: they did not sign for a paper ballot.
        Invalid: no reason.
    """
    _hold(by, poll)
    if not reason.strip():
        raise Invalid(_("Dites pourquoi cette signature est retirée."), field="reason")
    theirs = (Emargement.poll_id == poll.id, Emargement.resident_id == person.id)
    represented = db.session.scalar(
        select(Emargement.represented).where(*theirs, Emargement.channel == Channel.PAPER.value)
    )
    if represented is None:
        raise Conflict(_("Cette personne n’a pas de signature sur papier."))
    db.session.execute(delete(Emargement).where(*theirs))
    if represented:
        db.session.execute(
            update(Proxy)
            .where(Proxy.poll_id == poll.id, Proxy.principal_id == person.id)
            .values(is_used=False)
            .execution_options(synchronize_session=False)
        )
    note(AuditAct.PAPER_UNSIGNED, by, poll, reason=reason.strip())
    notify(
        person,
        _("Votre signature sur papier est retirée : %(title)s", title=poll.title),
        f"/scrutins/{poll.id}",
        body=_("Elle avait été notée par erreur. Si le vote est encore ouvert, vous pouvez voter."),
    )


def _hold(by: Resident, poll: Poll) -> None:
    # Shared, as for any ballot: the count waits for whoever signs.
    db.session.refresh(poll, with_for_update={"read": True})
    if not can_run_paper(by, poll):
        raise Forbidden(_("Vous ne tenez pas le vote sur papier ici."))
    if not can_sign_on_paper(poll, now()):
        raise Forbidden(_("La liste du vote sur papier n’est pas ouverte."))


def _holder_of(poll: Poll, person: Resident) -> Resident:
    holder = proxies.held_by(poll, person)
    if holder is None:
        raise proxies.NotHolder(_("Cette personne n’a pas donné procuration."))
    return holder
