"""Voting for someone else: a proxy is given, taken back or given up, and serves once."""

from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update

from app.accounts.models import Resident
from app.core.clock import now, today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, DomainError, Forbidden, Invalid
from app.core.i18n import _
from app.notifications.services import notify
from app.voting.electorate import is_entitled
from app.voting.models import Emargement, Poll, RollEntry
from app.voting.policies import can_change_proxies
from app.voting.roll_models import Proxy


class NotHolder(Forbidden):
    """No proxy, or one that was taken back meanwhile."""


@atomic
def give(poll: Poll, principal: Resident, holder: Resident) -> None:
    """Let someone else vote in one's place.

    Raises:
        Forbidden: this poll takes no proxies, or the principal may not vote in it.
        Invalid: the holder may not vote here, or is too young for it.
        Conflict: voted or given already; the holder's hands are full; or one of the two holds
            one while giving one.
    """
    # The whole poll is held: what is counted below must still be so when the line is written.
    lock(poll)
    refused = refusal(poll, principal)
    if refused is not None:
        raise refused
    _check_holder(poll, principal, holder)
    with unique_or(_given_before()):
        db.session.add(Proxy(poll_id=poll.id, principal_id=principal.id, holder_id=holder.id))
    address = f"/scrutins/{poll.id}"
    notify(
        holder,
        _(
            "%(name)s vous donne procuration : %(title)s",
            name=principal.full_name,
            title=poll.title,
        ),
        f"{address}/procuration",
        body=_(
            "Vous voterez une fois pour vous, et une fois à sa place, comme cette personne vous"
            " l’a demandé. Vous ne pouvez pas ? Dites-le sur cette page."
        ),
    )
    notify(
        principal,
        _(
            "Votre procuration est donnée à %(name)s : %(title)s",
            name=holder.display_name,
            title=poll.title,
        ),
        f"{address}/procuration",
        body=_(
            "Dites-lui ce que vous souhaitez. Tant que son vote pour vous n’est pas envoyé, vous"
            " pouvez la reprendre, ou venir voter vous-même."
        ),
    )


def refusal(poll: Poll, principal: Resident) -> DomainError | None:
    """Why someone gives no proxy here now; None when they may."""
    if not can_change_proxies(poll, now()):
        return Forbidden(_("Ce vote n’accepte pas de procuration maintenant."))
    if not is_entitled(poll, principal.id):
        return Forbidden(_("Vous n’êtes pas sur la liste de ce vote."))
    if _has_signed(poll.id, principal.id):
        return Conflict(_("Vous avez déjà voté : il n’y a plus de procuration à donner."))
    if _has_given(poll.id, principal.id):
        return _given_before()
    if _count_held(poll.id, principal.id):
        return Conflict(
            _("Quelqu’un vous a donné procuration. On ne peut pas en donner et en porter.")
        )
    return None


@atomic
def take_back(poll: Poll, principal: Resident) -> None:
    """The principal will vote by themselves.

    Raises:
        Conflict: no proxy was given, it has served, or the vote is over.
    """
    proxy = _idle_proxy(poll, principal.id)
    holder = proxy.holder
    db.session.delete(proxy)
    notify(
        holder,
        _(
            "%(name)s reprend sa procuration : %(title)s",
            name=principal.full_name,
            title=poll.title,
        ),
        f"/scrutins/{poll.id}",
        body=_("Vous ne votez plus à sa place."),
    )


@atomic
def give_up(poll: Poll, holder: Resident, principal_id: int) -> None:
    """The holder cannot vote for them after all, and they are told in time.

    Raises:
        NotHolder: this proxy is not theirs.
        Conflict: it has served, or the vote is over.
    """
    proxy = _idle_proxy(poll, principal_id)
    if proxy.holder_id != holder.id:
        raise _not_holder()
    principal = proxy.principal
    db.session.delete(proxy)
    notify(
        principal,
        _(
            "%(name)s ne peut pas voter pour vous : %(title)s",
            name=holder.display_name,
            title=poll.title,
        ),
        f"/scrutins/{poll.id}",
        body=_("Votez vous-même, ou donnez procuration à quelqu’un d’autre."),
    )


def tell_proxies_fall(person_id: int, poll_id: int | None = None) -> list[Proxy]:
    """Tell those with whom someone has a proxy that it holds no more, inside the caller's act.

    Gives all their proxies, those that served too; where `poll_id` is given, what they gave in
    that poll alone and which has not served. Polls that are over have none.
    """
    theirs = or_(Proxy.principal_id == person_id, Proxy.holder_id == person_id)
    if poll_id is not None:
        given = (Proxy.principal_id == person_id, Proxy.is_used.is_(False))
        theirs = and_(Proxy.poll_id == poll_id, *given)
    named = select(Proxy, Poll).join(Poll, Poll.id == Proxy.poll_id).where(theirs)
    rows = db.session.execute(named).all()
    for proxy, poll in rows:
        if not proxy.is_used:
            notify(
                proxy.holder if proxy.principal_id == person_id else proxy.principal,
                _("Une procuration ne tient plus : %(title)s", title=poll.title),
                f"/scrutins/{poll.id}/procuration",
                body=_("Voyez sur cette page ce que vous pouvez faire."),
            )
    return [row.Proxy for row in rows]


def drop_proxies_of(person_id: int, poll_id: int | None = None) -> None:
    """Nobody votes for someone any more, nor they for anybody, as `tell_proxies_fall` chooses."""
    for proxy in tell_proxies_fall(person_id, poll_id):
        db.session.delete(proxy)
    db.session.flush()


