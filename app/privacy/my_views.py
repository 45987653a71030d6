"""One's own data: read, corrected, carried away."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.acting import not_acting
from app.accounts.languages import LANGUAGES
from app.accounts.login import current_sign_in
from app.accounts.models import Resident
from app.accounts.proof import prove, what_proves
from app.centre.queries import quartier_choices
from app.core.db import db
from app.core.downloads import made_file
from app.core.i18n import _
from app.core.limits import by_person, failed, limiter
from app.core.policies import signed_in
from app.privacy import corrections, export, reading
from app.privacy.blueprint import bp, me
from app.privacy.erasure_services import answers_for, waiting
from app.privacy.forms import InformationForm, ProofForm
from app.privacy.freshness import is_fresh


@bp.get("/moi/donnees")
@limiter.limit("60/hour", key_func=by_person)
@signed_in
@not_acting
def mine() -> ResponseReturnValue:
    return _page(me(), ProofForm())


@bp.get("/moi/donnees/enfant/<int:resident_id>")
@limiter.limit("60/hour", key_func=by_person)
@signed_in
@not_acting
def of_child(resident_id: int) -> ResponseReturnValue:
    return _page(child_of_mine(resident_id), ProofForm())


@bp.post("/moi/donnees/copie")
@limiter.limit("5/hour", key_func=by_person)
@limiter.limit("8/15minutes", key_func=by_person, deduct_when=failed)
@signed_in
@not_acting
def copy() -> ResponseReturnValue:
    return _copy(me())


@bp.post("/moi/donnees/enfant/<int:resident_id>/copie")
@limiter.limit("5/hour", key_func=by_person)
@limiter.limit("8/15minutes", key_func=by_person, deduct_when=failed)
@signed_in
@not_acting
def copy_of_child(resident_id: int) -> ResponseReturnValue:
    return _copy(child_of_mine(resident_id))


@bp.route("/moi/informations", methods=["GET", "POST"])
@signed_in
@not_acting
def information() -> ResponseReturnValue:
    form = InformationForm.of(me())
    form.with_quartiers(quartier_choices())
    if form.validate_on_submit():
        form.attempt(lambda: corrections.correct_oneself(me(), **form.person()))
        if not form.refused:
            flash(_("Vos informations sont à jour."), "success")
            return redirect(url_for("accounts.account"))
    return render_template("privacy/information.html", form=form, languages=LANGUAGES), form.status


def child_of_mine(resident_id: int, *, even_closed: bool = False) -> Resident:
    """A child whom whoever is signed in answers for; no other number exists for them."""
    child = db.session.get(Resident, resident_id)
    if child is None or not answers_for(me(), child):
        abort(404)
    if not child.is_active and not (even_closed and waiting(child)):
        abort(404)
    return child


def _page(person: Resident, form: ProofForm) -> ResponseReturnValue:
    sign_in, is_me = current_sign_in(), person.id == me().id
    page = render_template(
        "privacy/mine.html",
        person=person,
        is_me=is_me,
        sections=reading.everything(person, is_me=is_me),
        form=form,
        asks_proof=not is_fresh(sign_in),
        what_proves=what_proves(me()),
        on_kiosk=sign_in is not None and sign_in.is_kiosk,
    )
    return page, form.status, {"Cache-Control": "no-store"}


def _copy(person: Resident) -> ResponseReturnValue:
    form, sign_in = ProofForm(), current_sign_in()
    if sign_in is None or sign_in.is_kiosk:
        abort(403)
    if not is_fresh(sign_in):
        form.attempt(lambda: prove(me(), form.proof.data, sign_in))
    if form.refused:
        return _page(person, form)
    is_me = person.id == me().id
    return made_file(
        "mes-donnees.zip", "application/zip", lambda out: export.archive(person, out, is_me=is_me)
    )
