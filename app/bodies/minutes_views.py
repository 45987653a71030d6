"""The compte rendu: written, read over, published, read by everyone."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies import meeting_queries, minutes_services
from app.bodies.blueprint import bp, found_meeting, only_if, viewer
from app.bodies.meeting_forms import MinutesForm, VersionForm
from app.bodies.minutes_services import seal
from app.bodies.policies import can_manage_body, can_see_draft, can_write_minutes
from app.core.clock import now
from app.core.i18n import _
from app.core.policies import public, signed_in


@bp.get("/reunions/<int:meeting_id>/compte-rendu")
@public
def minutes(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    if meeting.minutes_status != "published":
        abort(404)
    page = meeting_queries.meeting_page(meeting)
    intact = seal(meeting, [item.title for item in page.agenda]) == meeting.minutes_sha256
    return render_template("bodies/minutes.html", meeting=meeting, page=page, intact=intact)


@bp.route("/reunions/<int:meeting_id>/compte-rendu/brouillon", methods=["GET", "POST"])
@signed_in
def draft(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_see_draft(viewer(), meeting.body))
    if meeting.minutes_status == "published" and request.method == "GET":
        return redirect(url_for(".minutes", meeting_id=meeting_id))
    if not can_write_minutes(viewer(), meeting, now()) and request.method == "GET":
        return render_template("bodies/read_draft.html", meeting=meeting)
    form = MinutesForm(text=meeting.minutes, version=str(meeting.minutes_version))
    asks_preview = request.form.get("action") == "preview"
    if form.validate_on_submit() and not asks_preview:
        text, version = form.text.data or "", int(form.version.data or 0)
        form.attempt(lambda: minutes_services.save_minutes(current_user, meeting, text, version))
        if not form.refused:
            flash(_("Le brouillon est enregistré."), "success")
            return redirect(url_for(".draft", meeting_id=meeting_id))
    return render_template(
        "bodies/draft.html", form=form, meeting=meeting, preview=asks_preview and not form.errors
    ), form.status


@bp.route("/reunions/<int:meeting_id>/compte-rendu/publication", methods=["GET", "POST"])
@signed_in
def publish_minutes(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_manage_body(viewer(), meeting.body))
    if meeting.minutes_status == "published":
        return redirect(url_for(".minutes", meeting_id=meeting_id))
    form = VersionForm(version=str(meeting.minutes_version))
    if form.validate_on_submit():
        version = int(form.version.data or 0)
        form.attempt(lambda: minutes_services.publish_minutes(current_user, meeting, version))
        if not form.refused:
            flash(_("Le compte rendu est publié. Les membres sont prévenus."), "success")
            return redirect(url_for(".minutes", meeting_id=meeting_id))
    return render_template("bodies/publish_minutes.html", form=form, meeting=meeting), form.status
