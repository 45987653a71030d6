"""Meetings: convened, prepared, cancelled, signed in, closed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.bodies import attendance_services, meeting_queries, meeting_services
from app.bodies.blueprint import bp, found_body, found_meeting, only_if, viewer
from app.bodies.meeting_forms import (
    AgendaForm,
    CancelForm,
    CloseForm,
    ConveneForm,
    SheetForm,
    agenda_lines,
)
from app.bodies.policies import (
    can_change_agenda,
    can_comment_minutes,
    can_convene,
    can_join_online,
    can_take_attendance,
)
from app.bodies.queries import is_member
from app.centre.settings import rule
from app.core.db import db
from app.core.i18n import _
from app.core.policies import public, signed_in
from app.core.rights import Right


@bp.route("/reunions/nouvelle/<slug>", methods=["GET", "POST"])
@signed_in
def convene(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    only_if(can_convene(viewer(), body))
    form = ConveneForm(title=body.name)
    if form.validate_on_submit():
        meeting = form.attempt(
            lambda: meeting_services.convene(current_user, body, **form.meeting())
        )
        if meeting is not None:
            flash(_("La réunion est convoquée. Les membres sont prévenus."), "success")
            return redirect(url_for(".meeting", meeting_id=meeting.id))
    wanted = rule("notice_days")
    return render_template("bodies/convene.html", form=form, body=body, notice=wanted), form.status


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


@bp.route("/reunions/<int:meeting_id>/presences", methods=["GET", "POST"])
@signed_in
def attendance(meeting_id: int) -> ResponseReturnValue:
    found, person = found_meeting(meeting_id), viewer()
    only_if(can_take_attendance(person, found))
    full = current_user.may(Right.SEE_ROSTERS)
    sheet = meeting_queries.sign_in_sheet(found, full_names=full)
    form = SheetForm().for_people([line.resident_id for line in sheet])
    if form.validate_on_submit():
        form.attempt(
            lambda: attendance_services.take_attendance(current_user, found, **form.marks())
        )
        if not form.refused:
            flash(_("Les présences sont enregistrées."), "success")
            return redirect(url_for(".attendance", meeting_id=meeting_id))
    words = request.args.get("q", "").strip()
    people = meeting_queries.people_found(words, full_names=full) if words else []
    return render_template(
        "bodies/attendance.html", form=form, meeting=found, sheet=sheet, words=words, found=people
    ), form.status


@bp.post("/reunions/<int:meeting_id>/presences/<int:resident_id>")
@signed_in
def add_attendee(meeting_id: int, resident_id: int) -> ResponseReturnValue:
    found, resident = found_meeting(meeting_id), db.get_or_404(Resident, resident_id)
    attendance_services.add_attendee(current_user, found, resident)
    flash(_("%(name)s est noté présent.", name=resident.display_name), "success")
    return redirect(url_for(".attendance", meeting_id=meeting_id))


@bp.route("/reunions/<int:meeting_id>/cloture", methods=["GET", "POST"])
@signed_in
def close_meeting(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_take_attendance(viewer(), found))
    form = CloseForm(ended_at=found.ends_at)
    if form.validate_on_submit():
        ended_at = form.ended_at.data
        form.attempt(lambda: attendance_services.close_meeting(current_user, found, ended_at))
        if not form.refused:
            flash(_("La séance est close. Place au compte rendu."), "success")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
    presence = meeting_queries.presence(found)
    return render_template(
        "bodies/close_meeting.html", form=form, meeting=found, presence=presence
    ), form.status
