"""Reading polls, and voting."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.centre.settings import rule
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.http import error_page
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import public, signed_in
from app.voting import (
    bench_queries,
    casting,
    draft_views,
    labels,
    life_queries,
    listing,
    papers,
    proxy_queries,
    queries,
    results,
    roll_queries,
)
from app.voting.blueprint import bp
from app.voting.exports import ballots_csv
from app.voting.models import Poll
from app.voting.policies import can_read_ballots, may_open_polls
from app.voting.proxies import NotHolder

__all__ = ["bp"]


@bp.errorhandler(Conflict)
def in_the_meantime(refusal: Conflict) -> ResponseReturnValue:
    """Done already, or changed since: the poll's own page says how things stand."""
    poll_id = (request.view_args or {}).get("poll_id")
    back = (url_for(".show", poll_id=poll_id), _("Voir où en est ce vote")) if poll_id else None
    return error_page(refusal.status, refusal.message, back)


@bp.errorhandler(NotHolder)
def no_longer_holder(refusal: NotHolder) -> ResponseReturnValue:
    """A link to vote for someone who has taken their proxy back, or voted: back to the poll."""
    if request.method != "GET":
        return error_page(refusal.status, refusal.message)
    flash(refusal.message, "info")
    return redirect(url_for(".show", **(request.view_args or {})))


@bp.get("")
@public
def index() -> ResponseReturnValue:
    state = request.args.get("etat", "")
    may_open = current_user.is_authenticated and may_open_polls(current_user)
    wanted = listing.PollFilter(
        state if state in listing.STATES else "", request.args.get("q", "").strip()[:200]
    )
    return render_template(
        "voting/index.html",
        page=listing.poll_list(page_number(), wanted, current_user if may_open else None),
        wanted=wanted,
        states=listing.STATES,
        may_open=may_open,
        labels=labels,
        results=results,
    )


@bp.get("/<int:poll_id>")
@public
def show(poll_id: int) -> ResponseReturnValue:
    poll = queries.poll_page(poll_id) or abort(404)
    if poll.phase == "draft":
        return draft_views.draft_page(poll)
    person = current_user if current_user.is_authenticated else None
    mine = queries.my_part(poll_id, person.id) if person else None
    return render_template(
        "voting/result.html" if poll.phase == "closed" else "voting/show.html",
        poll=poll,
        mine=mine,
        roll=roll_queries.roll_part(poll, person, mine),
        life=life_queries.life_part(poll, person),
        bench=bench_queries.bench_of(poll_id) if poll.tellers_needed else (),
        labels=labels,
        results=results,
        threshold=rule("public_threshold"),
        has_ballots=can_read_ballots(poll, rule("public_threshold")),
        named=queries.named_choices(poll),
    )


@bp.get("/<int:poll_id>/voter")
@signed_in
def ballot(poll_id: int) -> ResponseReturnValue:
    poll, voter = db.get_or_404(Poll, poll_id), _voter(poll_id)
    try:
        casting.check_may_vote(poll, voter)
    except casting.AlreadyVoted:
        # Someone who goes back after voting wants to know that it is done.
        return redirect(url_for(".receipt", poll_id=poll_id, **_for(voter)))
    before = None if poll.is_secret else queries.my_choice(poll.id, voter.id)
    return _paper(poll_id, voter, papers.write(before)), 200


@bp.post("/<int:poll_id>/voter")
@signed_in
def review(poll_id: int) -> ResponseReturnValue:
    poll, voter = db.get_or_404(Poll, poll_id), _voter(poll_id)
    casting.check_may_vote(poll, voter)
    moved = papers.paper_of(poll.method).moved(request.form)
    if "edit" in request.form or moved is not None:
        return _paper(poll_id, voter, request.form if moved is None else moved), 200
    try:
        choice = casting.ballot_text(poll, papers.read(poll.method, request.form))
    except Invalid as refusal:
        return _paper(poll_id, voter, request.form, refusal.message), refusal.status
    page = queries.poll_page(poll_id) or abort(404)
    rows = page.choice_words(choice)
    fields = papers.write(choice)
    return render_template(
        "voting/review.html", poll=page, rows=rows, fields=fields, voter=voter, who=_for(voter)
    )


@bp.post("/<int:poll_id>/bulletin")
@signed_in
def cast(poll_id: int) -> ResponseReturnValue:
    poll, voter = db.get_or_404(Poll, poll_id), _voter(poll_id)
    who = _for(voter)
    holder = current_user if who else None
    casting.cast(poll, voter, papers.read(poll.method, request.form), holder=holder)
    return redirect(url_for(".receipt", poll_id=poll_id, **who))


@bp.get("/<int:poll_id>/recu")
@signed_in
def receipt(poll_id: int) -> ResponseReturnValue:
    page, voter = queries.poll_page(poll_id) or abort(404), _voter(poll_id)
    mine = queries.my_part(poll_id, voter.id)
    if mine.voted_on is None:
        abort(404)
    proxies = proxy_queries.my_proxies(poll_id, current_user.id)
    return render_template(
        "voting/receipt.html", poll=page, mine=mine, voter=voter, proxies=proxies
    )


def _paper(
    poll_id: int, voter: Resident, fields: Mapping[str, str], error: str | None = None
) -> str:
    """The ballot paper, filled with what was answered."""
    page = queries.poll_page(poll_id)
    who = _for(voter)
    return render_template(
        "voting/ballot.html", poll=page, fields=fields, error=error, voter=voter, who=who
    )


def _voter(poll_id: int) -> Resident:
    """For whom this page votes: `?pour=` a person who gave a proxy, else oneself."""
    return proxy_queries.voter(poll_id, current_user, request.args.get("pour", type=int))


def _for(voter: Resident) -> dict[str, Any]:
    """What keeps an address for the same person."""
    return {} if voter.id == current_user.id else {"pour": voter.id}


@bp.get("/<int:poll_id>/bulletins.csv")
@public
def ballots(poll_id: int) -> ResponseReturnValue:
    poll = db.get_or_404(Poll, poll_id)
    if not can_read_ballots(poll, rule("public_threshold")):
        abort(404)
    name = f"scrutin-{poll_id}-bulletins.csv"
    return Response(
        ballots_csv(poll).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
