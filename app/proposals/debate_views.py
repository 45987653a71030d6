"""The debates of a comité."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.bodies.models import COMITE, Body
from app.bodies.queries import body_by_slug, is_member
from app.core.db import db
from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.moderated import HIDDEN
from app.core.pagination import page_number
from app.core.policies import public, signed_in
from app.proposals import debates as services
from app.proposals import threads
from app.proposals.blueprint import bp, found_debate, hidden_page, me, person
from app.proposals.comment_views import answering, will_wait
from app.proposals.forms import CommentForm, DebateForm
from app.proposals.labels import TO_BE_READ
from app.proposals.models import Debate
from app.proposals.policies import can_open_debate, can_read
from app.proposals.threads import Reader


def _comite(slug: str) -> Body:
    body = body_by_slug(slug)
    return body if body is not None and body.kind == COMITE else abort(404)


def _may_open(body: Body) -> bool:
    someone = person()
    member = someone is not None and is_member(body.id, someone.id)
    return can_open_debate(someone, body, member)


@bp.get("/comites/<slug>/debats")
@public
def debates(slug: str) -> ResponseReturnValue:
    body = _comite(slug)
    rows, may_open = threads.debates_of(body, Reader.of(person(), body.id)), _may_open(body)
    return render_template("proposals/debates.html", body=body, rows=rows, may_open=may_open)


@bp.route("/comites/<slug>/debats/nouveau", methods=["GET", "POST"])
@limiter.limit("10/hour", methods=["POST"], key_func=by_person)
@signed_in
def new_debate(slug: str) -> ResponseReturnValue:
    body, form = _comite(slug), DebateForm()
    if not _may_open(body):
        raise Forbidden(_("Les membres et les référents du comité y ouvrent un débat."))
    if form.validate_on_submit():
        title, text = str(form.title.data), str(form.text.data)
        made = form.attempt(lambda: services.open_debate(body, me(), title, text))
        if made is not None:
            if made.is_shown:
                flash(_("Le débat est ouvert."), "success")
            else:
                flash(_("Merci ! Votre débat est bien reçu. %(why)s", why=TO_BE_READ), "info")
            return redirect(url_for(".debate", debate_id=made.id))
    return render_template("proposals/new_debate.html", body=body, form=form), form.status


@bp.get("/debats/<int:debate_id>")
@public
def debate(debate_id: int) -> ResponseReturnValue:
    return debate_page(debate_id, CommentForm(formdata=None), 200)


@bp.post("/debats/<int:debate_id>/fermeture")
@signed_in
def close_debate(debate_id: int) -> ResponseReturnValue:
    services.close_debate(found_debate(debate_id), me())
    flash(_("Le débat est fermé. Il reste lisible."))
    return redirect(url_for(".debate", debate_id=debate_id))


def debate_page(debate_id: int, form: CommentForm, status: int) -> ResponseReturnValue:
    """A debate's page, with a comment being written."""
    found = db.session.get(Debate, debate_id) or abort(404)
    if not can_read(person(), found, found.body_id):
        return hidden_page(found.hidden_rule) if found.visibility == HIDDEN else abort(404)
    reader = Reader.of(person(), found.body_id)
    comments = threads.debate_comments(found.id, found.body.theme, page_number(), reader)
    return render_template(
        "proposals/debate.html",
        debate=found,
        author=threads.author_of(found),
        comments=comments,
        form=form,
        waits=will_wait(found.body_id, found.body_theme),
        answering=answering("debate_id", found.id, form),
        me=person(),
    ), status
