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
from app.bodies.models import AgendaItem, Meeting
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
    form = MinutesForm.of_rest(meeting)
    items = items_of(meeting_id)
    sent = {item.id: NotesForm.of(item, is_sent=True) for item in items if _is_sent(item)}
    asked = request.form.get("action", "reste")
    is_right = form.validate_on_submit() & all([notes.validate() for notes in sent.values()])
    if is_right and asked != "preview" and _save(meeting, form, items, sent):
        if AUTOSAVE in request.headers:
            return {"version": meeting.minutes_version}
        flash(_("Le brouillon est enregistré."), "success")
        return redirect(url_for(".draft", meeting_id=meeting_id, _anchor=asked))
    if AUTOSAVE in request.headers:
        return _refused(form, meeting.minutes, meeting.minutes_version)
    return _write_draft(meeting, form, sent, preview=asked == "preview" and not form.errors)


@bp.post("/reunions/<int:meeting_id>/points/<int:item_id>/notes")
@signed_in
def notes(meeting_id: int, item_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    item = minutes_queries.item_of(meeting_id, item_id) or abort(404)
    form = NotesForm.of(item, is_sent=True)
    if form.validate_on_submit():
        _save_notes(item, form)
        if not form.refused:
            return {"version": item.notes_version}
    only_if(can_manage_body(viewer(), meeting.body))
    return _refused(form, item.notes, item.notes_version)


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


def _is_sent(item: AgendaItem) -> bool:
    """A page opened before the point was added does not send it."""
    return f"point{item.id}-version" in request.form


def _save_notes(item: AgendaItem, form: NotesForm) -> None:
    text, version, private = form.text.data or "", form.version.data, form.is_private.data
    form.attempt(
        lambda: minutes_services.save_notes(
            current_user, item, text, int(version or 0), is_private=private
        )
    )


def _save(
    meeting: Meeting, form: MinutesForm, items: list[AgendaItem], sent: dict[int, NotesForm]
) -> bool:
    """Save each part that was changed, by itself: one refused keeps no other from being saved."""
    only_if(can_manage_body(viewer(), meeting.body))
    for item in items:
        if item.id in sent and sent[item.id].is_changed:
            _save_notes(item, sent[item.id])
            if not sent[item.id].refused:
                del sent[item.id]
    if form.is_changed or AUTOSAVE in request.headers:
        text, version = form.text.data or "", int(form.version.data or 0)
        form.attempt(lambda: minutes_services.save_minutes(current_user, meeting, text, version))
    return not form.refused and not any(notes.refused for notes in sent.values())


def _write_draft(
    meeting: Meeting, form: MinutesForm, sent: dict[int, NotesForm], *, preview: bool
) -> ResponseReturnValue:
    """The page where it is written; `sent` are the points with what was typed in them."""
    forms = [(item, sent.get(item.id) or NotesForm.of(item)) for item in items_of(meeting.id)]
    for item, notes in forms:
        notes.after_another(NotesForm.of(item))
    form.after_another(MinutesForm.of_rest(meeting, is_sent=False))
    return render_template(
        "bodies/draft.html",
        form=form,
        meeting=meeting,
        forms=forms,
        remarks=minutes_queries.remarks(meeting.id),
        preview=preview,
    ), max(form.status, *(notes.status for notes in sent.values()), 200)


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
