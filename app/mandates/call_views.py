"""Calls for candidates: read by all, answered by those the collège sits for."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies.policies import can_create_body
from app.core.clock import now
from app.core.db import db
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.pagination import page_number
from app.core.policies import allowed, public, signed_in
from app.mandates import call_queries, call_services, election_services
from app.mandates.blueprint import bp, conseil, viewer
from app.mandates.call_forms import CallForm, StandForm
from app.mandates.elected import elected
from app.mandates.models import Call


@bp.get("/conseil/appels")
@public
def calls() -> ResponseReturnValue:
    body = conseil()
    page = call_queries.calls(body.id, page_number())
    return render_template("mandates/calls.html", body=body, page=page, at=now())


@bp.route("/conseil/appels/nouveau", methods=["GET", "POST"])
@allowed(can_create_body)
def new_call() -> ResponseReturnValue:
    body, form = conseil(), CallForm()
    if form.validate_on_submit():
        call = form.attempt(lambda: call_services.open_call(current_user, body, **form.call()))
        if call is not None:
            flash(_("L’appel est ouvert. Les personnes concernées sont prévenues."), "success")
            return redirect(url_for(".call", call_id=call.id))
    return render_template("mandates/new_call.html", form=form), form.status


@bp.get("/conseil/appels/<int:call_id>")
@public
def call(call_id: int) -> ResponseReturnValue:
    found, me = db.get_or_404(Call, call_id), viewer()
    poll, draw_id = call_queries.outcome(found)
    return render_template(
        "mandates/call.html",
        call=found,
        at=now(),
        candidates=call_queries.candidates(call_id),
        mine=call_queries.own_candidacy(call_id, me.id) if me else None,
        poll=poll,
        draw_id=draw_id,
        elected=elected(found, poll) if me and can_create_body(me) else None,
    )


@bp.route("/conseil/appels/<int:call_id>/candidature", methods=["GET", "POST"])
@signed_in
@limiter.limit("20/hour", key_func=by_person, methods=["POST"])
def stand(call_id: int) -> ResponseReturnValue:
    found = db.get_or_404(Call, call_id)
    mine = call_queries.own_candidacy(call_id, current_user.id)
    form = StandForm(text=mine.text if mine else "")
    if form.validate_on_submit():
        said, agrees = str(form.text.data), bool(form.agrees.data)
        form.attempt(lambda: call_services.stand(current_user, found, said, agrees=agrees))
        if not form.refused:
            flash(_("Votre candidature est enregistrée."), "success")
            return redirect(url_for(".call", call_id=call_id))
    return render_template("mandates/stand.html", form=form, call=found, mine=mine), form.status


@bp.get("/conseil/appels/<int:call_id>/retrait")
@signed_in
def confirm_stand_down(call_id: int) -> ResponseReturnValue:
    found = db.get_or_404(Call, call_id)
    if call_queries.own_candidacy(call_id, current_user.id) is None:
        abort(404)
    return render_template("mandates/stand_down.html", call=found)


@bp.post("/conseil/appels/<int:call_id>/retrait")
@signed_in
def stand_down(call_id: int) -> ResponseReturnValue:
    call_services.stand_down(current_user, db.get_or_404(Call, call_id))
    flash(_("Vous n’êtes plus candidat. Vous pouvez revenir tant que l’appel est ouvert."))
    return redirect(url_for(".call", call_id=call_id))


@bp.post("/conseil/appels/<int:call_id>/clore")
@allowed(can_create_body)
def close_call(call_id: int) -> ResponseReturnValue:
    call_services.close_call(current_user, db.get_or_404(Call, call_id))
    flash(_("L’appel est fermé. La suite est sur cette page."), "success")
    return redirect(url_for(".call", call_id=call_id))


@bp.post("/conseil/appels/<int:call_id>/vote")
@allowed(can_create_body)
def prepare_poll(call_id: int) -> ResponseReturnValue:
    poll = election_services.prepare_poll(current_user, db.get_or_404(Call, call_id))
    flash(_("Le brouillon du vote est prêt. Donnez sa fermeture, puis ouvrez-le."), "success")
    return redirect(url_for("voting.edit", poll_id=poll.id))


@bp.post("/conseil/appels/<int:call_id>/sieges")
@allowed(can_create_body)
def seat_elected(call_id: int) -> ResponseReturnValue:
    done = election_services.seat_elected(current_user, db.get_or_404(Call, call_id))
    if done.to_seat:
        flash(_("Sièges donnés : %(names)s.", names=", ".join(done.to_seat)), "success")
    if done.unknown:
        names = ", ".join(done.unknown)
        flash(_("À donner à la main : %(names)s. Ce nom ne mène à personne.", names=names))
    if not (done.to_seat or done.unknown):
        flash(_("Tous les élus siègent déjà."))
    return redirect(url_for(".members"))
