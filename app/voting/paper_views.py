"""The paper vote, for those who run it: printing, the roll, and reading what is in the box."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.db import db
from app.core.errors import DomainError, Forbidden
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.pdf import pdf_answer
from app.core.policies import allowed
from app.voting import paper_count, paper_pdf, paper_queries, paper_roll, paper_services, queries
from app.voting.blueprint import bp
from app.voting.models import Poll
from app.voting.policies import can_run_paper, may_run_paper
from app.voting.roll_forms import PileForm, ReasonForm


def paper_poll(poll_id: int) -> Poll:
    """The poll, for whoever runs its paper vote.

    Raises:
        Forbidden: they do not, or it has none.
    """
    poll = db.get_or_404(Poll, poll_id)
    if not can_run_paper(current_user, poll):
        raise Forbidden(_("Vous ne tenez pas le vote sur papier ici."))
    return poll


def with_reason(
    poll: Poll, act: Callable[[str], object], done: str, **words: object
) -> ResponseReturnValue:
    """Ask why something of the paper vote is undone, undo it, and say what is `done`.

    `words`: the page's title, lead and consequences, and its button's words, `confirm`.
    """
    form = ReasonForm()
    if form.validate_on_submit():
        why = str(form.reason.data)
        form.attempt(lambda: act(why))
        if not form.refused:
            flash(done)
            return redirect(url_for(".paper", poll_id=poll.id))
    return render_template("voting/paper_reason.html", poll=poll, form=form, **words), form.status


@bp.get("/<int:poll_id>/papier")
@allowed(may_run_paper)
def paper(poll_id: int) -> ResponseReturnValue:
    return _page(paper_poll(poll_id), PileForm(formdata=None))


@bp.get("/<int:poll_id>/papier/bulletins.pdf")
@allowed(may_run_paper)
def paper_ballots(poll_id: int) -> ResponseReturnValue:
    paper_poll(poll_id)
    page = queries.poll_page(poll_id)
    assert page is not None
    made = paper_pdf.ballots_pdf(page, request.args.get("par", 2, type=int))
    return pdf_answer(made, f"bulletins-{poll_id}")


@bp.post("/<int:poll_id>/papier/signatures.pdf")
@allowed(may_run_paper)
def paper_sheet(poll_id: int) -> ResponseReturnValue:
    poll = paper_poll(poll_id)
    rows = paper_pdf.print_roll(current_user, poll)
    return pdf_answer(paper_pdf.roll_pdf(poll, rows), f"signatures-{poll_id}")


@bp.post("/<int:poll_id>/papier/signatures")
@allowed(may_run_paper)
def sign_paper(poll_id: int) -> ResponseReturnValue:
    poll = paper_poll(poll_id)
    person = paper_queries.elector(poll_id, request.form.get("resident_id", 0, type=int))
    person = person or abort(404)
    by_proxy = bool(request.form.get("represented"))
    try:
        paper_roll.sign_on_paper(current_user, poll, person, represented=by_proxy)
    except DomainError as refusal:
        flash(refusal.message, "error")
    else:
        said = _(
            "C’est noté pour %(name)s : faites signer la liste, puis donnez un bulletin.",
            name=person.full_name,
        )
        flash(said, "success")
    return redirect(url_for(".paper", poll_id=poll_id))


@bp.route("/<int:poll_id>/papier/signatures/<int:resident_id>/retirer", methods=["GET", "POST"])
@allowed(may_run_paper)
def unsign_paper(poll_id: int, resident_id: int) -> ResponseReturnValue:
    poll = paper_poll(poll_id)
    person = paper_queries.elector(poll_id, resident_id) or abort(404)
    return with_reason(
        poll,
        lambda why: paper_roll.unsign_on_paper(current_user, poll, person, why),
        _("La signature est retirée. La personne est prévenue."),
        title=_("Retirer cette signature ?"),
        lead=person.full_name,
        consequences=[
            _("La liste ne dit plus que cette personne a voté."),
            _("Son bulletin, s’il est dans l’urne, n’aura plus de signature."),
        ],
        confirm=_("Retirer la signature"),
    )


@bp.post("/<int:poll_id>/papier/piles")
@allowed(may_run_paper)
def add_pile(poll_id: int) -> ResponseReturnValue:
    poll, form = paper_poll(poll_id), PileForm()
    if form.validate_on_submit():
        size = int(form.size.data or 0)
        pile = form.attempt(lambda: paper_services.add_pile(current_user, poll, size))
        if pile is not None:
            return redirect(url_for(".pile", poll_id=poll_id, batch_id=pile.id))
    return _page(poll, form)


@bp.route("/<int:poll_id>/papier/complet", methods=["GET", "POST"])
@allowed(may_run_paper)
def complete_paper(poll_id: int) -> ResponseReturnValue:
    poll = paper_poll(poll_id)
    if request.method == "POST":
        if paper_services.close_paper(current_user, poll):
            flash(_("Tout est compté : le résultat est publié."), "success")
        else:
            flash(_("Le papier est au complet."), "success")
        return redirect(url_for(".show", poll_id=poll_id))
    if paper_count.obstacle(poll) is not None:
        return redirect(url_for(".paper", poll_id=poll_id))
    return render_template(
        "components/confirm.html",
        title=_("Le papier est au complet ?"),
        message=poll.title,
        consequences=[
            _("Plus aucun bulletin ni aucune signature ne s’ajoute."),
            _("Les bulletins de papier sont comptés avec les autres, en une fois."),
            _("Gardez les papiers jusqu’à la fin des recours."),
        ],
        action_url=url_for(".complete_paper", poll_id=poll_id),
        confirm_label=_("Oui, tout est là"),
        cancel_url=url_for(".paper", poll_id=poll_id),
    )


def _page(poll: Poll, form: PileForm) -> ResponseReturnValue:
    typed = request.args.get("q", "").replace("\x00", "").strip()[:100]
    page = queries.poll_page(poll.id)
    assert page is not None
    return render_template(
        "voting/paper.html",
        poll=page,
        form=form,
        typed=typed,
        found=paper_queries.found_on_roll(poll, typed) if typed else [],
        signed=paper_queries.signed_on_paper(poll.id, page_number()),
        piles=paper_queries.piles_of(poll.id),
        obstacle=paper_count.obstacle(poll),
        ways=paper_pdf.ways_to_print(page),
    ), form.status
