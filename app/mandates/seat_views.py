"""The seats of the conseil: shown to all, given and ended by the direction, left by oneself."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.bodies import mandate_services
from app.bodies.meeting_queries import people_found
from app.bodies.models import Mandate
from app.bodies.policies import can_create_body
from app.centre.settings import rule
from app.core.clock import today
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed, public, signed_in
from app.mandates import seat_queries, seat_services
from app.mandates.blueprint import bp, conseil, viewer
from app.mandates.seat_forms import EndForm, ResignForm, SeatForm, SeatsForm


@bp.get("/conseil/sieges")
@public
def seats() -> ResponseReturnValue:
    body, me = conseil(), viewer()
    return render_template(
        "mandates/seats.html",
        body=body,
        colleges=seat_queries.colleges(body.id),
        mine=seat_queries.own_mandate(body.id, me.id) if me else None,
    )


@bp.get("/conseil/sieges/passes")
@public
def past() -> ResponseReturnValue:
    body = conseil()
    page = seat_queries.past(body.id, page_number())
    return render_template("mandates/past.html", body=body, page=page)


@bp.route("/conseil/sieges/nombre", methods=["GET", "POST"])
@allowed(can_create_body)
def set_seats() -> ResponseReturnValue:
    body = conseil()
    held = seat_queries.colleges(body.id)
    known = {f"{one.key}_titulaires": one.titulaires or 0 for one in held}
    known |= {f"{one.key}_suppleants": one.suppleants or 0 for one in held}
    form = SeatsForm(data=known)
    if form.validate_on_submit():
        form.attempt(lambda: seat_services.set_seats(current_user, body, form.wanted()))
        if not form.refused:
            flash(_("Le nombre de sièges est enregistré."), "success")
            return redirect(url_for(".members"))
    return render_template("mandates/set_seats.html", form=form, colleges=held), form.status


@bp.get("/conseil/membres")
@allowed(can_create_body)
def members() -> ResponseReturnValue:
    body = conseil()
    words = request.args.get("q", "").strip()
    return render_template(
        "mandates/members.html",
        colleges=seat_queries.colleges(body.id),
        words=words,
        found=people_found(words, full_names=True) if words else [],
    )


@bp.route("/conseil/membres/<int:resident_id>/siege", methods=["GET", "POST"])
@allowed(can_create_body)
def give_seat(resident_id: int) -> ResponseReturnValue:
    body, resident = conseil(), db.get_or_404(Resident, resident_id)
    end = today() + timedelta(days=365 * rule("mandate_years"))
    form = SeatForm(starts_on=today(), ends_on=end)
    if form.validate_on_submit():
        form.attempt(
            lambda: mandate_services.give_seat(current_user, body, resident, **form.seat())
        )
        if not form.refused:
            flash(_("%(name)s siège au conseil.", name=resident.full_name), "success")
            return redirect(url_for(".members"))
    return render_template("mandates/give_seat.html", form=form, resident=resident), form.status


@bp.route("/conseil/mandats/<int:mandate_id>/fin", methods=["GET", "POST"])
@allowed(can_create_body)
def end_seat(mandate_id: int) -> ResponseReturnValue:
    mandate, form = db.get_or_404(Mandate, mandate_id), EndForm()
    if form.validate_on_submit():
        said = {"cause": form.cause.data, "on": form.on.data, "reason": form.reason.data or ""}
        form.attempt(lambda: mandate_services.end_seat(current_user, mandate, **said))
        if not form.refused:
            flash(_("Le mandat est terminé. Le siège est libre."))
            return redirect(url_for(".members"))
    return render_template("mandates/end_seat.html", mandate=mandate, form=form), form.status


@bp.post("/conseil/mandats/<int:mandate_id>/titulaire")
@allowed(can_create_body)
def step_up(mandate_id: int) -> ResponseReturnValue:
    given = mandate_services.step_up(current_user, db.get_or_404(Mandate, mandate_id))
    flash(_("%(name)s est maintenant titulaire.", name=given.resident.full_name), "success")
    return redirect(url_for(".members"))


@bp.route("/conseil/mon-siege/demission", methods=["GET", "POST"])
@signed_in
def resign() -> ResponseReturnValue:
    mandate = seat_queries.own_mandate(conseil().id, current_user.id) or abort(404)
    form = ResignForm()
    if form.validate_on_submit():
        form.attempt(lambda: seat_services.resign(current_user, mandate, form.reason.data or ""))
        if not form.refused:
            flash(_("Vous ne siégez plus au conseil. Merci pour ce que vous y avez fait."))
            return redirect(url_for(".seats"))
    return render_template("mandates/resign.html", form=form, mandate=mandate), form.status
