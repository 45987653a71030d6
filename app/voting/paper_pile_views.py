"""Reading one pile of paper: a ballot after the other, then the differences between two readers."""

import json

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.db import db
from app.core.errors import DomainError, Invalid
from app.core.i18n import _
from app.core.policies import allowed
from app.voting import paper_services, papers, queries, results
from app.voting.blueprint import bp
from app.voting.models import Poll
from app.voting.paper_models import PaperBatch
from app.voting.paper_views import paper_poll, with_reason
from app.voting.policies import may_run_paper


@bp.get("/<int:poll_id>/papier/piles/<int:batch_id>")
@allowed(may_run_paper)
def pile(poll_id: int, batch_id: int) -> ResponseReturnValue:
    poll, batch = _found(poll_id, batch_id)
    place = request.args.get("bulletin", type=int)
    return _sheet(poll, batch, None if place is None else place - 1)


@bp.post("/<int:poll_id>/papier/piles/<int:batch_id>/lecture")
@allowed(may_run_paper)
def begin_pile(poll_id: int, batch_id: int) -> ResponseReturnValue:
    poll, batch = _found(poll_id, batch_id)
    paper_services.begin_reading(current_user, poll, batch)
    return redirect(url_for(".pile", poll_id=poll_id, batch_id=batch_id))


@bp.post("/<int:poll_id>/papier/piles/<int:batch_id>")
@allowed(may_run_paper)
def write_pile(poll_id: int, batch_id: int) -> ResponseReturnValue:
    poll, batch = _found(poll_id, batch_id)
    place = request.form.get("place", -1, type=int)
    moved = papers.paper_of(poll.method).moved(request.form)
    if moved is not None:
        return _sheet(poll, batch, place, moved)
    raw, null = papers.read(poll.method, request.form), "null" in request.form
    try:
        paper_services.write_sheet(current_user, poll, batch, place, raw, is_null=null)
    except Invalid as refusal:
        return _sheet(poll, batch, place, request.form, refusal)
    return redirect(url_for(".pile", poll_id=poll_id, batch_id=batch_id))


@bp.route("/<int:poll_id>/papier/piles/<int:batch_id>/ecarts", methods=["GET", "POST"])
@allowed(may_run_paper)
def settle_pile(poll_id: int, batch_id: int) -> ResponseReturnValue:
    poll, batch = _found(poll_id, batch_id)
    refusal = None
    if request.method == "POST":
        kept = {
            int(name.removeprefix("bulletin-")): int(value)
            for name, value in request.form.items()
            if name.startswith("bulletin-") and f"{name[9:]}{value}".isdecimal()
        }
        try:
            paper_services.settle(current_user, poll, batch, kept)
        except Invalid as error:
            refusal = error
        else:
            flash(_("La pile %(number)d est bonne.", number=batch.number), "success")
            return redirect(url_for(".paper", poll_id=poll_id))
    return _differences(poll, batch, refusal)


@bp.route("/<int:poll_id>/papier/piles/<int:batch_id>/relire", methods=["GET", "POST"])
@allowed(may_run_paper)
def drop_pile(poll_id: int, batch_id: int) -> ResponseReturnValue:
    poll, batch = _found(poll_id, batch_id)
    return with_reason(
        poll,
        lambda why: paper_services.drop_pile(current_user, poll, batch, why),
        _("La pile est oubliée. Recomptez-la, puis ajoutez-la à nouveau."),
        title=_("Oublier la pile %(number)d ?", number=batch.number),
        lead=None,
        consequences=[_("Ce que les deux personnes ont lu est effacé. Les papiers restent.")],
        confirm=_("Oublier cette pile"),
    )


def _found(poll_id: int, batch_id: int) -> tuple[Poll, PaperBatch]:
    poll = paper_poll(poll_id)
    return poll, db.first_or_404(db.select(PaperBatch).filter_by(id=batch_id, poll_id=poll_id))


def _sheet(
    poll: Poll,
    batch: PaperBatch,
    place: int | None,
    fields: object = None,
    refusal: DomainError | None = None,
) -> ResponseReturnValue:
    """The next ballot to read, or the one at `place`; where one stands, when all is read."""
    reading = paper_services.reading_of(batch, current_user.id)
    done = len(reading.sheets) if reading else 0
    place = done if place is None else min(max(place, 0), done)
    before = reading.sheets[place] if reading and place < done else None
    page = render_template(
        "voting/paper_pile.html",
        poll=queries.poll_page(poll.id),
        pile=batch,
        mine=reading,
        done=done,
        place=place,
        was_null=place < done and before is None,
        fields=papers.write(before) if fields is None else fields,
        # A refusal speaks to a voter; here someone else reads their paper, and has a button.
        error=refusal.message.replace("votez blanc", _("touchez Blanc")) if refusal else None,
        differs=paper_services.is_read(batch) and batch.agreed_at is None,
        results=results,
    )
    return page, refusal.status if refusal else 200, {"Cache-Control": "no-store"}


def _differences(poll: Poll, batch: PaperBatch, refusal: DomainError | None) -> ResponseReturnValue:
    paper_services.check_reader(batch, current_user)
    if batch.agreed_at is not None or not paper_services.is_read(batch):
        return redirect(url_for(".pile", poll_id=poll.id, batch_id=batch.id))
    page = queries.poll_page(poll.id)
    assert page is not None
    read = [
        (place, [_words(page, one.sheets[place]) for one in batch.readings])
        for place in paper_services.differing(batch)
    ]
    shown = render_template(
        "voting/paper_differences.html", poll=page, pile=batch, read=read, error=refusal
    )
    return shown, refusal.status if refusal else 200, {"Cache-Control": "no-store"}


def _words(page: queries.PollPage, sheet: str | None) -> list[tuple[str, str]]:
    said = None if sheet is None else page.choice_words(sheet)
    if said and not json.loads(sheet or "{}").get("blank"):
        return said
    return [(_("Ce bulletin"), _("Blanc") if said else _("Nul"))]
