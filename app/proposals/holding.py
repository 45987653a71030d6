"""Whether what someone writes waits to be read before it shows (docs/decisions/0014)."""

from datetime import date

from sqlalchemy import exists, select, update

from app.accounts.adhesion_models import AdhesionPerson
from app.accounts.models import CHILDREN, Resident
from app.centre.settings import rule
from app.core.clock import today
from app.core.db import db
from app.core.rights import Right
from app.ledger.acts import Channel
from app.ledger.services import current_channel

CHILD, FIRST = "child", "first"


def waits_because(
    author: Resident,
    body_id: int | None,
    theme: str | None,
    day: date,
    *,
    first_posts: int,
    is_seen: bool,
) -> str | None:
    """Why a contribution to a body of this theme waits to be read; None: it shows at once.

    A child's always waits, and in the comité of children everyone's: an age is only what someone
    says, and no adult writes to children unread. The first ones of an account that nobody at the
    centre has seen do too. Those who may moderate there never wait for themselves.
    """
    if author.may(Right.MODERATE, body_id=body_id):
        return None
    if theme == CHILDREN or author.is_under_15_on(day):
        return CHILD
    return FIRST if author.admitted_posts < first_posts and not is_seen else None


def cause_to_wait(author: Resident, body_id: int | None, theme: str | None) -> str | None:
    """As `waits_because`, now and by the centre's rule; a statement at most."""
    first_posts = rule("first_posts")
    is_seen = author.admitted_posts >= first_posts or seen_at_the_centre(author)
    day = today()
    return waits_because(author, body_id, theme, day, first_posts=first_posts, is_seen=is_seen)


def seen_at_the_centre(person: Resident) -> bool:
    """Registered or present at the desk, given a role, or a member: someone knows them."""
    if person.registered_by_id is not None or person.live_grants:
        return True
    if current_channel() in (Channel.DESK, Channel.KIOSK):
        return True
    covered = exists().where(AdhesionPerson.resident_id == person.id, AdhesionPerson.is_live)
    return bool(db.session.scalar(select(covered)))


def count_admitted(author: Resident | None, step: int = 1) -> None:
    """One more contribution of theirs that others could read, inside the caller's act."""
    if author is not None:
        db.session.execute(
            update(Resident)
            .where(Resident.id == author.id)
            .values(admitted_posts=Resident.admitted_posts + step)
            .execution_options(synchronize_session=False)
        )