def drop_given_before(poll: Poll) -> None:
    """The poll changes before it opens: what was given under other rules falls, and they know."""
    _drop(poll, _("Ce vote change. Une fois annoncé, vous pourrez redonner procuration."))


def drop_idle(poll: Poll) -> None:
    """At opening: a proxy of someone, or to someone, who is not on the roll serves nobody."""
    roll = select(RollEntry.resident_id).where(RollEntry.poll_id == poll.id)
    absent = or_(Proxy.principal_id.not_in(roll), Proxy.holder_id.not_in(roll))
    _drop(poll, _("L’une des deux personnes n’est pas sur la liste de ce vote."), absent)


def _drop(poll: Poll, why: str, *which: Any) -> None:
    for proxy in db.session.scalars(select(Proxy).where(Proxy.poll_id == poll.id, *which)).all():
        for person in (proxy.principal, proxy.holder):
            text = _("Une procuration ne tient plus : %(title)s", title=poll.title)
            notify(person, text, "/scrutins", body=why)
        db.session.delete(proxy)
    db.session.flush()


def use(poll: Poll, principal: Resident, holder: Resident) -> None:
    """Mark that the proxy serves, inside the act that votes.

    Whoever comes second waits here: the principal who votes in person, or takes it back.

    Raises:
        NotHolder: there is none between these two, or no longer.
    """
    theirs = (
        Proxy.poll_id == poll.id,
        Proxy.principal_id == principal.id,
        Proxy.holder_id == holder.id,
    )
    if db.session.execute(select(Proxy.is_used).where(*theirs).with_for_update()).first() is None:
        raise _not_holder()
    db.session.execute(
        update(Proxy)
        .where(*theirs)
        .values(is_used=True)
        .execution_options(synchronize_session=False)
    )


def lapse(poll: Poll, principal: Resident, *, tell: bool) -> None:
    """Voting in person voids one's proxy, inside the act that votes.

    Args:
        tell: write to the holder at once. Not where a secret ballot is cast in the same act: the
            message would keep its hour.
    """
    holder = held_by(poll, principal) if tell else None
    if holder is not None:
        text = _("%(name)s a voté : %(title)s", name=principal.full_name, title=poll.title)
        body = _("Vous n’avez plus à voter à sa place : sa procuration est tombée.")
        notify(holder, text, f"/scrutins/{poll.id}", body=body)
    db.session.execute(
        delete(Proxy)
        .where(Proxy.poll_id == poll.id, Proxy.principal_id == principal.id)
        .execution_options(synchronize_session=False)
    )


def held_by(poll: Poll, principal: Resident) -> Resident | None:
    """Who holds someone's proxy, if anyone does."""
    return db.session.scalar(
        select(Resident)
        .join(Proxy, Proxy.holder_id == Resident.id)
        .where(Proxy.poll_id == poll.id, Proxy.principal_id == principal.id)
    )


def holds(poll_id: int, holder_id: int, principal_id: int) -> bool:
    """Whether someone votes for this person."""
    key = {"poll_id": poll_id, "principal_id": principal_id, "holder_id": holder_id}
    return bool(db.session.scalar(select(exists(select(Proxy.poll_id).filter_by(**key)))))


def _check_holder(poll: Poll, principal: Resident, holder: Resident) -> None:
    if holder.id == principal.id:
        raise Invalid(_("Choisissez quelqu’un d’autre que vous."), field="holder")
    if not is_entitled(poll, holder.id):
        raise Invalid(_("Cette personne ne vote pas ici."), field="holder")
    if holder.is_under_15_on(today()) and not principal.is_under_15_on(today()):
        raise Invalid(_("Avant 15 ans, on ne vote pas pour un adulte."), field="holder")
    if _has_given(poll.id, holder.id):
        raise Conflict(
            _("Cette personne a elle-même donné procuration. Choisissez quelqu’un d’autre."),
            field="holder",
        )
    if _count_held(poll.id, holder.id) >= poll.proxies_most:
        raise Conflict(
            _(
                "Cette personne a déjà autant de procurations que la règle le permet."
                " Choisissez quelqu’un d’autre."
            ),
            field="holder",
        )


def _idle_proxy(poll: Poll, principal_id: int) -> Proxy:
    lock(poll)
    if not can_change_proxies(poll, now()):
        raise Conflict(_("Ce vote n’accepte pas de procuration maintenant."))
    proxy = db.session.get(Proxy, (poll.id, principal_id), populate_existing=True)
    if proxy is None:
        raise Conflict(_("Il n’y a pas de procuration : elle a été reprise, ou n’a pas servi."))
    if proxy.is_used:
        raise Conflict(_("Cette procuration a déjà servi : le vote est dans l’urne."))
    return proxy


def _has_signed(poll_id: int, resident_id: int) -> bool:
    key = {"poll_id": poll_id, "resident_id": resident_id}
    return db.session.scalar(select(Emargement.day).filter_by(**key)) is not None


def _has_given(poll_id: int, resident_id: int) -> bool:
    key = {"poll_id": poll_id, "principal_id": resident_id}
    return db.session.scalar(select(Proxy.holder_id).filter_by(**key)) is not None


def _count_held(poll_id: int, resident_id: int) -> int:
    key = {"poll_id": poll_id, "holder_id": resident_id}
    return db.session.scalar(select(func.count()).select_from(Proxy).filter_by(**key)) or 0


def _given_before() -> Conflict:
    return Conflict(_("Vous avez déjà donné procuration pour ce vote."))


def _not_holder() -> NotHolder:
    return NotHolder(
        _("Cette personne ne vous a pas donné procuration, l’a reprise, ou a voté elle-même.")
    )
