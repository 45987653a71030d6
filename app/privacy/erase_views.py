"""Asking to be erased, and coming back."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts import login
from app.accounts.acting import not_acting
from app.accounts.login import current_sign_in
from app.accounts.models import Resident
from app.accounts.proof import prove, what_proves
from app.core.db import db
from app.core.i18n import _
from app.core.limits import by_person, failed, limiter
from app.core.policies import allowed, public, signed_in
from app.privacy import erasure_services as services
from app.privacy.blockers import blockers, children_alone
from app.privacy.blueprint import bp, me
from app.privacy.forms import EraseAtDeskForm, EraseForm
from app.privacy.my_views import child_of_mine
from app.privacy.policies import can_call_people_back, can_erase_people


@bp.app_template_global()
def erasure_day(person: Resident) -> datetime | None:
    """When a closed account is erased: the rooms below show it without knowing this one."""
    request = services.waiting(person)
    return request.due_at if request else None


@bp.route("/moi/effacer", methods=["GET", "POST"])
@limiter.limit("8/15minutes", methods=["POST"], key_func=by_person, deduct_when=failed)
@signed_in
@not_acting
def erase_me() -> ResponseReturnValue:
    form = EraseForm()
    if _asked(form, me()):
        login.stop()
        return redirect(url_for(".closed"))
    return _page(form, me()), form.status


@bp.route("/moi/effacer/enfant/<int:resident_id>", methods=["GET", "POST"])
@limiter.limit("8/15minutes", methods=["POST"], key_func=by_person, deduct_when=failed)
@signed_in
@not_acting
def erase_child(resident_id: int) -> ResponseReturnValue:
    form, child = EraseForm().of_child(), child_of_mine(resident_id, even_closed=True)
    if _asked(form, child):
        flash(_("Le profil est fermé. Vous avez 7 jours pour le rouvrir, ici même."), "success")
        return redirect(url_for("accounts.family"))
    return _page(form, child), form.status


@bp.post("/moi/effacer/enfant/<int:resident_id>/rouvrir")
@signed_in
@not_acting
def open_child_again(resident_id: int) -> ResponseReturnValue:
    services.open_again(me(), child_of_mine(resident_id, even_closed=True))
    flash(_("Le profil est rouvert."), "success")
    return redirect(url_for("accounts.family"))


@bp.get("/vos-donnees/a-bientot")
@public
def closed() -> ResponseReturnValue:
    return render_template("privacy/closed.html")


@bp.get("/vos-donnees/revenir/<token>")
@public
def return_page(token: str) -> ResponseReturnValue:
    return render_template("privacy/return.html", token=token, way=services.way_back(token))


@bp.post("/vos-donnees/revenir/<token>")
@limiter.limit("20/hour", deduct_when=failed)
@public
def come_back(token: str) -> ResponseReturnValue:
    services.come_back(token)
    flash(_("Votre compte est rouvert. Connectez-vous."), "success")
    return redirect(url_for("accounts.sign_in"))


@bp.route("/accueil/personnes/<int:resident_id>/effacer", methods=["GET", "POST"])
@limiter.limit("8/15minutes", methods=["POST"], key_func=by_person, deduct_when=failed)
@allowed(can_erase_people)
@not_acting
def erase_at_desk(resident_id: int) -> ResponseReturnValue:
    form, person = EraseAtDeskForm(), db.get_or_404(Resident, resident_id)
    if form.validate_on_submit():
        form.attempt(lambda: _erase_at_desk(form, person))
        if not form.refused:
            flash(_("C’est fait : ce compte est fermé."), "success")
            return redirect(url_for("desk.index"))
    return render_template(
        "privacy/erase_at_desk.html",
        form=form,
        person=person,
        waiting=services.waiting(person),
        blockers=blockers(person),
        children=children_alone(person),
        what_proves=what_proves(me()),
    ), form.status


@bp.post("/accueil/personnes/<int:resident_id>/rouvrir")
@allowed(can_call_people_back)
@not_acting
def open_again(resident_id: int) -> ResponseReturnValue:
    services.open_again(me(), db.get_or_404(Resident, resident_id))
    flash(_("Le compte est rouvert."), "success")
    return redirect(url_for("desk.person", resident_id=resident_id))


def _asked(form: EraseForm, person: Resident) -> bool:
    """Whether the form was good, and the erasure asked."""
    if not form.validate_on_submit():
        return False
    form.attempt(lambda: prove(me(), form.proof.data, current_sign_in()))
    if not form.refused:
        form.attempt(lambda: services.ask_erasure(me(), person, keeps_writings=form.keeps_writings))
    return not form.refused


def _erase_at_desk(form: EraseAtDeskForm, person: Resident) -> None:
    prove(me(), form.proof.data, current_sign_in())
    if form.when.data == "now":
        services.erase_at_once(me(), person, keeps_writings=form.keeps_writings)
    else:
        services.ask_erasure(me(), person, keeps_writings=form.keeps_writings)


def _page(form: EraseForm, person: Resident) -> str:
    return render_template(
        "privacy/erase.html",
        form=form,
        person=person,
        is_me=person.id == me().id,
        due_at=erasure_day(person),
        blockers=blockers(person),
        children=children_alone(person),
        what_proves=what_proves(me()),
    )
