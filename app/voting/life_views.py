"""What those who run a poll do with it: see it as voters will, extend, cancel, put away."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies.models import Meeting
from app.core.clock import civil_day
from app.core.db import db
from app.core.forms import options
from app.core.i18n import _
from app.core.policies import signed_in
from app.core.typography import date_fr
from app.voting import (
    archiving,
    deciding,
    extending,
    labels,
    previewing,
    queries,
    results,
    services,
)
from app.voting.blueprint import bp
from app.voting.forms import CancelForm, ExtendForm, PollDecisionForm
from app.voting.models import Poll
from app.voting.policies import can_decide_poll


@bp.get("/<int:poll_id>/apercu")
@signed_in
def preview(poll_id: int) -> ResponseReturnValue:
    poll = db.get_or_404(Poll, poll_id)
    services.check_may_edit(current_user, poll)
    shown = previewing.preview(poll, request.args.get("comme", "")) or abort(404)
    return render_template("voting/preview.html", **shown, labels=labels, results=results)


@bp.route("/<int:poll_id>/prolonger", methods=["GET", "POST"])
@signed_in
def extend(poll_id: int) -> ResponseReturnValue:
    poll = db.get_or_404(Poll, poll_id)
    extending.check_may_extend(current_user, poll)
    form = ExtendForm(closes_at=poll.extendable_until)
    if form.validate_on_submit():
        until = form.until()
        form.attempt(lambda: extending.extend_poll(poll, current_user, until))
        if not form.refused:
            flash(_("Le vote est prolongé. Ceux qui n’ont pas voté sont prévenus."), "success")
            return redirect(url_for(".show", poll_id=poll_id))
    return render_template("voting/extend.html", poll=poll, form=form), form.status


@bp.route("/<int:poll_id>/annuler", methods=["GET", "POST"])
@signed_in
def cancel(poll_id: int) -> ResponseReturnValue:
    poll = db.get_or_404(Poll, poll_id)
    if poll.status not in ("draft", "scheduled", "open"):
        abort(404)
    form = CancelForm()
    if form.validate_on_submit():
        services.cancel_poll(poll, current_user, str(form.reason.data))
        flash(_("Le vote est annulé. Les bulletins sont détruits."))
        return redirect(url_for(".show", poll_id=poll_id))
    services.check_may_cancel(current_user, poll)
    return render_template("voting/cancel.html", poll=poll, form=form), form.status


@bp.route("/<int:poll_id>/decision", methods=["GET", "POST"])
@signed_in
def decide(poll_id: int) -> ResponseReturnValue:
    poll, page = db.get_or_404(Poll, poll_id), queries.poll_page(poll_id)
    if page is None or page.decision_number or not can_decide_poll(current_user, poll):
        abort(404)
    held = deciding.sittings(current_user, poll)
    if not held:
        coming = deciding.next_sitting(current_user, poll)
        return render_template("voting/no_sitting.html", poll=poll, coming=coming)
    form = PollDecisionForm(data=deciding.prefilled(page) if request.method == "GET" else None)
    form.meeting.choices = options((one.id, _sitting_words(one)) for one in held)
    if form.validate_on_submit():
        meeting = db.session.get_one(Meeting, form.meeting.data)
        made = form.attempt(lambda: deciding.decide(poll, current_user, meeting, **form.decision()))
        if made is not None:
            flash(_("La décision n° %(number)s est enregistrée.", number=made.number), "success")
            return redirect(url_for("bodies.decision", number=made.number))
    return render_template("voting/decide.html", poll=poll, form=form), form.status


def _sitting_words(one: deciding.Sitting) -> str:
    day = date_fr(civil_day(one.starts_at))
    return _("%(body)s, le %(day)s : %(title)s", body=one.body_name, day=day, title=one.title)


@bp.post("/<int:poll_id>/archives")
@signed_in
def archive(poll_id: int) -> ResponseReturnValue:
    archiving.archive(db.get_or_404(Poll, poll_id), current_user)
    flash(_("Ce vote est aux archives. Son adresse ne change pas."), "success")
    return redirect(url_for(".show", poll_id=poll_id))


@bp.post("/<int:poll_id>/archives/retrait")
@signed_in
def unarchive(poll_id: int) -> ResponseReturnValue:
    archiving.unarchive(db.get_or_404(Poll, poll_id), current_user)
    flash(_("Ce vote est de nouveau dans la liste."), "success")
    return redirect(url_for(".show", poll_id=poll_id))
