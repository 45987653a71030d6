"""Acting with someone who stands at the desk: it is short, said, listed and told."""

from datetime import timedelta

from sqlalchemy import bindparam, select, update

from app.accounts import services as accounts
from app.accounts.access_models import ActingAs, SignIn
from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _, _n
from app.desk.assistance_policies import can_assist
from app.desk.models import Assistance, AssistedAct
from app.notifications.services import notify

_UNSEEN = Assistance.ended_at.is_not(None), Assistance.shown_at.is_(None)
# Written once: everyone who signs in is asked it.
UNSEEN = select(Assistance.id).where(Assistance.resident_id == bindparam("of"), *_UNSEEN).limit(1)

LONGEST = timedelta(minutes=30)
MY_LIST = "/moi/avec-l-accueil"
LONGEST_SENTENCE, LONGEST_LINK = 300, 200


@atomic
def start(
    agent: Resident, person: Resident, sign_in: SignIn, purpose: str | None = None
) -> Assistance:
    """From now on the agent's session is that of the person, who is there and agrees.

    Raises:
        Forbidden: the agent may not, or the person decides for others.
        Conflict: the session acts for someone already.
    """
    if not can_assist(agent, person) or sign_in.resident_id != agent.id or sign_in.is_kiosk:
        raise Forbidden(_("Vous ne pouvez pas agir avec cette personne."))
    moment = now()
    assistance = Assistance(
        resident_id=person.id,
        agent_id=agent.id,
        sign_in_hash=sign_in.token_hash,
        purpose=purpose,
        started_at=moment,
        until=moment + LONGEST,
    )
    with unique_or(Conflict(_("Vous agissez déjà avec quelqu’un. Terminez d’abord."))):
        db.session.add(assistance)
    accounts.act_for(sign_in, person, ActingAs.ASSISTANCE, assistance.until)
    note(AuditAct.ASSISTANCE_STARTED, agent, person, reason=purpose)
    return assistance


@atomic
def stop(sign_in: SignIn) -> None:
    """The agent is themselves again; see `close` for what follows."""
    accounts.stop_acting(sign_in)


@atomic
def close(assistance: Assistance) -> None:
    """Put an end to it and tell the person what was done, once."""
    lock(assistance)
    if assistance.ended_at is not None:
        return
    assistance.ended_at = min(now(), assistance.until)
    acts = list(
        db.session.scalars(
            select(AssistedAct)
            .where(AssistedAct.assistance_id == assistance.id)
            .order_by(AssistedAct.id)
        )
    )
    note(
        AuditAct.ASSISTANCE_ENDED,
        assistance.agent,
        assistance.resident,
        after={"acts": len(acts)},
    )
    if acts:
        said = _n(
            "Une chose a été faite avec vous à l’accueil.",
            "%(num)d choses ont été faites avec vous à l’accueil.",
            len(acts),
        )
    else:
        said = _("L’accueil a ouvert votre compte avec vous. Rien n’a été fait.")
    notify(
        assistance.resident, said, MY_LIST, template="assistance", assistance=assistance, acts=acts
    )


@atomic
def close_overdue() -> int:
    """End those whose time is over or whose session is gone; how many."""
    orphans = (
        select(Assistance)
        .outerjoin(SignIn, SignIn.token_hash == Assistance.sign_in_hash)
        .where(
            Assistance.ended_at.is_(None),
            (Assistance.until <= now())
            | SignIn.acting_for_id.is_(None)
            | SignIn.ended_at.is_not(None),
        )
    )
    found = list(db.session.scalars(orphans))
    for assistance in found:
        sign_in = db.session.get(SignIn, assistance.sign_in_hash)
        if sign_in is not None:
            accounts.stop_acting(sign_in)
        close(assistance)
    return len(found)


def running(sign_in: SignIn) -> Assistance | None:
    """What this session is in the middle of."""
    return db.session.scalar(
        select(Assistance).where(
            Assistance.sign_in_hash == sign_in.token_hash, Assistance.ended_at.is_(None)
        )
    )


@atomic
def word_act(act_id: int, said: str, url: str, *, can_be_undone: bool) -> None:
    """Say of a listed act what the person read when it was done."""
    db.session.execute(
        update(AssistedAct)
        .where(AssistedAct.id == act_id)
        .values(
            said=said[:LONGEST_SENTENCE],
            url=url if len(url) <= LONGEST_LINK else url.split("?")[0][:LONGEST_LINK],
            can_be_undone=can_be_undone,
        )
    )


def has_news(person: Resident) -> bool:
    """Whether something was done with them that they have not been shown."""
    return db.session.execute(UNSEEN, {"of": person.id}).first() is not None


@atomic
def mark_shown(person: Resident) -> None:
    """The person has seen the list, by themselves."""
    unseen = Assistance.resident_id == person.id, *_UNSEEN
    db.session.execute(update(Assistance).where(*unseen).values(shown_at=now()))
