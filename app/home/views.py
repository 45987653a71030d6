"""The front page, my space, search, and the pages every site owes."""

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies.labels import OUTCOMES
from app.core.pagination import page_number
from app.core.policies import public, signed_in
from app.home import calendar_views, quartier_views, queries
from app.home.blueprint import bp
from app.home.gallery import gallery
from app.indicators.wording import KINDS_OF_THINGS
from app.moderation.policies import can_moderate
from app.moderation.queries import waiting_count
from app.moderation.sanction_queries import silences_of
from app.notifications import services as notifications
from app.proposals.labels import LABELS
from app.proposals.policies import can_review

__all__ = ["bp", "calendar_views", "quartier_views"]


@bp.get("/")
@public
def front() -> ResponseReturnValue:
    return render_template("home/front.html", now_on=queries.front_page(), outcomes=OUTCOMES)


@bp.get("/moi")
@signed_in
def mine() -> ResponseReturnValue:
    mine = queries.my_space(current_user)
    may_review, may_moderate = can_review(current_user), can_moderate(current_user)
    return render_template(
        "home/mine.html",
        mine=mine,
        statuses=LABELS,
        may_review=may_review,
        may_moderate=may_moderate,
        to_moderate=waiting_count(current_user) if may_moderate else 0,
        silences=silences_of(current_user),
    )


@bp.get("/moi/messages")
@signed_in
def messages() -> ResponseReturnValue:
    page = queries.my_messages(current_user, page_number())
    return render_template("home/messages.html", page=page)


@bp.post("/moi/messages/lus")
@signed_in
def messages_read() -> ResponseReturnValue:
    notifications.mark_all_read(current_user)
    return redirect(url_for(".mine"))


@bp.get("/recherche")
@public
def search() -> ResponseReturnValue:
    words = request.args.get("q", "").strip()[:200]
    page = queries.search(words, page_number()) if words else None
    return render_template(
        "home/search.html", words=words, page=page, KINDS_OF_THINGS=KINDS_OF_THINGS
    )


@bp.get("/accessibilite")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html")


@bp.get("/mentions-legales")
@public
def legal() -> ResponseReturnValue:
    return render_template("home/legal.html")


@bp.get("/_composants")
@public
def components() -> ResponseReturnValue:
    """Every component in every state: for those who build the site."""
    if not current_app.config["SHOW_COMPONENTS"]:
        abort(404)
    return render_template("components/gallery.html", **gallery())
