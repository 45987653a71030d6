"""Elections without candidates, seen by the members of the comité alone."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies.blueprint import found_body, only_if
from app.bodies.models import Body
from app.bodies.policies import can_manage_body
from app.bodies.queries import is_member
from app.core.db import db
from app.core.i18n import _, _l
from app.core.policies import signed_in
from app.mandates import role_labels, role_queries, role_services
from app.mandates.blueprint import bp, viewer
from app.mandates.role_forms import ElectionForm, NameForm, VoiceForm
from app.mandates.role_models import RoleElection

STEPS = {
    "changer": (role_services.let_change, _l("Chacun peut maintenant changer d’avis.")),
    "conclure": (role_services.conclude, _l("Le tour est conclu.")),
    "arreter": (role_services.drop, _l("Ce choix est arrêté.")),
}
"""What each button does, and what is then said."""


@bp.get("/comites/<slug>/roles")
@signed_in
def role_elections(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    _only_members(body)
    return render_template(
        "mandates/role_elections.html",
        body=body,
        elections=role_queries.elections(body.id),
        words=role_labels,
    )


@bp.route("/comites/<slug>/roles/nouveau", methods=["GET", "POST"])
@signed_in
def new_role_election(slug: str) -> ResponseReturnValue:
    body, form = found_body(slug), ElectionForm()
    only_if(can_manage_body(viewer(), body))
    if form.validate_on_submit():
        said = {name: form[name].data for name in ("title", "months", "criteria", "is_referent")}
        made = form.attempt(lambda: role_services.open_election(current_user, body, **said))
        if made is not None:
            flash(_("C’est ouvert. Les membres sont prévenus."), "success")
            return redirect(url_for(".role_election", election_id=made.id))
    return render_template("mandates/new_role_election.html", form=form, body=body), form.status


@bp.get("/roles/<int:election_id>")
@signed_in
def role_election(election_id: int) -> ResponseReturnValue:
    election = _election(election_id)
    return _page(election, _name_form(election), VoiceForm(formdata=None))


@bp.post("/roles/<int:election_id>/nommer")
@signed_in
def name_someone(election_id: int) -> ResponseReturnValue:
    election = _election(election_id)
    form = _name_form(election)
    if form.validate_on_submit():
        named, reason = form.named.data, str(form.reason.data)
        form.attempt(lambda: role_services.name_someone(current_user, election, named, reason))
        if not form.refused:
            flash(_("C’est noté. Les membres lisent votre raison."), "success")
            return redirect(url_for(".role_election", election_id=election_id))
    return _page(election, form, VoiceForm(formdata=None))


@bp.post("/roles/<int:election_id>/voix")
@signed_in
def say_in_round(election_id: int) -> ResponseReturnValue:
    election, form = _election(election_id), VoiceForm()
    if form.validate_on_submit():
        voice, reason = str(form.voice.data), form.reason.data or ""
        form.attempt(lambda: role_services.say(current_user, election, voice, reason))
        if not form.refused:
            flash(_("Votre voix est notée."), "success")
            return redirect(url_for(".role_election", election_id=election_id))
    return _page(election, _name_form(election, fresh=True), form)


@bp.post("/roles/<int:election_id>/proposer")
@signed_in
def propose_someone(election_id: int) -> ResponseReturnValue:
    named = request.form.get("named", 0, type=int)
    role_services.propose(current_user, _election(election_id), named)
    flash(_("Le tour de consentement est ouvert."), "success")
    return redirect(url_for(".role_election", election_id=election_id))


@bp.post("/roles/<int:election_id>/etape")
@signed_in
def next_step(election_id: int) -> ResponseReturnValue:
    step = STEPS.get(request.form.get("etape", ""))
    only_if(step is not None)
    assert step is not None
    act, said = step
    act(current_user, _election(election_id))
    flash(said, "success")
    return redirect(url_for(".role_election", election_id=election_id))


def _election(election_id: int) -> RoleElection:
    election = db.get_or_404(RoleElection, election_id)
    _only_members(election.body)
    return election


def _only_members(body: Body) -> None:
    me = viewer()
    only_if(me is not None and (is_member(body.id, me.id) or can_manage_body(me, body)))


def _name_form(election: RoleElection, *, fresh: bool = False) -> NameForm:
    people = role_queries.members(election.body_id)
    if election.status == "changing":
        named = role_services.named_in(election)
        people = [one for one in people if one[0] in named]
    form = NameForm(formdata=None) if fresh or request.method == "GET" else NameForm()
    return form.offering(people)


def _page(election: RoleElection, naming: NameForm, voice: VoiceForm) -> ResponseReturnValue:
    me, said = viewer(), role_queries.namings(election)
    status = max(naming.status, voice.status)
    return render_template(
        "mandates/role_election.html",
        election=election,
        namings=said,
        named=sorted({(one.named_id, one.named) for one in said if one.named_id}),
        mine=next((one for one in said if me and one.voter_id == me.id), None),
        name_form=naming,
        voice_form=voice,
        member=me is not None and is_member(election.body_id, me.id),
        manages=can_manage_body(me, election.body),
        words=role_labels,
    ), status
