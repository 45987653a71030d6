"""A poll in the making: typed, kept as a draft, edited, put to the vote, taken back, deleted."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from app.core.db import db
from app.core.errors import Conflict
from app.core.i18n import _
from app.core.policies import allowed, signed_in
from app.voting import bench_queries, drafts, labels, offering, results, services
from app.voting.blueprint import bp
from app.voting.drafting import PollDraft, Typed
from app.voting.events import has_begun
from app.voting.forms import ALL, PollForm
from app.voting.models import Poll
from app.voting.policies import may_open_polls
from app.voting.queries import PollPage

MUST_BE_READ = ("title", "electorate")
"""A draft has a name, and belongs to someone."""


@bp.route("/nouveau", methods=["GET", "POST"])
@allowed(may_open_polls)
def new() -> ResponseReturnValue:
    form = poll_form(request.form if request.method == "POST" else None)
    if request.method == "GET":
        form.proposals.data = request.args.getlist("proposition", type=int)
        return render_template("voting/new.html", form=form)
    return _sent(form, None, lambda said, typed: services.create_poll(current_user, said, typed))


@bp.route("/<int:poll_id>/modifier", methods=["GET", "POST"])
@signed_in
def edit(poll_id: int) -> ResponseReturnValue:
    poll = db.get_or_404(Poll, poll_id)
    services.check_may_edit(current_user, poll)
    if poll.typed is None:
        raise Conflict(_("Ce vote ne peut plus se modifier. Annulez-le, puis ouvrez-en un autre."))
    if request.method == "GET":
        form = poll_form(MultiDict(poll.typed), poll)
        return render_template("voting/new.html", form=form, poll=poll)
    form = poll_form(request.form, poll)

    def publish(said: PollDraft, typed: Typed) -> Poll:
        services.publish(poll, current_user, said, typed)
        return poll

    return _sent(form, poll, publish)


@bp.post("/<int:poll_id>/ouvrir")
@signed_in
def publish(poll_id: int) -> ResponseReturnValue:
    poll = db.get_or_404(Poll, poll_id)
    services.check_may_edit(current_user, poll)
    form, typed = poll_form(MultiDict(poll.typed or {}), poll), poll.typed
    if form.validate():
        form.attempt(lambda: services.publish(poll, current_user, form.draft(), typed))
        if not form.refused:
            flash(_("Le vote est enregistré."), "success")
            return redirect(url_for(".show", poll_id=poll_id))
    return render_template("voting/new.html", form=form, poll=poll), form.status


@bp.route("/<int:poll_id>/brouillon", methods=["GET", "POST"])
@signed_in
def put_back(poll_id: int) -> ResponseReturnValue:
    poll = db.get_or_404(Poll, poll_id)
    drafts.check_may_put_back(poll, current_user)
    if request.method == "GET":
        return render_template("voting/put_back.html", poll=poll)
    drafts.put_back(poll, current_user)
    flash(_("Ce vote est de nouveau un brouillon. Il ne s’ouvrira pas de lui-même."), "success")
    return redirect(url_for(".show", poll_id=poll_id))


@bp.route("/<int:poll_id>/supprimer", methods=["GET", "POST"])
@signed_in
def delete(poll_id: int) -> ResponseReturnValue:
    poll = db.get_or_404(Poll, poll_id)
    services.check_may_edit(current_user, poll)
    if request.method == "GET":
        return render_template("voting/delete.html", poll=poll)
    drafts.delete_draft(poll, current_user)
    flash(_("Le brouillon est supprimé."))
    return redirect(url_for(".index", etat="brouillons"))


def draft_page(page: PollPage) -> ResponseReturnValue:
    """A draft: what it says, and what it lacks to be put to the vote."""
    poll = db.session.get_one(Poll, page.id)
    form = poll_form(MultiDict(poll.typed or {}), poll)
    if form.validate():
        form.attempt(lambda: services.check_draft(current_user, poll, form.draft()))
    return render_template(
        "voting/draft.html",
        poll=page,
        form=form,
        is_ready=not form.errors and not form.refused,
        was_announced=has_begun(poll),
        labels=labels,
        results=results,
    )


def poll_form(sent: MultiDict[str, str] | None, poll: Poll | None = None) -> PollForm:
    """The form, with what was sent or kept; it offers again what this poll holds already."""
    proposals = offering.votable_proposals(current_user)
    if poll is not None:
        offered = {number for number, *_rest in proposals}
        held = services.held_by(poll).values()
        proposals += [
            (one.id, one.title, one.support_count, one.estimated_cost)
            for one in held
            if one.id not in offered
        ]
    return PollForm(formdata=sent).offering(
        proposals, offering.electorates(current_user), bench_queries.possible_tellers()
    )


def _sent(
    form: PollForm, poll: Poll | None, publish: Callable[[PollDraft, Typed], Poll]
) -> ResponseReturnValue:
    """Two buttons: to keep what is typed, however little, or to put it to the vote."""
    typed = form.typed(request.form)
    as_draft = "draft" in request.form
    is_whole = form.validate()
    made: Poll | None = None
    if as_draft and not any(form[name].errors for name in MUST_BE_READ):
        made = form.attempt(lambda: _kept(form, typed, poll, whole=is_whole))
    elif not as_draft and is_whole:
        made = form.attempt(lambda: publish(form.draft(), typed))
    if made is None:
        return render_template("voting/new.html", form=form, poll=poll), form.status
    flash(_("Le brouillon est gardé.") if as_draft else _("Le vote est enregistré."), "success")
    return redirect(url_for(".show", poll_id=made.id))


def _kept(form: PollForm, typed: Typed, poll: Poll | None, *, whole: bool) -> Poll:
    body = form.electorate.data
    body_id = None if body == ALL else int(body)
    said = form.draft() if whole else None
    return drafts.save_draft(current_user, typed, str(form.title.data), body_id, said, poll)
