"""Cards of associations and collectifs, shown or hidden by a moderator, and found or not.

Each function works inside the act of a caller who has checked the right to do so. Silent in the
ledger: that an association is listed, or a collectif formed, stays true.
"""

from app.associations.indexing import index_association
from app.associations.models import Association, Collectif
from app.core.db import db
from app.core.moderated import HIDDEN, SHOWN
from app.core.search import unindex

Content = Association | Collectif


def show(content: Content) -> None:
    """Let everyone read it again."""
    content.visibility, content.hidden_rule = SHOWN, None
    if isinstance(content, Association):
        index_association(content)


def hide(content: Content, rule: str) -> None:
    """Take it away from everyone but those it speaks for, and those who moderate."""
    content.visibility, content.hidden_rule = HIDDEN, rule
    if isinstance(content, Association):
        unindex("associations", content.id)


def reword(content: Content, texts: dict[str, str], note: str | None) -> None:
    """Change its words; `note` says so to everyone who reads it."""
    for name, text in texts.items():
        setattr(content, name, text)
    content.moderation_note = note
    db.session.flush()
    if isinstance(content, Association):
        index_association(content)
