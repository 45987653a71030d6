"""How the list made at the desk names each thing done: what was done, and to what."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.bodies.models import Body
from app.core.db import db
from app.core.i18n import _l
from app.entraide.models import HelpNotice
from app.ledger.acts import Act
from app.proposals.models import Debate, Proposal
from app.voting.models import Poll

VOTE = "voting.cast"
DEEDS: dict[str, Any] = {
    VOTE: _l("Vous avez voté : « %(subject)s ». De votre choix, cette liste ne garde rien."),
    "bodies.join_comite": _l("Vous avez rejoint « %(subject)s »."),
    "bodies.leave_comite": _l("Vous avez quitté « %(subject)s »."),
    "bodies.subscribe": _l("Vous serez prévenu des comptes rendus de « %(subject)s »."),
    "bodies.unsubscribe": _l("Vous ne serez plus prévenu des comptes rendus de « %(subject)s »."),
    "entraide.prolong": _l("Vous avez prolongé votre annonce « %(subject)s »."),
    "entraide.put_back": _l("Vous avez remis en ligne votre annonce « %(subject)s »."),
    "entraide.reply": _l("Vous avez répondu à l’annonce « %(subject)s »."),
    "entraide.thank": _l("Vous avez dit merci pour « %(subject)s »."),
    "entraide.withdraw": _l("Vous avez retiré votre annonce « %(subject)s »."),
    "proposals.comment": _l("Vous avez commenté « %(subject)s »."),
    "proposals.comment_debate": _l("Vous avez commenté « %(subject)s »."),
    "proposals.leave_role": _l("Vous avez rendu votre rôle dans « %(subject)s »."),
    "proposals.support": _l("Vous avez soutenu « %(subject)s »."),
    "proposals.take_role": _l("Vous avez pris un rôle dans « %(subject)s »."),
    "proposals.withdraw": _l("Vous avez retiré votre proposition « %(subject)s »."),
    "proposals.withdraw_support": _l("Vous avez retiré votre soutien à « %(subject)s »."),
}
"""By page that does it."""
BY_ACT: dict[Act, Any] = {
    Act.PROPOSAL_SUBMITTED: _l("Vous avez envoyé la proposition « %(subject)s »."),
}
"""By act, where one page does several things."""
NAMED = {
    "proposal_id": (Proposal.id, Proposal.title),
    "debate_id": (Debate.id, Debate.title),
    "poll_id": (Poll.id, Poll.title),
    "notice_id": (HelpNotice.id, HelpNotice.title),
    "slug": (Body.slug, Body.name),
}
"""What the part of an address points at: its column, and what people call it."""


def deed(
    endpoint: str | None, parts: Mapping[str, Any], act: Act | None, label: str | None
) -> str | None:
    """The sentence for what a page did, by the parts of its address; None where none is ready.

    `act` and `label` are those of the ledger's entry, if it wrote one. At most one statement.
    """
    words = BY_ACT.get(act) if act else None
    if words is not None and label:
        return str(words) % {"subject": label}
    words = DEEDS.get(endpoint or "")
    subject = _subject(parts) if words is not None else None
    return str(words) % {"subject": subject} if subject else None


def _subject(parts: Mapping[str, Any]) -> str | None:
    for name, (key, title) in NAMED.items():
        if name in parts:
            return db.session.scalar(select(title).where(key == parts[name]))
    return None
