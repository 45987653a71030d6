"""The conseil de maison: who sits, and the minutes of every instance."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.bodies import comite_services, conseil_queries, mandate_services
from app.bodies.blueprint import bp
from app.bodies.comite_forms import SeatForm
from app.bodies.meeting_queries import people_found
from app.bodies.models import CONSEIL, Mandate
from app.bodies.policies import can_create_body
from app.bodies.queries import conseil_body, latest_decisions, next_meetings
from app.centre.settings import rule
from app.core.clock import today
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed, public


@bp.get("/conseil")
@public
def conseil() -> ResponseReturnValue:
    body = conseil_body()
    if body is None:
        return render_template("bodies/no_conseil.html")
    return render_template(
        "bodies/conseil.html",
        body=body,
        seats=conseil_queries.seats(body.id),
        next_meeting=next(iter(next_meetings(1, body.id)), None),
        minutes=conseil_queries.latest_minutes(3, body.id),
        decisions=latest_decisions(5, body.id),
    )


@bp.post("/conseil/ouvrir")
@allowed(can_create_body)
def open_conseil() -> ResponseReturnValue:
    comite_services.create_body(current_user, _("Conseil de maison"), kind=CONSEIL)
    flash(_("Le conseil de maison est ouvert. Donnez maintenant les sièges."), "success")
    return redirect(url_for(".conseil_members"))


@bp.get("/conseil/comptes-rendus")
@public
def minutes_index() -> ResponseReturnValue:
    bodies = conseil_queries.body_choices()
    years = conseil_queries.minutes_years()
    slug, year = request.args.get("instance", ""), request.args.get("annee", "")
    body_id = next((known_id for known_id, known, _name in bodies if known == slug), None)
    wanted = next((known for known in years if str(known) == year), None)
    return render_template(
        "bodies/minutes_index.html",
        page=conseil_queries.minutes_page(page_number(), body_id, wanted),
        choices=[(known, name) for _id, known, name in bodies],
        year_choices=[(known, str(known)) for known in years],
        chosen={"instance": slug if body_id else "", "annee": wanted or ""},
    )


@bp.get("/conseil/membres")
@allowed(can_create_body)
def conseil_members() -> ResponseReturnValue:
    body = conseil_body()
    if body is None:
        return redirect(url_for(".conseil"))
    words = request.args.get("q", "").strip()
    return render_template(
        "bodies/conseil_members.html",
        seats=conseil_queries.seats(body.id),
        words=words,
        found=people_found(words, full_names=True) if words else [],
    )


@bp.route("/conseil/membres/<int:resident_id>/siege", methods=["GET", "POST"])
@allowed(can_create_body)
def give_seat(resident_id: int) -> ResponseReturnValue:
    body, resident = conseil_body(), db.get_or_404(Resident, resident_id)
    if body is None:
        return redirect(url_for(".conseil"))
    end = today() + timedelta(days=365 * rule("mandate_years"))
    form = SeatForm(starts_on=today(), ends_on=end)
    if form.validate_on_submit():
        form.attempt(
            lambda: mandate_services.give_seat(current_user, body, resident, **form.seat())
        )
        if not form.refused:
            flash(_("%(name)s siège au conseil.", name=resident.full_name), "success")
            return redirect(url_for(".conseil_members"))
    return render_template("bodies/give_seat.html", form=form, resident=resident), form.status


@bp.get("/conseil/mandats/<int:mandate_id>/fin")
@allowed(can_create_body)
def confirm_end_seat(mandate_id: int) -> ResponseReturnValue:
    mandate = db.get_or_404(Mandate, mandate_id)
    return render_template("bodies/confirm_end_seat.html", mandate=mandate)


@bp.post("/conseil/mandats/<int:mandate_id>/fin")
@allowed(can_create_body)
def end_seat(mandate_id: int) -> ResponseReturnValue:
    mandate_services.end_seat(current_user, db.get_or_404(Mandate, mandate_id))
    flash(_("Le mandat est terminé. Le siège est libre."))
    return redirect(url_for(".conseil_members"))
