"""Draws by lot: promised, done, told to all, and to be done again by anyone."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies.policies import can_create_body
from app.core.csv import csv_file
from app.core.db import db
from app.core.i18n import _
from app.core.policies import allowed, public
from app.mandates import call_queries, draw_services
from app.mandates.blueprint import bp
from app.mandates.call_forms import STRATA, DrawForm
from app.mandates.models import Call, Draw


@bp.route("/conseil/appels/<int:call_id>/tirage", methods=["GET", "POST"])
@allowed(can_create_body)
def commit_draw(call_id: int) -> ResponseReturnValue:
    call, form = db.get_or_404(Call, call_id), DrawForm()
    if form.validate_on_submit():
        strata = str(form.strata.data or "")
        made = form.attempt(lambda: draw_services.commit_draw(current_user, call, strata))
        if made is not None:
            flash(_("La liste est figée et publiée. Vous pouvez tirer quand vous voulez."))
            return redirect(url_for(".draw", draw_id=made.id))
    people = call_queries.candidates(call_id)
    return render_template("mandates/commit_draw.html", form=form, call=call, people=people), (
        form.status
    )


@bp.get("/conseil/tirages/<int:draw_id>")
@public
def draw(draw_id: int) -> ResponseReturnValue:
    page = call_queries.draw_page(db.get_or_404(Draw, draw_id))
    return render_template("mandates/draw.html", page=page, strata=STRATA)


@bp.get("/conseil/tirages/<int:draw_id>/liste.csv")
@public
def draw_list(draw_id: int) -> ResponseReturnValue:
    page = call_queries.draw_page(db.get_or_404(Draw, draw_id))
    lines = sorted((line.number, line.stratum) for line in page.lines)
    return csv_file(f"tirage-{draw_id}.csv", [("numero", "strate"), *lines])


@bp.post("/conseil/tirages/<int:draw_id>/tirer")
@allowed(can_create_body)
def do_draw(draw_id: int) -> ResponseReturnValue:
    draw_services.do_draw(current_user, db.get_or_404(Draw, draw_id))
    flash(_("Le tirage est fait. Chacun peut le refaire."), "success")
    return redirect(url_for(".draw", draw_id=draw_id))


@bp.post("/conseil/tirages/<int:draw_id>/<int:number>/reponse")
@allowed(can_create_body)
def answer_draw(draw_id: int, number: int) -> ResponseReturnValue:
    accepts = request.form.get("reponse") == "oui"
    made = db.get_or_404(Draw, draw_id)
    draw_services.answer(current_user, made, number, accepts=accepts)
    flash(_("Le siège est donné.") if accepts else _("Le refus est noté. La suite est appelée."))
    return redirect(url_for(".draw", draw_id=draw_id))
