"""A meeting's convocation: on paper, in a calendar, changed; and what was sent so far."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies import convocation_queries, convoking, meeting_services
from app.bodies.blueprint import bp, found_meeting, only_if, viewer
from app.bodies.meeting_forms import MeetingForm
from app.bodies.policies import can_change_agenda, can_manage_body
from app.centre.settings import rule
from app.core.calendar import MEDIA_TYPE
from app.core.i18n import _
from app.core.pdf import pdf_answer
from app.core.policies import public, signed_in
from app.core.rights import Right


@bp.get("/reunions/<int:meeting_id>/reunion.ics")
@public
def calendar(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    sent = convoking.latest(meeting_id) or abort(404)
    content = convoking.calendar(meeting, sent)
    answer = Response(content, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="reunion-{meeting_id}.ics"'
    return answer


@bp.get("/reunions/<int:meeting_id>/convocation.pdf")
@public
def convocation(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    sent = convoking.latest(meeting_id)
    if sent is None or sent.kind == "cancelled":
        abort(404)
    return pdf_answer(convoking.printed(meeting, sent), f"convocation-{meeting_id}")


@bp.get("/reunions/<int:meeting_id>/convocations")
@signed_in
def convocations(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_manage_body(viewer(), meeting.body))
    full = current_user.may(Right.SEE_ROSTERS)
    page = convocation_queries.sendings(meeting, full_names=full)
    return render_template(
        "bodies/convocations.html", meeting=meeting, page=page, short=convoking.short_notice
    )


@bp.route("/reunions/<int:meeting_id>/changement", methods=["GET", "POST"])
@signed_in
def move_meeting(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_change_agenda(viewer(), meeting))
    form = MeetingForm(obj=meeting)
    if form.validate_on_submit():
        form.attempt(lambda: meeting_services.move_meeting(current_user, meeting, **form.meeting()))
        if not form.refused:
            flash(_("La réunion est changée. Les membres sont prévenus."), "success")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
    wanted = rule("notice_days")
    return render_template(
        "bodies/move_meeting.html", form=form, meeting=meeting, notice=wanted
    ), form.status
