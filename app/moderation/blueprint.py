"""The one blueprint of moderation, and what its pages share."""

from typing import cast

from flask import Blueprint, Flask, abort
from flask_login import current_user

from app.accounts.models import Resident
from app.core.charter import CHARTER
from app.core.db import db
from app.moderation import wording
from app.moderation.cases import content_of
from app.moderation.kinds import KINDS, Content, Kind
from app.moderation.models import Case
from app.moderation.policies import can_read_case
from app.proposals.blueprint import LARGEST_ID

bp = Blueprint("moderation", __name__)


def init_moderation(app: Flask) -> None:
    """Give every template the rules of the house, to name them under what is hidden."""
    app.jinja_env.globals["charter"] = CHARTER


@bp.context_processor
def _words() -> dict[str, object]:
    return {
        "causes": wording.CAUSES,
        "outcomes": wording.OUTCOMES,
        "filter_words": wording.FILTERS,
    }


def me() -> Resident:
    """Who is signed in, on a page that asks for it."""
    return cast(Resident, current_user._get_current_object())


def found(key: str, number: int) -> tuple[Kind, Content]:
    """The content of an address, whether or not this person may see it; else 404."""
    kind = KINDS.get(key)
    content = kind.get(number) if kind and number <= LARGEST_ID else None
    if kind is None or content is None:
        abort(404)
    return kind, content


def readable_case(case_id: int) -> tuple[Case, Kind, Content | None]:
    """The case, if this person reads its queue; else 404."""
    case = db.session.get(Case, case_id)
    if case is None or not can_read_case(me(), case):
        abort(404)
    return (case, *content_of(case))


def own_case(case_id: int) -> tuple[Case, Kind, Content | None]:
    """The case of one's own words; else 404."""
    case = db.session.get(Case, case_id)
    if case is None or case.author_id != me().id:
        abort(404)
    return (case, *content_of(case))
