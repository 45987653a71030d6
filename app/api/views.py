"""The page that explains open data, the feeds, and every resource put together."""

import re
from typing import Any

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from app.api import decisions, directory, figures, minutes, polls, programme, proposals
from app.api.atom import MEDIA_TYPE
from app.api.blueprint import LICENCE, LICENCE_URL, bp, limit
from app.api.feeds import FEEDS, feed_of
from app.core.mail import address_of
from app.core.policies import public

__all__ = ["bp", "open_data"]

RESOURCES = (figures, proposals, polls, decisions, minutes, programme, directory)
open_data = Blueprint("open_data", __name__)
EXAMPLES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("api.indicateurs", {"debut": "2026-01-01", "fin": "2026-12-31"}),
    ("api.indicateur", {"code": "3.2.3", "debut": "2026-01-01"}),
    ("api.propositions", {"etat": "soutiens"}),
    ("api.scrutins", {"debut": "2026-01-01"}),
    ("api.decisions", {"suite": "transmis"}),
    ("api.comptes_rendus", {"taille": 10}),
    ("api.instances", {"type": "comite"}),
    ("api.seances", {"etat": "prevue", "public": "familles"}),
    ("api.associations", {"famille": "006"}),
    ("api.partenaires", {"type": "emploi"}),
    ("api.quartiers", {}),
)
"""An address to copy for each list."""


@open_data.get("/donnees-ouvertes")
@public
def index() -> ResponseReturnValue:
    return render_template(
        "open_data/index.html",
        examples={name: address_of(name, **values) for name, values in EXAMPLES},
        parts=re.compile(r"(?<=[/?&])").split,
        described=address_of("openapi.spec"),
        feeds={name: (one, address_of("open_data.feed", name=name)) for name, one in FEEDS.items()},
        licence=LICENCE,
        licence_url=LICENCE_URL,
    )


@open_data.get("/flux/<name>.atom")
@limit
@public
def feed(name: str) -> ResponseReturnValue:
    content = feed_of(name) if name in FEEDS else abort(404)
    return Response(content, content_type=f"{MEDIA_TYPE}; charset=utf-8")
