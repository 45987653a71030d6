"""What one agrees to, for oneself and for a child one answers for."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import consent_services, family_queries
from app.accounts.blueprint import bp
from app.accounts.consent_queries import agreements
from app.accounts.consents import is_minor
from app.accounts.family_models import Purpose
from app.accounts.models import Resident
from app.core.i18n import _
from app.core.policies import signed_in


def _page(resident: Resident) -> ResponseReturnValue:
    return render_template(
        "accounts/consents.html",
        person=resident,
        found=agreements(resident),
        is_minor=is_minor(resident),
    )


def _answer(resident: Resident) -> None:
    """Yes or no, to the sentence that was before their eyes."""
    try:
        purpose = Purpose(request.form.get("purpose", ""))
    except ValueError:
        abort(422)
    if request.form.get("answer") == "yes":
        version = request.form.get("version", "")
        consent_services.agree(current_user, resident, purpose, version)
        flash(_("Votre accord est noté. Vous pouvez le reprendre quand vous voulez."), "success")
    else:
        consent_services.withdraw(current_user, resident, purpose)
        flash(_("C’est noté : vous avez dit non."))


@bp.get("/moi/consentements")
@signed_in
def consents() -> ResponseReturnValue:
    return _page(current_user)


@bp.post("/moi/consentements")
@signed_in
def answer_consent() -> ResponseReturnValue:
    _answer(current_user)
    return redirect(url_for(".consents"))


@bp.get("/moi/famille/enfants/<int:child_id>/consentements")
@signed_in
def child_consents(child_id: int) -> ResponseReturnValue:
    return _page(_child(child_id))


@bp.post("/moi/famille/enfants/<int:child_id>/consentements")
@signed_in
def answer_child_consent(child_id: int) -> ResponseReturnValue:
    _answer(_child(child_id))
    return redirect(url_for(".child_consents", child_id=child_id))


def _child(child_id: int) -> Resident:
    link = family_queries.live_link(current_user.id, child_id)
    return link.child if link else abort(404)
