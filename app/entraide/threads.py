"""Private words between the author of a notice and whoever answers it."""

from sqlalchemy import select

from app.accounts.models import Resident
from app.accounts.silence import check_may_write
from app.accounts.taking_part import check_takes_part
from app.core.clock import now, today
from app.core.db import atomic, db, lock
from app.core.errors import Forbidden, Invalid
from app.core.i18n import _
from app.entraide.apart import are_apart, partner_of
from app.entraide.contacts import contacts_in
from app.entraide.models import HelpMessage, HelpNotice, HelpThread
from app.entraide.policies import can_answer, can_send
from app.notifications.services import notify


class TellsContacts(Invalid):
    """A first message that says how to reach its author: to be sent again if that is meant."""


@atomic
def answer(notice: HelpNotice, by: Resident, text: str, *, sure: bool = False) -> HelpThread:
    """Write to the author of a notice, in one conversation however often one comes back.

    Silent: what counts is a help that someone thanked for.

    Raises:
        Forbidden: not confirmed, under 15, kept from writing, one's own notice, one that is no
            longer there, or two people who are apart.
        Invalid: nothing written.
        TellsContacts: once a conversation, where the words tell how to reach their author.
    """
    # Held, so that two answers of one person at once find one conversation.
    lock(notice)
    check_takes_part(by, None)
    check_may_write(by)
    if not can_answer(by, notice, today(), apart=are_apart(by.id, notice.author_id)):
        raise Forbidden(_("On ne peut plus répondre à cette annonce."))
    thread = thread_of(notice.id, by.id)
    _check_words(thread, by, text, sure)
    if thread is None:
        thread = HelpThread(notice_id=notice.id, other_id=by.id)
        db.session.add(thread)
        db.session.flush()
    _say(thread, by, text)
    return thread


@atomic
def send(thread: HelpThread, by: Resident, text: str, *, sure: bool = False) -> HelpMessage:
    """Say something more, even once the matter is settled.

    Silent: what counts is a help that someone thanked for.

    Raises:
        Forbidden: someone else's conversation, kept from writing, or two people who are apart.
        Invalid: nothing written.
        TellsContacts: once a conversation, where the words tell how to reach their author.
    """
    check_takes_part(by, None)
    check_may_write(by)
    other = partner_of(by, thread)
    if not can_send(by, thread, apart=are_apart(by.id, other.id)):
        raise Forbidden(_("Cet échange est terminé."))
    _check_words(thread, by, text, sure)
    return _say(thread, by, text)


def thread_of(notice_id: int, other_id: int) -> HelpThread | None:
    """The conversation of someone about a notice, if they answered it; one statement."""
    return db.session.scalar(
        select(HelpThread).where(HelpThread.notice_id == notice_id, HelpThread.other_id == other_id)
    )


def _check_words(thread: HelpThread | None, by: Resident, text: str, sure: bool) -> None:
    if not text.strip():
        raise Invalid(_("Écrivez votre message."), field="text")
    found = contacts_in(text)
    if found and not sure and not (thread and _told_already(thread, by)):
        raise TellsContacts(
            _(
                "Votre message donne %(what)s. Si vous faites confiance à cette personne, "
                "envoyez-le. Sinon, effacez-le : le site suffit pour vous écrire.",
                what=found[0],
            ),
            field="text",
        )


def _told_already(thread: HelpThread, by: Resident) -> bool:
    """One warning a conversation: whoever has shared their number once knows."""
    mine = (HelpMessage.thread_id == thread.id, HelpMessage.author_id == by.id)
    return any(map(contacts_in, db.session.scalars(select(HelpMessage.text).where(*mine))))


def _say(thread: HelpThread, by: Resident, text: str) -> HelpMessage:
    said = HelpMessage(thread_id=thread.id, author_id=by.id, text=text.strip())
    db.session.add(said)
    thread.last_at = now()
    db.session.flush()
    # Neither the title nor the words: a mail goes through other hands, and stays in boxes.
    notify(
        partner_of(by, thread),
        _("Entraide : %(name)s vous a écrit.", name=by.display_name),
        f"/entraide/echanges/{thread.id}",
        body=_(
            "Lisez son message et répondez sur le site. Votre adresse et votre téléphone ne lui "
            "sont pas montrés."
        ),
    )
    return said
