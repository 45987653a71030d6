"""What makes a proposal or a debate findable."""

from app.core import search
from app.proposals.models import Debate, Proposal


def index_content(content: Proposal | Debate) -> None:
    """Make it findable, once everyone may read it."""
    published = isinstance(content, Debate) or content.is_public
    if published and content.is_shown:
        search.index(
            content.__tablename__, content.id, content.title, url_of(content), content.text
        )


def unindex_content(content: Proposal | Debate) -> None:
    """Make it unfindable."""
    search.unindex(content.__tablename__, content.id)


def url_of(content: Proposal | Debate) -> str:
    """Where it is read: written by hand, for acts done outside of a request."""
    place = "debats" if isinstance(content, Debate) else "propositions"
    return f"/{place}/{content.id}"
