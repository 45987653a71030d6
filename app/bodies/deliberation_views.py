"""A question under a point of the ordre du jour: put, answered by hands or by consent."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.bodies import deliberation_consent, deliberation_services
from app.bodies.blueprint import bp, found_meeting, only_if, viewer
from app.bodies.decision_queries import decision_of
from app.bodies.deliberation_models import Deliberation
from app.bodies.deliberation_queries import deliberation_line
from app.bodies.models import AgendaItem, Meeting
from app.bodies.policies import can_follow, can_write_minutes
from app.bodies.queries import is_member
from app.bodies.sitting_forms import AmendForm, HandsForm, QuestionForm, VoiceForm
from app.bodies.sitting_queries import sitting
from app.core.clock import now
from app.core.db import db
from app.core.forms import Form
from app.core.i18n import _
from app.core.links import links_about
from app.core.policies import signed_in


@bp.route("/reunions/points/<int:item_id>/deliberer", methods=["GET", "POST"])
@signed_in
def new_deliberation(item_id: int) -> ResponseReturnValue:
    item = db.get_or_404(AgendaItem, item_id)
    meeting = found_meeting(item.meeting_id)
    only_if(can_write_minutes(viewer(), meeting, now()))
    form = QuestionForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: deliberation_services.put(current_user, item, **form.asked()))
        if made is not None:
            flash(_("La question est posée."), "success")
            return redirect(url_for(".deliberation", deliberation_id=made.id))
    return render_template(
        "bodies/new_deliberation.html",
        form=form,
        meeting=meeting,
        item=item,
        seats=sitting(meeting),
    ), form.status


@bp.get("/reunions/deliberations/<int:deliberation_id>")
@signed_in
def deliberation(deliberation_id: int) -> ResponseReturnValue:
    return _page(deliberation_id)


@bp.post("/reunions/deliberations/<int:deliberation_id>/mains")
@signed_in
def count_hands(deliberation_id: int) -> ResponseReturnValue:
    found, form = db.get_or_404(Deliberation, deliberation_id), HandsForm()
    if form.validate_on_submit():
        form.attempt(lambda: deliberation_services.count_hands(current_user, found, form.hands()))
        if not form.refused:
            flash(_("Le vote est noté."), "success")
            return _back(deliberation_id)
    return _page(deliberation_id, hands=form)


@bp.post("/reunions/deliberations/<int:deliberation_id>/voix/<int:resident_id>")
@signed_in
def say(deliberation_id: int, resident_id: int) -> ResponseReturnValue:
    found, form = db.get_or_404(Deliberation, deliberation_id), VoiceForm()
    member = db.get_or_404(Resident, resident_id)
    if form.validate_on_submit():
        said = form.voice.data, form.reason.data or ""
        form.attempt(lambda: deliberation_consent.say(current_user, found, member, *said))
        if not form.refused:
            flash(_("C’est noté : %(name)s", name=member.display_name), "success")
            there = url_for(".deliberation", deliberation_id=deliberation_id)
            return redirect(f"{there}#voix-{resident_id}")
    return _page(deliberation_id, voice=form, voice_of=resident_id)


@bp.post("/reunions/deliberations/<int:deliberation_id>/adopter")
@signed_in
def adopt(deliberation_id: int) -> ResponseReturnValue:
    found, form = db.get_or_404(Deliberation, deliberation_id), Form()
    form.attempt(lambda: deliberation_consent.adopt(current_user, found))
    if form.refused:
        return _page(deliberation_id, other=form)
    flash(_("Le texte est adopté."), "success")
    return _back(deliberation_id)


@bp.post("/reunions/deliberations/<int:deliberation_id>/nouvelle-version")
@signed_in
def amend(deliberation_id: int) -> ResponseReturnValue:
    found, form = db.get_or_404(Deliberation, deliberation_id), AmendForm()
    if form.validate_on_submit():
        text = form.text.data or ""
        form.attempt(lambda: deliberation_consent.amend(current_user, found, text))
        if not form.refused:
            flash(_("Nouveau tour : chacun dit de nouveau sa voix."), "success")
            return _back(deliberation_id)
    return _page(deliberation_id, amended=form)


@bp.post("/reunions/deliberations/<int:deliberation_id>/main-levee")
@signed_in
def fall_back(deliberation_id: int) -> ResponseReturnValue:
    found, form = db.get_or_404(Deliberation, deliberation_id), Form()
    form.attempt(lambda: deliberation_consent.fall_back(current_user, found))
    if form.refused:
        return _page(deliberation_id, other=form)
    flash(_("La question se décide maintenant à main levée."))
    return _back(deliberation_id)


@bp.post("/reunions/deliberations/<int:deliberation_id>/retirer")
@signed_in
def withdraw_deliberation(deliberation_id: int) -> ResponseReturnValue:
    found = db.get_or_404(Deliberation, deliberation_id)
    meeting_id = found.meeting_id
    deliberation_services.withdraw(current_user, found)
    flash(_("La question est retirée."))
    return redirect(url_for(".seance", meeting_id=meeting_id))


def _back(deliberation_id: int) -> ResponseReturnValue:
    return redirect(url_for(".deliberation", deliberation_id=deliberation_id))


def _followed(deliberation_id: int) -> Meeting:
    """The meeting of a question, for whoever may follow it; else a refusal."""
    found = db.get_or_404(Deliberation, deliberation_id)
    meeting = found_meeting(found.meeting_id)
    only_if(can_follow(viewer(), meeting, is_member=is_member(meeting.body_id, current_user.id)))
    return meeting


def _page(
    deliberation_id: int,
    *,
    hands: HandsForm | None = None,
    voice: VoiceForm | None = None,
    voice_of: int | None = None,
    amended: AmendForm | None = None,
    other: Form | None = None,
) -> ResponseReturnValue:
    meeting = _followed(deliberation_id)
    line = deliberation_line(meeting.id, deliberation_id) or abort(404)
    seats = sitting(meeting)
    sent = hands or voice or amended or other
    return render_template(
        "bodies/deliberation.html",
        meeting=meeting,
        line=line,
        seats=seats,
        hands=hands or HandsForm(formdata=None, data=_counted(line.counts)),
        voice=voice or VoiceForm(formdata=None),
        voice_of=voice_of,
        amended=amended or AmendForm(formdata=None, text=line.text),
        sent=sent,
        conducts=can_write_minutes(viewer(), meeting, now()),
        decision=decision_of(line.id),
        links=links_about("deliberations", line.id),
    ), sent.status if sent is not None else 200


def _counted(counts: object) -> dict[str, int]:
    """What the boxes of a count hold already."""
    return dict(vars(counts)) if counts is not None else {}
