"""Meetings: convened, prepared, cancelled."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies import (
    date_queries,
    date_services,
    meeting_queries,
    meeting_services,
    minutes_queries,
    reconvening,
)
from app.bodies.blueprint import bp, found_body, found_meeting, only_if, viewer
from app.bodies.meeting_forms import (
    AgendaForm,
    CancelForm,
    ConveneForm,
    agenda_lines,
)
from app.bodies.policies import (
    can_ask_for_item,
    can_change_agenda,
    can_comment_minutes,
    can_convene,
    can_follow,
    can_join_online,
)
from app.bodies.queries import is_member
from app.centre.settings import rule
from app.core.i18n import _
from app.core.policies import public, signed_in


@bp.route("/reunions/nouvelle/<slug>", methods=["GET", "POST"])
@signed_in
def convene(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    only_if(can_convene(viewer(), body))
    slot = date_queries.slot_of(body.id, request.args.get("date", type=int))
    form = ConveneForm(
        title=slot.title if slot else body.name,
        starts_at=slot.starts_at if slot else None,
        agenda="\n".join(minutes_queries.items_to_approve(body.id)),
    )
    if form.validate_on_submit():
        meeting = form.attempt(
            lambda: date_services.convene_on(current_user, body, slot, **form.meeting())
        )
        if meeting is not None:
            flash(_("La réunion est convoquée. Les membres sont prévenus."), "success")
            return redirect(url_for(".meeting", meeting_id=meeting.id))
    wanted = rule("notice_days")
    return render_template(
        "bodies/convene.html",
        form=form,
        body=body,
        notice=wanted,
        asked=[] if slot else date_queries.open_date_polls(body.id),
    ), form.status


@bp.get("/reunions/<int:meeting_id>")
@public
def meeting(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    page, person = meeting_queries.meeting_page(found), viewer()
    mine = person is not None and is_member(found.body_id, person.id)
    return render_template(
        "bodies/meeting.html",
        meeting=found,
        page=page,
        joins=can_join_online(person, found, is_member=mine),
        comments=can_comment_minutes(person, found, is_member=mine),
        follows=can_follow(person, found, is_member=mine),
        kin=reconvening.kin_of(found.id),
        asks=can_ask_for_item(person, found),
    )


@bp.route("/reunions/<int:meeting_id>/ordre-du-jour", methods=["GET", "POST"])
@signed_in
def change_agenda(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_change_agenda(viewer(), found))
    titles = [item.title for item in meeting_queries.agenda(found.id)]
    form = AgendaForm(agenda="\n".join(titles))
    if form.validate_on_submit():
        items = agenda_lines(form.agenda.data)
        form.attempt(lambda: meeting_services.change_agenda(current_user, found, items))
        if not form.refused:
            flash(_("L’ordre du jour est enregistré. Les membres sont prévenus."), "success")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
    return render_template("bodies/agenda.html", form=form, meeting=found), form.status


@bp.route("/reunions/<int:meeting_id>/annuler", methods=["GET", "POST"])
@signed_in
def cancel_meeting(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_change_agenda(viewer(), found))
    form = CancelForm()
    if form.validate_on_submit():
        reason = str(form.reason.data)
        form.attempt(lambda: meeting_services.cancel_meeting(current_user, found, reason))
        if not form.refused:
            flash(_("La réunion est annulée. Les membres sont prévenus."))
            return redirect(url_for(".meeting", meeting_id=meeting_id))
    return render_template("bodies/cancel_meeting.html", form=form, meeting=found), form.status
