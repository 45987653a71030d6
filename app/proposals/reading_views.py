"""Proposals as everyone reads them, and supports."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.bodies.queries import decisions_about
from app.centre.settings import rule
from app.core.i18n import _
from app.core.links import links_about
from app.core.pagination import page_number
from app.core.policies import public, signed_in
from app.proposals import detail as details
from app.proposals import queries, services, threads
from app.proposals.backing import backings
from app.proposals.blueprint import bp, hidden_page, me, person, seen_proposal
from app.proposals.comment_views import answering, will_wait
from app.proposals.forms import CommentForm
from app.proposals.labels import BY_SLUG, LABELS, journey
from app.proposals.models import HIDDEN, Status
from app.proposals.policies import can_see

MOST_A_PAGE = 50
VOTED = (
    Status.VOTING,
    Status.ADOPTED,
    Status.NOT_ADOPTED,
    Status.UNDER_WAY,
    Status.REALISED,
)
"""A proposal that has been put to a vote, most often."""


@bp.get("/propositions")
@public
def index() -> ResponseReturnValue:
    filters, offered = _filters(), queries.choices()
    page = queries.public_list(filters, offered, page_number(), _size())
    states = [(slug, LABELS[state].label) for slug, state in BY_SLUG.items() if state not in HIDDEN]
    needed = rule("supports_needed")
    shown = {"filters": filters, "choices": offered, "page": page, "states": states}
    return render_template("proposals/index.html", needed=needed, **shown)


@bp.get("/propositions/<int:proposal_id>")
@public
def show(proposal_id: int) -> ResponseReturnValue:
    return show_page(proposal_id, CommentForm(formdata=None), 200)


@bp.post("/propositions/<int:proposal_id>/soutiens")
@signed_in
def support(proposal_id: int) -> ResponseReturnValue:
    services.support(seen_proposal(proposal_id), me())
    flash(_("Merci ! Votre soutien est enregistré."), "success")
    return redirect(url_for(".show", proposal_id=proposal_id))


@bp.post("/propositions/<int:proposal_id>/soutiens/retrait")
@signed_in
def withdraw_support(proposal_id: int) -> ResponseReturnValue:
    services.withdraw_support(seen_proposal(proposal_id), me())
    flash(_("Votre soutien est retiré."))
    return redirect(url_for(".show", proposal_id=proposal_id))


def show_page(proposal_id: int, form: CommentForm, status: int) -> ResponseReturnValue:
    """A proposal's page, with a comment being written."""
    detail = details.proposal_detail(proposal_id)
    if detail is None:
        abort(404)
    if not can_see(person(), detail):
        return hidden_page(detail.hidden_rule) if detail.is_public else abort(404)
    state, number = Status(detail.status), page_number()
    reader = threads.Reader.of(person(), detail.body_id)
    return render_template(
        "proposals/show.html",
        proposal=detail,
        state=LABELS[state],
        road=journey(state),
        steps=details.history(detail),
        parts=details.parts(detail),
        backings=backings(detail.project_id),
        decisions=decisions_about(detail.id) if detail.is_decided else [],
        comments=threads.proposal_comments(detail.id, detail.body_theme, number, reader),
        supported=queries.has_supported(detail.id, person()),
        needed=rule("supports_needed"),
        form=form,
        waits=will_wait(detail.body_id, detail.body_theme),
        answering=answering("proposal_id", detail.id, form),
        me=person(),
        votes=links_about("proposals", detail.id) if state in VOTED else (),
    ), status


def _filters() -> queries.Filters:
    asked = {name: request.args.get(name, "")[:120] for name in queries.NAMES}
    order = request.args.get("tri", "")
    order = order if order in queries.SORTS else queries.SORTS[0]
    return queries.Filters(request.args.get("q", "").strip()[:200], **asked, tri=order)


def _size() -> int:
    wanted = request.args.get("taille", "")
    number = int(wanted[:4]) if wanted.isascii() and wanted.isdigit() else 20
    return min(max(number, 1), MOST_A_PAGE)
