"""What is shown, waits or is hidden. The caller has checked the right to say so."""

from app.core.moderated import SHOWN, WAITING
from app.core.search_text import fold
from app.entraide.models import HelpMessage, HelpNotice
from app.proposals.holding import count_admitted

Content = HelpNotice | HelpMessage


def set_visibility(content: Content, to: str, rule: str | None) -> None:
    """Show, hide or put back to wait; a first notice that shows counts for its author."""
    was = content.visibility
    content.visibility = to
    content.hidden_rule = rule if to not in (SHOWN, WAITING) else None
    if isinstance(content, HelpNotice) and WAITING in (was, to) and SHOWN in (was, to):
        count_admitted(content.author, 1 if to == SHOWN else -1)


def reword(content: Content, texts: dict[str, str], note: str | None) -> None:
    """Change its words; `note` says so to whoever reads it."""
    for name, text in texts.items():
        setattr(content, name, text)
    content.moderation_note = note
    if isinstance(content, HelpNotice):
        content.folded = folded(content.title, content.text)


def folded(title: str, text: str) -> str:
    """What a search of notices reads."""
    return fold(f"{title} {text}")
