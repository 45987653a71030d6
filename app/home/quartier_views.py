"""The quartiers, and the page of each."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.bodies.labels import OUTCOMES
from app.core.policies import public
from app.home import quartier_queries
from app.home.blueprint import bp
from app.proposals.labels import LABELS


@bp.get("/quartiers")
@public
def quartiers() -> ResponseReturnValue:
    return render_template("home/quartiers.html", quartiers=quartier_queries.quartiers())


@bp.get("/quartiers/<int:quartier_id>")
@public
def quartier_by_number(quartier_id: int) -> ResponseReturnValue:
    """Where filters lead, which know numbers."""
    slug = quartier_queries.slug_of(quartier_id) or abort(404)
    return redirect(url_for(".quartier", slug=slug))


@bp.get("/quartiers/<slug>")
@public
def quartier(slug: str) -> ResponseReturnValue:
    page = quartier_queries.quartier_page(slug) or abort(404)
    return render_template("home/quartier.html", page=page, statuses=LABELS, outcomes=OUTCOMES)
