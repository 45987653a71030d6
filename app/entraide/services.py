"""Putting a notice up, making it last, taking it down and putting it back."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from app.accounts.models import Resident
from app.accounts.silence import check_may_write
from app.accounts.taking_part import check_takes_part
from app.centre.models import Quartier
from app.centre.settings import rule
from app.core.clock import now, today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.moderated import SHOWN, WAITING
from app.core.typography import typo
from app.entraide.contacts import contacts_in
from app.entraide.models import OPEN, WITHDRAWN, HelpNotice
from app.entraide.policies import can_prolong, can_put_back, can_withdraw
from app.entraide.signals import held
from app.entraide.visibility import folded
from app.entraide.words import KINDS, SIDES
from app.proposals.holding import cause_to_wait, count_admitted

MOST_OPEN = 10
"""Notices of one person online at once."""
FURTHEST = 120
"""Days ahead that an author may choose."""
LONGEST_TITLE = 80


@dataclass(frozen=True)
class Writing:
    """What an author writes; without `until`, it lasts as long as the centre's rule says."""

    side: str
    kind: str
    title: str
    text: str
    when_words: str = ""
    quartier_id: int | None = None
    until: date | None = None


@atomic
def publish(author: Resident, writing: Writing) -> HelpNotice:
    """Put a notice up; the first ones of an account nobody knows wait to be read.

    Silent: what counts is a help that someone thanked for.

    Raises:
        Forbidden: not confirmed, under 15, or kept from writing.
        Invalid: a code or a quartier that is not there, a day too far, a way to reach someone.
        Conflict: too many online already.
    """
    check_takes_part(author, None)
    check_may_write(author)
    _check(writing)
    # Two notices sent at once would otherwise both be the last one allowed.
    lock(author)
    _check_room(author)
    title = typo(writing.title)
    notice = HelpNotice(
        side=writing.side,
        kind=writing.kind,
        title=title if len(title) <= LONGEST_TITLE else writing.title,
        text=writing.text,
        when_words=writing.when_words,
        folded=folded(writing.title, writing.text),
        quartier_id=writing.quartier_id,
        author_id=author.id,
        lasts_until=writing.until or _default_end(),
    )
    cause = cause_to_wait(author, None, None)
    notice.visibility = WAITING if cause else SHOWN
    db.session.add(notice)
    db.session.flush()
    if cause:
        held.send(notice, cause=cause, body_id=None)
    else:
        count_admitted(author)
    return notice


@atomic
def prolong(notice: HelpNotice, by: Resident) -> None:
    """Make it last from today as long as the centre's rule says, and never less than it would.

    Silent: words that stay a little longer.

    Raises:
        Forbidden: someone else's, closed, or someone kept from writing.
    """
    lock(notice)
    if not can_prolong(by, notice):
        check_may_write(by)
        raise Forbidden(_("Cette annonce ne se prolonge plus."))
    notice.lasts_until = max(notice.lasts_until, _default_end())
    notice.reminded_on = None


@atomic
def withdraw(notice: HelpNotice, by: Resident) -> None:
    """Take it down; conversations stay. Silent: nothing came of it here.

    Raises:
        Forbidden: someone else's, or closed already.
    """
    lock(notice)
    if not can_withdraw(by, notice):
        raise Forbidden(_("Cette annonce n’est plus en ligne."))
    notice.status, notice.closed_at = WITHDRAWN, now()


@atomic
def put_back(notice: HelpNotice, by: Resident) -> None:
    """Online again after a withdrawal or its end, from today. Silent: nothing came of it yet.

    Raises:
        Forbidden: someone else's, not withdrawn, or someone kept from writing.
        Conflict: too many online already.
    """
    lock(notice)
    if not can_put_back(by, notice):
        check_may_write(by)
        raise Forbidden(_("Cette annonce ne se remet pas en ligne."))
    lock(by)
    _check_room(by)
    notice.status, notice.closed_at, notice.reminded_on = OPEN, None, None
    if notice.lasts_until < today():
        notice.lasts_until = _default_end()


def furthest_day() -> date:
    """The last day that an author may choose."""
    return today() + timedelta(days=FURTHEST)


def check_no_contact(text: str, field: str) -> None:
    """Let through words that all may read.

    Raises:
        Invalid: a telephone number, an e-mail or a home address is in them.
    """
    found = contacts_in(text)
    if found:
        raise Invalid(
            _(
                "Votre texte contient %(what)s. Retirez ce passage : tous les habitants le "
                "liraient. On vous répondra par le site, et vous donnerez le reste à qui vous "
                "voulez.",
                what=_(" et ").join(str(one) for one in found),
            ),
            field=field,
        )


def check_until(day: date) -> None:
    """Let through a day that a notice may last to.

    Raises:
        Invalid: a day past, or too far.
    """
    if not today() <= day <= furthest_day():
        raise Invalid(
            _("Choisissez un jour entre aujourd’hui et dans %(days)d jours.", days=FURTHEST),
            field="until",
        )


def _default_end() -> date:
    return today() + timedelta(days=rule("help_days"))


def _check(writing: Writing) -> None:
    if writing.side not in SIDES:
        raise Invalid(_("Dites si vous offrez ou si vous cherchez."), field="side")
    if writing.kind not in KINDS:
        raise Invalid(_("Choisissez de quoi il s’agit."), field="kind")
    if not writing.title.strip():
        raise Invalid(_("Donnez un titre à votre annonce."), field="title")
    for name in ("title", "text", "when_words"):
        check_no_contact(getattr(writing, name), name)
    quartier_id = writing.quartier_id
    if quartier_id is not None and db.session.get(Quartier, quartier_id) is None:
        raise Invalid(_("Ce quartier n’existe pas."), field="quartier_id")
    if writing.until is not None:
        check_until(writing.until)


def _check_room(author: Resident) -> None:
    live = (HelpNotice.author_id == author.id, HelpNotice.status == OPEN)
    count = db.session.scalar(
        select(func.count(HelpNotice.id)).where(*live, HelpNotice.lasts_until >= today())
    )
    if (count or 0) >= MOST_OPEN:
        raise Conflict(
            _(
                "Vous avez déjà %(most)d annonces en ligne. Retirez-en une, puis recommencez.",
                most=MOST_OPEN,
            )
        )
