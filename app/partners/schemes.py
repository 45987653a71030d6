"""The veille: pages of social schemes, written, checked again, put away."""

from dataclasses import dataclass
from datetime import date

from app.accounts.models import Resident
from app.core import search
from app.core.clock import today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.core.search_text import fold
from app.core.typography import typo
from app.core.websites import checked_website
from app.partners.models import Scheme
from app.partners.services import refuse_outsiders


@dataclass(frozen=True)
class SchemeDetails:
    """What the page of a scheme says; `text` and `where_to_go` in Markdown, both days in it."""

    title: str
    text: str
    audience: str = ""
    where_to_go: str = ""
    source_url: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@atomic
def save_scheme(person: Resident, details: SchemeDetails, scheme: Scheme | None = None) -> Scheme:
    """Write a page, or correct it: whoever saves it has checked it today.

    Silent: words for people to read.

    Raises:
        Forbidden: not of the team.
        Invalid: no title, no text, or days or an address that cannot be.
        Conflict: there is a page of this title.
    """
    refuse_outsiders(person)
    if not details.title.strip():
        raise Invalid(_("Donnez un titre."), field="title")
    if not details.text.strip():
        raise Invalid(_("Dites ce que ce dispositif apporte."), field="text")
    if details.valid_from and details.valid_until and details.valid_until < details.valid_from:
        raise Invalid(_("La fin vient après le début."), field="valid_until")
    source = checked_website(details.source_url, "source_url") if details.source_url else None
    kept = scheme or Scheme()
    kept.title, kept.text = typo(details.title.strip())[:160], details.text.strip()
    kept.folded_title = fold(kept.title)[:160]
    kept.audience, kept.where_to_go = details.audience.strip(), details.where_to_go.strip()
    kept.source_url = source
    kept.valid_from, kept.valid_until = details.valid_from, details.valid_until
    kept.checked_on, kept.checked_by_id = today(), person.id
    with unique_or(Conflict(_("Une page porte déjà ce titre."), field="title")):
        db.session.add(kept)
    _index(kept)
    return kept


@atomic
def check_scheme(person: Resident, scheme: Scheme) -> None:
    """Say that the page is still right today. Silent, as `save_scheme`.

    Raises:
        Forbidden: not of the team.
    """
    refuse_outsiders(person)
    scheme.checked_on, scheme.checked_by_id = today(), person.id


@atomic
def archive_scheme(person: Resident, scheme: Scheme, *, archived: bool) -> None:
    """Take a page out of the list, or put it back. Silent, as `save_scheme`.

    Raises:
        Forbidden: not of the team.
        Conflict: it is so already.
    """
    refuse_outsiders(person)
    lock(scheme)
    if (scheme.archived_on is not None) == archived:
        raise Conflict(_("C’est déjà fait."))
    scheme.archived_on = today() if archived else None
    if archived:
        search.unindex("schemes", scheme.id)
    else:
        _index(scheme)


def _index(scheme: Scheme) -> None:
    if scheme.archived_on is None:
        texts = (scheme.audience, scheme.text, scheme.where_to_go)
        search.index("schemes", scheme.id, scheme.title, scheme.path, *texts)
