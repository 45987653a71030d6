"""The compte rendu: written point by point, read over, approved, published, corrected."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies import minutes_pdf, minutes_queries, minutes_services, minutes_talk
from app.bodies.blueprint import bp, found_meeting, only_if, viewer
from app.bodies.deliberation_queries import deliberations_of
from app.bodies.meeting_queries import presence
from app.bodies.minutes_forms import AddendumForm, MinutesForm, NotesForm, PublishForm, RemarkForm
from app.bodies.minutes_services import items_of
from app.bodies.models import Meeting
from app.bodies.policies import (
    can_comment_minutes,
    can_manage_body,
    can_see_draft,
    can_write_minutes,
    needs_approval,
)
from app.bodies.queries import is_member
from app.core.clock import now
from app.core.i18n import _
from app.core.limits import limiter
from app.core.policies import signed_in

AUTOSAVE = "X-Autosave"


@bp.route("/reunions/<int:meeting_id>/compte-rendu/brouillon", methods=["GET", "POST"])
@signed_in
def draft(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_see_draft(viewer(), meeting.body) or _comments(meeting))
    if meeting.minutes_status == "published" and request.method == "GET":
        return redirect(url_for(".minutes", meeting_id=meeting_id))
    if not can_write_minutes(viewer(), meeting, now()) and request.method == "GET":
        return _read_draft(meeting, RemarkForm())
    form = MinutesForm(text=meeting.minutes, version=str(meeting.minutes_version))
    asks_preview = request.form.get("action") == "preview"
    if form.validate_on_submit() and not asks_preview:
        text, version = form.text.data or "", int(form.version.data or 0)
        form.attempt(lambda: minutes_services.save_minutes(current_user, meeting, text, version))
        if not form.refused:
            if AUTOSAVE in request.headers:
                return {"version": meeting.minutes_version}
            flash(_("Le brouillon est enregistré."), "success")
            return redirect(url_for(".draft", meeting_id=meeting_id, _anchor="reste"))
    if AUTOSAVE in request.headers:
        return _refused(form, meeting.minutes, meeting.minutes_version)
    return _write_draft(meeting, form, preview=asks_preview and not form.errors)


@bp.post("/reunions/<int:meeting_id>/points/<int:item_id>/notes")
@signed_in
def notes(meeting_id: int, item_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    item = minutes_queries.item_of(meeting_id, item_id) or abort(404)
    form = NotesForm.of(item, is_sent=True)
    if form.validate_on_submit():
        text, version, private = form.text.data or "", form.version.data, form.is_private.data
        form.attempt(
            lambda: minutes_services.save_notes(
                current_user, item, text, int(version or 0), is_private=private
            )
        )
        if not form.refused:
            if AUTOSAVE in request.headers:
                return {"version": item.notes_version}
            flash(_("Le point est enregistré."), "success")
            return redirect(url_for(".draft", meeting_id=meeting_id, _anchor=f"point{item_id}"))
    only_if(can_manage_body(viewer(), meeting.body))
    if AUTOSAVE in request.headers:
        return _refused(form, item.notes, item.notes_version)
    rest = MinutesForm(None, text=meeting.minutes, version=str(meeting.minutes_version))
    return _write_draft(meeting, rest, about=(item_id, form))


@bp.post("/reunions/<int:meeting_id>/compte-rendu/relecture")
@signed_in
def circulate(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    minutes_services.circulate(current_user, meeting)
    flash(_("Les membres ont reçu le projet. Leurs remarques paraîtront ici."), "success")
    return redirect(url_for(".draft", meeting_id=meeting_id))


@bp.post("/reunions/<int:meeting_id>/compte-rendu/remarques")
@limiter.limit("30/hour")
@signed_in
def comment_minutes(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(_comments(meeting))
    form = RemarkForm().about(items_of(meeting_id))
    if form.validate_on_submit():
        text, item_id = str(form.text.data), form.item_id.data
        about = int(item_id) if item_id else None
        form.attempt(lambda: minutes_talk.comment_minutes(current_user, meeting, text, about))
        if not form.refused:
            flash(_("Merci. Votre remarque est avec le projet de compte rendu."), "success")
            return redirect(url_for(".draft", meeting_id=meeting_id, _anchor="remarques"))
    return _read_draft(meeting, form)


@bp.post("/reunions/<int:meeting_id>/compte-rendu/remarques/<int:comment_id>")
@signed_in
def settle_comment(meeting_id: int, comment_id: int) -> ResponseReturnValue:
    comment = minutes_queries.comment_of(meeting_id, comment_id) or abort(404)
    settled = request.form.get("settled") == "y"
    minutes_talk.settle_comment(current_user, comment, settled=settled)
    flash(_("La remarque est traitée.") if settled else _("La remarque est à revoir."))
    return redirect(url_for(".draft", meeting_id=meeting_id, _anchor="remarques"))


@bp.route("/reunions/<int:meeting_id>/compte-rendu/publication", methods=["GET", "POST"])
@signed_in
def publish_minutes(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_manage_body(viewer(), meeting.body))
    if meeting.minutes_status == "published":
        return redirect(url_for(".minutes", meeting_id=meeting_id))
    later = minutes_queries.later_meetings(meeting)
    form = PublishForm(version=str(meeting.edition)).among(later)
    if form.validate_on_submit():
        edition, chosen = int(form.version.data or 0), form.approved_in.data
        there = next((one for one in later if str(one.id) == chosen), None)
        note = form.approval_note.data or ""
        form.attempt(
            lambda: minutes_services.publish_minutes(
                current_user, meeting, edition, approved_in=there, approval_note=note
            )
        )
        if not form.refused:
            flash(_("Le compte rendu est publié. Les membres sont prévenus."), "success")
            return redirect(url_for(".minutes", meeting_id=meeting_id))
    return _publish_page(meeting, form, has_later=bool(later))


@bp.route("/reunions/<int:meeting_id>/compte-rendu/rectificatif", methods=["GET", "POST"])
@signed_in
def add_addendum(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_manage_body(viewer(), meeting.body))
    form = AddendumForm()
    if form.validate_on_submit():
        text = str(form.text.data)
        form.attempt(lambda: minutes_talk.add_addendum(current_user, meeting, text))
        if not form.refused:
            flash(_("Le rectificatif est publié. Les membres sont prévenus."), "success")
            return redirect(url_for(".minutes", meeting_id=meeting_id))
    return render_template("bodies/addendum.html", form=form, meeting=meeting), form.status


def _publish_page(meeting: Meeting, form: PublishForm, *, has_later: bool) -> ResponseReturnValue:
    """All that will be frozen, to be read one last time."""
    came = presence(meeting)
    return render_template(
        "bodies/publish_minutes.html",
        form=form,
        meeting=meeting,
        items=items_of(meeting.id),
        voted=deliberations_of(meeting.id),
        waiting=sum(not one.is_settled for one in minutes_queries.remarks(meeting.id)),
        facts=minutes_pdf.facts_of(meeting, came),
        present=minutes_pdf.present_names(came),
        asks_approval=needs_approval(meeting.body),
        has_later=has_later,
    ), form.status


def _comments(meeting: Meeting) -> bool:
    person = viewer()
    mine = person is not None and is_member(meeting.body_id, person.id)
    return can_comment_minutes(person, meeting, is_member=mine)


def _refused(form: MinutesForm, text: str, version: int) -> ResponseReturnValue:
    """To the program that saves while one writes: why not, and what is saved."""
    said = [*form.form_errors, *(str(one) for errors in form.errors.values() for one in errors)]
    return {"message": " ".join(dict.fromkeys(said)), "text": text, "version": version}, form.status


def _write_draft(
    meeting: Meeting,
    form: MinutesForm,
    *,
    about: tuple[int, NotesForm] | None = None,
    preview: bool = False,
) -> ResponseReturnValue:
    """The page where it is written; `about` is the point whose form was refused."""
    items = items_of(meeting.id)
    typed = dict([about] if about else [])
    forms = [(item, typed.get(item.id) or NotesForm.of(item)) for item in items]
    return render_template(
        "bodies/draft.html",
        form=form,
        meeting=meeting,
        forms=forms,
        remarks=minutes_queries.remarks(meeting.id),
        preview=preview,
    ), about[1].status if about else form.status


def _read_draft(meeting: Meeting, form: RemarkForm) -> ResponseReturnValue:
    items = items_of(meeting.id)
    return render_template(
        "bodies/read_draft.html",
        form=form.about(items),
        meeting=meeting,
        items=items,
        voted=deliberations_of(meeting.id),
        remarks=minutes_queries.remarks(meeting.id),
        comments=_comments(meeting),
    ), form.status
