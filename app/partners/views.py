"""Partners, as anyone sees them: the directory, one partner, who does what, who works with whom."""

from collections.abc import Sequence

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.centre.queries import quartier_choices
from app.core.pagination import Page, page_number
from app.core.policies import public
from app.partners import (
    convention_views,
    follow_queries,
    orientation_views,
    queries,
    scheme_views,
    team_views,
    together_views,
)
from app.partners.blueprint import bp, keeps_partners
from app.partners.matrix import matrix
from app.partners.network import SIZE, network
from app.partners.spans import span_of, spans
from app.partners.words import PARTNER_KINDS, PUBLICS

__all__ = [
    "bp",
    "convention_views",
    "orientation_views",
    "scheme_views",
    "team_views",
    "together_views",
]


@bp.get("/partenaires")
@public
def index() -> ResponseReturnValue:
    lists, words = _lists(), request.args.get("q", "").strip()[:200]
    chosen = {name: _asked(name, offered) for name, offered in lists.items()}
    team = keeps_partners()
    archived = team and request.args.get("ranges") == "oui"
    return render_template(
        "partners/index.html",
        page=_page(words, chosen, archived=archived),
        words=words,
        chosen=chosen,
        lists=lists,
        team=team,
        archived=archived,
        waiting=follow_queries.to_renew() if team else [],
    )


@bp.get("/partenaires/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    partner, team = queries.partner_by_slug(slug), keeps_partners()
    if partner is None or (partner.archived_on is not None and not team):
        abort(404)
    page = queries.partner_page(partner)
    own = (
        {
            "notes": partner.notes,
            "contacts": queries.contacts(partner.id),
            "conventions": follow_queries.conventions(1, partner_id=partner.id).items,
        }
        if team
        else {}
    )
    return render_template("partners/show.html", partner=page, team=team, **own)


@bp.get("/partenaires/qui-fait-quoi")
@public
def who_does_what() -> ResponseReturnValue:
    quartiers = quartier_choices()
    quartier = _asked("quartier", quartiers)
    return render_template(
        "partners/matrix.html",
        matrix=matrix(int(quartier or 0)),
        quartiers=quartiers,
        quartier=quartier,
        quartier_name=dict(quartiers).get(int(quartier or 0)),
        team=keeps_partners(),
    )


@bp.get("/partenaires/reseau")
@public
def who_with_whom() -> ResponseReturnValue:
    span = span_of(request.args.get("periode", ""))
    return render_template(
        "partners/network.html",
        network=network(span.since, span.until),
        span=span,
        spans=spans(),
        size=SIZE,
        team=keeps_partners(),
    )


def _lists() -> dict[str, Sequence[tuple[object, str]]]:
    """What each filter of the directory offers."""
    return {
        "type": [(code, str(words)) for code, words in PARTNER_KINDS.items()],
        "mission": queries.mission_choices(),
        "public": [(code, str(words)) for code, words in PUBLICS.items()],
        "quartier": quartier_choices(),
    }


def _page(words: str, chosen: dict[str, str], *, archived: bool) -> Page[queries.PartnerCard]:
    """The page of the directory asked for, among those that the filters keep."""
    return queries.directory(
        page_number(),
        words=words,
        kind=chosen["type"],
        mission_id=int(chosen["mission"] or 0),
        public=chosen["public"],
        quartier_id=int(chosen["quartier"] or 0),
        archived=archived,
    )


def _asked(name: str, offered: Sequence[tuple[object, str]]) -> str:
    """A filter of the address, if it is one that exists."""
    value = request.args.get(name, "")
    return value if value in {str(key) for key, _words in offered} else ""
