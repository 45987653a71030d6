"""Preparing a meeting together: which day suits, and what to speak of."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies import date_queries, date_services, request_queries, request_services
from app.bodies.blueprint import bp, found_body, found_meeting, only_if, viewer
from app.bodies.policies import (
    can_answer_dates,
    can_ask_for_item,
    can_change_agenda,
    can_convene,
)
from app.bodies.preparation_forms import DatesForm, DeclineForm, RequestForm
from app.bodies.preparation_models import DatePoll
from app.bodies.queries import is_member
from app.core.i18n import _
from app.core.limits import limiter
from app.core.policies import signed_in


@bp.route("/reunions/dates/nouvelles/<slug>", methods=["GET", "POST"])
@signed_in
def ask_dates(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    only_if(can_convene(viewer(), body))
    form = DatesForm(title=body.name)
    if form.validate_on_submit():
        title, slots = str(form.title.data), form.slots()
        poll = form.attempt(lambda: date_services.ask_dates(current_user, body, title, slots))
        if poll is not None:
            flash(_("La question est posée. Les membres sont prévenus."), "success")
            return redirect(url_for(".dates", date_poll_id=poll.id))
    return render_template("bodies/ask_dates.html", form=form, body=body), form.status


@bp.route("/reunions/dates/<int:date_poll_id>", methods=["GET", "POST"])
@signed_in
def dates(date_poll_id: int) -> ResponseReturnValue:
    poll = _found(date_poll_id)
    slots = date_queries.slots_of(date_poll_id, current_user.id)
    if request.method == "POST":
        typed = {slot.id: request.form.get(f"slot{slot.id}", "") for slot in slots}
        answers = {key: answer for key, answer in typed.items() if answer}
        date_services.answer_dates(current_user, poll, answers)
        flash(_("Merci, votre réponse est enregistrée. Vous pouvez la changer."), "success")
        return redirect(url_for(".dates", date_poll_id=date_poll_id))
    best = max((slot.suits, len(slot.yes)) for slot in slots)
    return render_template("bodies/dates.html", poll=poll, slots=slots, best=best)


@bp.post("/reunions/dates/<int:date_poll_id>/abandon")
@signed_in
def close_dates(date_poll_id: int) -> ResponseReturnValue:
    poll = _found(date_poll_id)
    date_services.close_dates(current_user, poll)
    flash(_("La question est fermée."))
    return redirect(url_for(".dates", date_poll_id=date_poll_id))


@bp.route("/reunions/<int:meeting_id>/points/proposer", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@signed_in
def ask_for_item(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_ask_for_item(viewer(), meeting))
    form = RequestForm(proposal_id=request.args.get("proposition", type=int))
    if form.validate_on_submit():
        title, reason = str(form.title.data), form.reason.data or ""
        asked = form.attempt(
            lambda: request_services.ask_for_item(
                current_user, meeting, title, reason=reason, proposal_id=form.proposal_id.data
            )
        )
        if asked is not None:
            flash(_("Merci. La réponse vous sera donnée avant la réunion."), "success")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
    mine = request_queries.requests_on(meeting_id, current_user.id)
    return render_template(
        "bodies/ask_for_item.html", form=form, meeting=meeting, mine=mine
    ), form.status


@bp.get("/reunions/<int:meeting_id>/points/proposes")
@signed_in
def asked_items(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_change_agenda(viewer(), meeting))
    asked = request_queries.requests_on(meeting_id)
    return render_template("bodies/asked_items.html", meeting=meeting, asked=asked)


@bp.post("/reunions/<int:meeting_id>/points/proposes/<int:request_id>/accepter")
@signed_in
def take_item(meeting_id: int, request_id: int) -> ResponseReturnValue:
    asked = request_queries.request_of(meeting_id, request_id) or abort(404)
    request_services.take_item(current_user, asked)
    flash(_("Le point est à l’ordre du jour. Envoyez-le aux membres quand tout y est."), "success")
    return redirect(url_for(".asked_items", meeting_id=meeting_id))


@bp.route(
    "/reunions/<int:meeting_id>/points/proposes/<int:request_id>/refuser", methods=["GET", "POST"]
)
@signed_in
def decline_item(meeting_id: int, request_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    asked = request_queries.request_of(meeting_id, request_id) or abort(404)
    only_if(can_change_agenda(viewer(), meeting))
    form = DeclineForm()
    if form.validate_on_submit():
        answer = str(form.answer.data)
        form.attempt(lambda: request_services.decline_item(current_user, asked, answer))
        if not form.refused:
            flash(_("La personne est prévenue, avec votre raison."))
            return redirect(url_for(".asked_items", meeting_id=meeting_id))
    return render_template(
        "bodies/decline_item.html", form=form, meeting=meeting, asked=asked
    ), form.status


def _found(date_poll_id: int) -> DatePoll:
    poll = date_queries.date_poll(date_poll_id) or abort(404)
    mine = is_member(poll.body_id, current_user.id)
    only_if(can_answer_dates(viewer(), poll.body, is_member=mine))
    return poll
