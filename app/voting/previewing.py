"""A poll that is not open yet, as each kind of person will meet it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import CHILDREN
from app.centre.settings import rule
from app.core.clock import now, today
from app.core.db import db
from app.core.i18n import _, _l
from app.voting import bench_queries
from app.voting.electorate import electors
from app.voting.life_queries import LifePart
from app.voting.models import Poll
from app.voting.queries import MyPart, PollPage, poll_page
from app.voting.roll_queries import RollPart

KINDS: dict[str, Any] = {
    "electeur": _l("Qui peut voter"),
    "a-vote": _l("Qui a voté"),
    "absent": _l("Hors de la liste"),
    "moins-de-15": _l("Moins de 15 ans"),
    "visiteur": _l("Sans compte"),
    "bureau": _l("Bureau de vote"),
}
"""By their names in the address."""


def preview(poll: Poll, kind: str) -> dict[str, Any] | None:
    """What the page of the poll will show someone of this kind; None while nothing can be voted."""
    page = poll_page(poll.id)
    if page is None or not page.options:
        return None
    kinds = {key: label for key, label in KINDS.items() if key != "bureau" or page.tellers_needed}
    kind = kind if kind in kinds else "electeur"
    why = _why_absent(page, kind)
    voted_on = today() if kind == "a-vote" else None
    return {
        "poll": _opened(page, poll),
        "kinds": kinds,
        "kind": kind,
        "mine": None if kind == "visiteur" else MyPart(not why, voted_on),
        "roll": RollPart(
            has_paper=page.has_paper and not why and voted_on is None,
            why_absent=why,
            is_newcomer=True,
            may_claim=kind == "absent" and page.claims_until is not None,
            claims_until=page.claims_until,
            may_give_proxy=kind == "electeur" and page.proxies_most > 0,
        ),
        "life": LifePart(),
        "bench": bench_queries.bench_of(page.id) if page.tellers_needed else (),
        "threshold": rule("public_threshold"),
    }


def _opened(page: PollPage, poll: Poll) -> PollPage:
    """The poll as it will be a moment after its opening."""
    size = db.session.scalar(select(func.count()).select_from(electors(poll).subquery()))
    opens_at = min(page.opens_at, now())
    closes_at = max(page.closes_at, now() + timedelta(minutes=1))
    return replace(
        page, status="open", opens_at=opens_at, closes_at=closes_at, roll_size=size, turnout=0
    )


def _why_absent(page: PollPage, kind: str) -> str:
    if kind == "moins-de-15" and page.body_theme != CHILDREN:
        return _("Avant 15 ans, on vote dans le comité enfant.")
    if kind != "absent":
        return ""
    if page.body_name:
        return _("Seuls les membres de « %(name)s » votent ici.", name=page.body_name)
    return _("La liste a été fixée à l’ouverture du vote. Vous vous êtes inscrit après.")
