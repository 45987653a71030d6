"""The board of decisions, one decision, its follow-up."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies import conseil_queries, decision_board, decision_services
from app.bodies.blueprint import bp, found_meeting, only_if, viewer
from app.bodies.decision_board import MOST_PRINTED, DecisionFilter
from app.bodies.decision_models import Decision
from app.bodies.decision_policies import can_follow_decision, outcomes_for
from app.bodies.decision_queries import decision_by_number, decision_steps, owner_shown
from app.bodies.deliberation_models import Deliberation
from app.bodies.labels import OUTCOMES
from app.bodies.meeting_forms import DecisionForm, FollowForm
from app.bodies.policies import can_record_decision
from app.core.csv import csv_file
from app.core.db import db
from app.core.forms import options
from app.core.i18n import _
from app.core.limits import limiter
from app.core.links import links_about
from app.core.pagination import page_number
from app.core.policies import public, signed_in


@bp.get("/conseil/decisions")
@public
def decisions() -> ResponseReturnValue:
    return _board("bodies/decisions.html", page_number())


@bp.get("/conseil/decisions/imprimer")
@limiter.limit("60/hour")
@public
def print_decisions() -> ResponseReturnValue:
    return _board("bodies/decisions_printed.html", 1, MOST_PRINTED)


@bp.get("/conseil/decisions.csv")
@limiter.limit("60/hour")
@public
def decisions_csv() -> ResponseReturnValue:
    wanted = _asked(conseil_queries.body_choices(), decision_board.decision_years())
    return csv_file("decisions.csv", decision_board.board_rows(wanted))


@bp.get("/conseil/decisions/<number>")
@public
def decision(number: str) -> ResponseReturnValue:
    found = found_decision(number)
    return render_template(
        "bodies/decision.html",
        decision=found,
        owner=owner_shown(found, viewer()),
        steps=decision_steps(found.id),
        links=links_about("decisions", found.id),
        may_follow=can_follow_decision(viewer(), found),
    )


@bp.route("/conseil/decisions/<number>/suivi", methods=["GET", "POST"])
@signed_in
def follow_decision(number: str) -> ResponseReturnValue:
    found = found_decision(number)
    only_if(can_follow_decision(viewer(), found))
    form = FollowForm(outcome=found.outcome)
    mine = outcomes_for(current_user, found)
    form.outcome.choices = options((key, OUTCOMES[key]) for key in mine)
    if form.validate_on_submit():
        said = {"outcome": str(form.outcome.data), "note": form.note.data or ""}
        form.attempt(lambda: decision_services.follow_decision(current_user, found, **said))
        if not form.refused:
            flash(_("Le suivi est enregistré."), "success")
            return redirect(url_for(".decision", number=number))
    return render_template("bodies/follow_decision.html", form=form, decision=found), form.status


@bp.route("/reunions/<int:meeting_id>/decisions/nouvelle", methods=["GET", "POST"])
@signed_in
def new_decision(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_record_decision(viewer(), meeting))
    asked = request.args.get("question", type=int)
    question = db.get_or_404(Deliberation, asked) if asked else None
    known = {"title": question.question, "outcome": "adopte"} if question else {}
    form = DecisionForm(**known)
    if form.validate_on_submit():
        given = {**form.decision(), "question": question}
        made = form.attempt(
            lambda: decision_services.record_decision(current_user, meeting, **given)
        )
        if made is not None:
            flash(_("La décision n° %(number)s est enregistrée.", number=made.number), "success")
            return redirect(url_for(".decision", number=made.number))
    return render_template("bodies/new_decision.html", form=form, meeting=meeting), form.status


def found_decision(number: str) -> Decision:
    """The decision with its instance and its meeting, or a 404."""
    return decision_by_number(number) or abort(404)


def _board(template: str, number: int, size: int = decision_board.A_PAGE) -> str:
    bodies, years = conseil_queries.body_choices(), decision_board.decision_years()
    wanted = _asked(bodies, years)
    found = [(slug, name) for key, slug, name in bodies if key == wanted.body_id]
    slug, body_name = found[0] if found else ("", "")
    board = decision_board.board(number, wanted, size)
    asked = {
        "instance": slug or None,
        "annee": wanted.year,
        "suite": wanted.outcome,
        "retard": "oui" if wanted.late else None,
        "q": wanted.words or None,
    }
    return render_template(
        template,
        board=board,
        page=board.page,
        choices=[(known, name) for _id, known, name in bodies],
        year_choices=[(year, str(year)) for year in years],
        wanted=wanted,
        asked=asked,
        body_name=body_name,
    )


def _asked(bodies: list[tuple[int, str, str]], years: list[int]) -> DecisionFilter:
    """The filters of the address; one that names nothing we have asks for everything."""
    asked = request.args.get
    return DecisionFilter(
        body_id=next((key for key, slug, _name in bodies if slug == asked("instance")), None),
        year=next((year for year in years if str(year) == asked("annee")), None),
        outcome=asked("suite") if asked("suite") in OUTCOMES else None,
        late=asked("retard") == "oui",
        words=asked("q", "").replace("\x00", "").strip()[:200],
    )
