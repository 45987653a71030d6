"""What a phone sends: a queue of taps, as JSON that nobody promised to be well made."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.core.clock import now
from app.core.errors import Invalid
from app.core.i18n import _
from app.programme.attendance import ROLES

MOST_TAPS = 500
"""A request; the page sends 200 at most."""

LONGEST_WAIT = timedelta(days=30)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CARD = re.compile(r"\d{8}")


@dataclass(frozen=True)
class Tap:
    """One touch: whom, by number or by card, put on the sheet or taken off, and when.

    Without a role, whoever offered their hands comes as a volunteer.
    """

    client_id: str
    tapped_at: datetime
    adds: bool
    resident_id: int | None = None
    card: str | None = None
    role: str = ""


def read_taps(sent: Any) -> list[Tap]:
    """The taps of a request, in the order of the phone.

    A phone says how long ago it was touched, in milliseconds, rather than when: its clock may
    be wrong, and is wrong by as much when it sends.

    Raises Invalid when it is no queue of ours: nothing of it is taken.
    """
    lines = sent.get("taps") if isinstance(sent, dict) else None
    if not isinstance(lines, list) or len(lines) > MOST_TAPS:
        raise Invalid(_("Cet envoi est abîmé. Rechargez la page."))
    at = now()
    return [_tap(line, at) for line in lines]


def _tap(line: Any, at: datetime) -> Tap:
    broken = Invalid(_("Cet envoi est abîmé. Rechargez la page."))
    if not isinstance(line, dict):
        raise broken
    client_id, ago, adds = line.get("id"), line.get("ago"), line.get("adds")
    person, card, role = line.get("person"), line.get("card"), line.get("role", "")
    if not isinstance(client_id, str) or not _ID.fullmatch(client_id):
        raise broken
    if not isinstance(ago, int) or isinstance(ago, bool) or not isinstance(adds, bool):
        raise broken
    if role not in ("", *ROLES) or not _is_someone(person, card):
        raise broken
    waited = timedelta(milliseconds=min(max(ago, 0), LONGEST_WAIT // timedelta(milliseconds=1)))
    return Tap(client_id, at - waited, adds, person, card, role)


def _is_someone(person: Any, card: Any) -> bool:
    """A number of file or a card, and one of them alone."""
    if card is None:
        return type(person) is int and 0 < person < 2**31
    return person is None and isinstance(card, str) and _CARD.fullmatch(card) is not None
