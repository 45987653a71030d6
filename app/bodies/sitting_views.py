"""The day of a meeting: the page of the table, sign-in by taps, its end, its second call."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.bodies import attendance_services, meeting_queries, reconvening, sitting_pdf
from app.bodies.blueprint import bp, found_meeting, only_if, viewer
from app.bodies.deliberation_queries import deliberations_of
from app.bodies.meeting_forms import CloseForm, SheetForm
from app.bodies.policies import can_follow, can_manage_body, can_take_attendance
from app.bodies.queries import is_member
from app.bodies.sitting_forms import CardForm, ReconveneForm
from app.bodies.sitting_queries import holder_of_card, points_of, sitting
from app.centre.settings import rule
from app.core.db import db
from app.core.http import allow_camera
from app.core.i18n import _
from app.core.pdf import pdf_answer
from app.core.policies import signed_in
from app.core.rights import Right
from app.core.sheet_opening import opening_words

WEEK = timedelta(days=7)


@bp.get("/reunions/<int:meeting_id>/seance")
@signed_in
def seance(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_follow(viewer(), found, is_member=is_member(found.body_id, current_user.id)))
    return render_template(
        "bodies/seance.html",
        meeting=found,
        seats=sitting(found),
        agenda=points_of(found.id),
        deliberations=deliberations_of(found.id),
        kin=reconvening.kin_of(found.id),
    )


@bp.get("/reunions/<int:meeting_id>/presences")
@signed_in
def attendance(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_manage_body(viewer(), found.body))
    if not can_take_attendance(viewer(), found):
        flash(_("La séance est close : sa feuille de présence ne change plus."))
        return redirect(url_for(".meeting", meeting_id=meeting_id))
    return _attendance_page(found.id, CardForm(formdata=None))


@bp.post("/reunions/<int:meeting_id>/presences/<int:resident_id>")
@signed_in
def mark(meeting_id: int, resident_id: int) -> ResponseReturnValue:
    found, resident = found_meeting(meeting_id), db.get_or_404(Resident, resident_id)
    state = request.form.get("state", "present")
    fallen = attendance_services.mark(current_user, found, resident, state)
    if fallen:
        flash(fallen)
    there = url_for(".attendance", meeting_id=meeting_id)
    return redirect(f"{there}#personne-{resident_id}")


@bp.post("/reunions/<int:meeting_id>/presences/carte")
@signed_in
def mark_card(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_take_attendance(viewer(), found))
    form = CardForm()
    resident = holder_of_card(form.digits()) if form.validate_on_submit() else None
    if resident is not None:
        fallen = attendance_services.mark(current_user, found, resident, "present")
        if fallen:
            flash(fallen)
        # Said under the box, far from the top of a phone; its address puts the cursor back in it.
        there = url_for(".attendance", meeting_id=meeting_id, vu=resident.id)
        return redirect(f"{there}#{form.number.id}")
    if not form.errors:
        form.number.errors = [_("Aucune carte ne porte ce numéro. Cherchez par le nom.")]
    return _attendance_page(meeting_id, form), 422


@bp.route("/reunions/<int:meeting_id>/presences/feuille", methods=["GET", "POST"])
@signed_in
def paper_sheet(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_take_attendance(viewer(), found))
    seats = sitting(found, full_names=current_user.may(Right.SEE_ROSTERS))
    form = SheetForm().for_people([seat.resident_id for seat in seats.seats])
    if form.validate_on_submit():
        marks = form.marks()
        form.attempt(lambda: attendance_services.take_attendance(current_user, found, **marks))
        if not form.refused:
            flash(_("La feuille est enregistrée."), "success")
            return redirect(url_for(".attendance", meeting_id=meeting_id))
    return render_template(
        "bodies/paper_sheet.html",
        form=form,
        meeting=found,
        seats=seats,
        opens=opening_words(found.starts_at),
    ), form.status


@bp.get("/reunions/<int:meeting_id>/feuille-de-presence.pdf")
@signed_in
def printed_sheet(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_take_attendance(viewer(), found))
    seats = sitting(found, full_names=current_user.may(Right.SEE_ROSTERS))
    return pdf_answer(sitting_pdf.sheet_pdf(found, seats), f"presences-{meeting_id}")


@bp.route("/reunions/<int:meeting_id>/cloture", methods=["GET", "POST"])
@signed_in
def close_meeting(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_take_attendance(viewer(), found))
    form = CloseForm(ended_at=attendance_services.likely_end(found))
    if form.validate_on_submit():
        ended_at = form.ended_at.data
        form.attempt(lambda: attendance_services.close_meeting(current_user, found, ended_at))
        if not form.refused:
            flash(_("La séance est close. Place au compte rendu."), "success")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
    return render_template(
        "bodies/close_meeting.html",
        form=form,
        meeting=found,
        seats=sitting(found),
        unanswered=[one for one in deliberations_of(found.id) if one.outcome is None],
    ), form.status


@bp.route("/reunions/<int:meeting_id>/deuxieme-convocation", methods=["GET", "POST"])
@signed_in
def reconvene(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_manage_body(viewer(), found.body))
    refused = reconvening.refusal(current_user, found)
    ends_at = found.ends_at + WEEK if found.ends_at else None
    form = ReconveneForm(starts_at=found.starts_at + WEEK, ends_at=ends_at)
    if form.validate_on_submit():
        second = form.attempt(lambda: reconvening.reconvene(current_user, found, **form.hours()))
        if second is not None:
            flash(_("La réunion est convoquée de nouveau. Les membres sont prévenus."), "success")
            return redirect(url_for(".meeting", meeting_id=second.id))
    return render_template(
        "bodies/reconvene.html",
        form=form,
        meeting=found,
        seats=sitting(found),
        refused=refused,
        any_number=rule("reconvened_any_number"),
    ), form.status


def _attendance_page(meeting_id: int, card: CardForm) -> str:
    allow_camera()
    found, full = found_meeting(meeting_id), current_user.may(Right.SEE_ROSTERS)
    words = request.args.get("q", "").strip()
    people = meeting_queries.people_found(words, full_names=full) if words else []
    seats = sitting(found, full_names=full)
    read = seats.line_of(request.args.get("vu", 0, type=int))
    return render_template(
        "bodies/attendance.html",
        meeting=found,
        seats=seats,
        read=read if read and read.state == "present" and not card.errors else None,
        opens=opening_words(found.starts_at),
        card=card,
        words=words,
        found=people,
    )
