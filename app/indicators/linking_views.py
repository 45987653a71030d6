"""Linking what the centre does to the projet social: from an objective, or from the thing."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.http import safe_next
from app.core.i18n import _
from app.core.policies import allowed
from app.indicators import linking
from app.indicators.matrix import AIMS, AXES
from app.indicators.policies import can_link
from app.indicators.views import bp


@bp.get("/projet-social/<aim>/ce-qui-le-sert")
@allowed(can_link)
def aim_links(aim: str) -> ResponseReturnValue:
    words = request.args.get("q", "").strip()[:120]
    return render_template(
        "indicators/aim_links.html",
        aim=AIMS.get(aim) or abort(404),
        serving=linking.serving().get(aim, []),
        offered=linking.offered(aim, words),
        words=words,
    )


@bp.get("/projet-social/relier/<thing>/<int:subject_id>")
@allowed(can_link)
def link_subject(thing: str, subject_id: int) -> ResponseReturnValue:
    """All the objectives, for one thing."""
    return render_template(
        "indicators/link_subject.html",
        subject=linking.subject(thing, subject_id) or abort(404),
        linked=linking.aims_of(thing, subject_id),
        axes=AXES,
    )


@bp.post("/projet-social/<aim>/relier")
@allowed(can_link)
def link(aim: str) -> ResponseReturnValue:
    linking.link(current_user, aim, *_subject())
    flash(_("C’est relié au projet social."), "success")
    return _back(aim)


@bp.post("/projet-social/<aim>/delier")
@allowed(can_link)
def unlink(aim: str) -> ResponseReturnValue:
    linking.unlink(current_user, aim, *_subject())
    flash(_("Ce n’est plus relié au projet social."))
    return _back(aim)


def _subject() -> tuple[str, int]:
    number = request.form.get("subject_id", type=int)
    return request.form.get("kind", "")[:40], number if number and number < 2**31 else 0


def _back(aim: str) -> ResponseReturnValue:
    """Where the click was: the page of the thing, or that of the objective."""
    there = safe_next(request.form.get("next")) or url_for(".aim_links", aim=aim)
    return redirect(there)
