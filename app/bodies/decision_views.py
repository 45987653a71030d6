"""The relevé de décisions and its follow-up."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies import conseil_queries, decision_queries, decision_services
from app.bodies.blueprint import bp, found_meeting, only_if, viewer
from app.bodies.decision_queries import DecisionFilter, decision_by_number
from app.bodies.labels import OUTCOMES
from app.bodies.meeting_forms import DecisionForm, FollowForm
from app.bodies.models import Decision
from app.bodies.policies import can_manage_body, can_record_decision
from app.core.i18n import _
from app.core.links import links_about
from app.core.pagination import page_number
from app.core.policies import public, signed_in


@bp.get("/conseil/decisions")
@public
def decisions() -> ResponseReturnValue:
    bodies = conseil_queries.body_choices()
    years = decision_queries.decision_years()
    wanted = _asked(bodies, years)
    slug = next((known for known_id, known, _name in bodies if known_id == wanted.body_id), "")
    return render_template(
        "bodies/decisions.html",
        page=decision_queries.decision_page(page_number(), wanted),
        choices=[(known, name) for _id, known, name in bodies],
        year_choices=[(year, str(year)) for year in years],
        wanted=wanted,
        slug=slug,
    )


@bp.get("/conseil/decisions/<number>")
@public
def decision(number: str) -> ResponseReturnValue:
    found = _found(number)
    steps = decision_queries.decision_steps(found.id)
    links = links_about("decisions", found.id)
    return render_template("bodies/decision.html", decision=found, steps=steps, links=links)


@bp.route("/conseil/decisions/<number>/suivi", methods=["GET", "POST"])
@signed_in
def follow_decision(number: str) -> ResponseReturnValue:
    found = _found(number)
    only_if(can_manage_body(viewer(), found.body))
    form = FollowForm(outcome=found.outcome)
    if form.validate_on_submit():
        outcome, note = str(form.outcome.data), form.note.data or ""
        form.attempt(
            lambda: decision_services.follow_decision(
                current_user, found, outcome=outcome, note=note
            )
        )
        if not form.refused:
            flash(_("Le suivi est enregistré."), "success")
            return redirect(url_for(".decision", number=number))
    return render_template("bodies/follow_decision.html", form=form, decision=found), form.status


@bp.route("/reunions/<int:meeting_id>/decisions/nouvelle", methods=["GET", "POST"])
@signed_in
def new_decision(meeting_id: int) -> ResponseReturnValue:
    meeting = found_meeting(meeting_id)
    only_if(can_record_decision(viewer(), meeting))
    form = DecisionForm()
    if form.validate_on_submit():
        made = form.attempt(
            lambda: decision_services.record_decision(current_user, meeting, **form.decision())
        )
        if made is not None:
            flash(_("La décision n° %(number)s est enregistrée.", number=made.number), "success")
            return redirect(url_for(".decision", number=made.number))
    return render_template("bodies/new_decision.html", form=form, meeting=meeting), form.status


def _asked(bodies: list[tuple[int, str, str]], years: list[int]) -> DecisionFilter:
    """The filters of the address; one that names nothing we have asks for everything."""
    asked = request.args.get
    return DecisionFilter(
        body_id=next((key for key, slug, _name in bodies if slug == asked("instance")), None),
        year=next((year for year in years if str(year) == asked("annee")), None),
        outcome=asked("suite") if asked("suite") in OUTCOMES else None,
        late=asked("retard") == "oui",
    )


def _found(number: str) -> Decision:
    return decision_by_number(number) or abort(404)
