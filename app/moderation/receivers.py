"""What waits in the rooms below comes into the queue."""

from typing import Any

from app.core.clock import now
from app.entraide import signals as entraide
from app.entraide.models import HelpMessage, HelpNotice
from app.moderation.forgetting import forget_words
from app.moderation.kinds import BY_TABLE
from app.moderation.opening import case_of, opened
from app.proposals.models import Comment, Debate
from app.proposals.signals import held, taken_back


@held.connect
@entraide.held.connect
def queue(content: Comment | Debate | HelpNotice, *, cause: str, **_more: Any) -> None:
    """Someone must read it before it shows."""
    opened(BY_TABLE[content.__tablename__], content, cause)


@taken_back.connect
@entraide.gone.connect
def leave_queue(said: Comment | HelpNotice | HelpMessage, **_more: Any) -> None:
    """Its author has erased it, or its time has come: nothing is left to decide."""
    case = case_of(BY_TABLE[said.__tablename__], said.id)
    if case is not None:
        case.decided_at = case.decided_at or now()
        case.version += 1
        forget_words(case)
