"""Candidacies shown or hidden by a moderator.

Each function works inside the act of a caller who has checked the right to do so. Silent in the
ledger: standing is told by the mandate that may come of it.
"""

from app.core.db import db
from app.core.moderated import HIDDEN, SHOWN, WAITING
from app.mandates.models import Candidacy
from app.proposals.holding import count_admitted


def set_visibility(standing: Candidacy, to: str, rule: str | None) -> None:
    """Let everyone read it, take it away by a rule of the house, or put it back to wait."""
    before = standing.visibility
    standing.visibility, standing.hidden_rule = to, rule if to == HIDDEN else None
    db.session.flush()
    if (before, to) == (WAITING, SHOWN):
        count_admitted(standing.resident)
    elif (before, to) == (SHOWN, WAITING):
        count_admitted(standing.resident, -1)


def reword(standing: Candidacy, texts: dict[str, str], note: str | None) -> None:
    """Change its words; `note` says so to everyone who reads it."""
    for name, text in texts.items():
        setattr(standing, name, text)
    standing.moderation_note = note
