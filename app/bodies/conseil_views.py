"""The conseil de maison, and the minutes of every instance."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies import comite_services, conseil_queries
from app.bodies.blueprint import bp, viewer
from app.bodies.models import CONSEIL
from app.bodies.policies import can_create_body
from app.bodies.queries import (
    conseil_body,
    is_member,
    is_subscribed,
    latest_decisions,
    next_meetings,
)
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed, public


@bp.get("/conseil")
@public
def conseil() -> ResponseReturnValue:
    body, person = conseil_body(), viewer()
    if body is None:
        return render_template("bodies/no_conseil.html")
    return render_template(
        "bodies/conseil.html",
        body=body,
        member=person is not None and is_member(body.id, person.id),
        told=is_subscribed(body.id, person),
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
    return redirect(url_for("mandates.members"))


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
