"""The bureau de vote: tellers take their words before the vote, and give them after."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.acting import not_acting
from app.core.db import db
from app.core.i18n import _
from app.core.limits import limiter
from app.core.policies import signed_in
from app.voting import bench_queries, bench_services, labels, queries
from app.voting.blueprint import bp
from app.voting.forms import WordsForm
from app.voting.models import Poll


@bp.get("/<int:poll_id>/bureau")
@signed_in
@not_acting
def bench(poll_id: int) -> ResponseReturnValue:
    return _page(poll_id, WordsForm())


@bp.post("/<int:poll_id>/bureau/mots")
@limiter.limit("20/hour")
@signed_in
@not_acting
def take_words(poll_id: int) -> ResponseReturnValue:
    poll = db.get_or_404(Poll, poll_id)
    words = bench_services.take_words(poll, current_user)
    return (
        render_template("voting/words.html", poll=poll, words=words),
        200,
        {"Cache-Control": "no-store"},
    )


@bp.post("/<int:poll_id>/bureau/preuve")
@limiter.limit("20/hour")
@signed_in
@not_acting
def prove_words(poll_id: int) -> ResponseReturnValue:
    poll, form = db.get_or_404(Poll, poll_id), WordsForm()
    if form.validate_on_submit():
        typed = str(form.words.data)
        form.attempt(lambda: bench_services.prove_words(poll, current_user, typed))
        if not form.refused:
            flash(_("Vos mots sont bons. Gardez-les jusqu’à la fermeture du vote."), "success")
            return redirect(url_for(".bench", poll_id=poll_id))
    return _page(poll_id, form)


@bp.post("/<int:poll_id>/bureau/ouverture")
@limiter.limit("20/hour")
@signed_in
@not_acting
def give_words(poll_id: int) -> ResponseReturnValue:
    poll, form = db.get_or_404(Poll, poll_id), WordsForm()
    if form.validate_on_submit():
        typed = str(form.words.data)
        form.attempt(lambda: bench_services.give_words(poll, current_user, typed))
        if not form.refused:
            flash(_("Votre part de la clé est reçue. Merci."), "success")
            return redirect(url_for(".bench", poll_id=poll_id))
    return _page(poll_id, form)


def _page(poll_id: int, form: WordsForm) -> ResponseReturnValue:
    poll = queries.poll_page(poll_id) or abort(404)
    seats = bench_queries.bench_of(poll_id)
    mine = next((seat for seat in seats if seat.resident_id == current_user.id), None)
    if mine is None:
        abort(404)
    page = render_template(
        "voting/bench.html", poll=poll, bench=seats, mine=mine, form=form, labels=labels
    )
    return page, form.status, {"Cache-Control": "no-store"}
