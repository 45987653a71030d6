"""Two small pages: the partners of an action, and those of one of its sessions."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.db import db
from app.core.i18n import _
from app.core.policies import allowed
from app.partners import queries, together
from app.partners.blueprint import bp
from app.partners.policies import can_keep_partners
from app.partners.words import PART_WORDS
from app.programme.models import Action, Session


@bp.route("/programme/<int:action_id>/partenaires", methods=["GET", "POST"])
@allowed(can_keep_partners)
def of_action(action_id: int) -> ResponseReturnValue:
    action, offered = db.get_or_404(Action, action_id), queries.partner_choices()
    if request.method == "POST":
        together.set_action_partners(current_user, action, _typed(offered))
        flash(_("Les partenaires de l’action sont enregistrés."), "success")
        return redirect(url_for("programme.show", action_id=action_id))
    return render_template(
        "partners/of_action.html",
        action=action,
        offered=offered,
        parts=queries.parts_in_action(action_id),
        words=PART_WORDS,
    )


@bp.route("/seances/<int:session_id>/partenaires", methods=["GET", "POST"])
@allowed(can_keep_partners)
def of_session(session_id: int) -> ResponseReturnValue:
    session, offered = db.get_or_404(Session, session_id), queries.partner_choices()
    if request.method == "POST":
        together.set_session_partners(current_user, session, _typed(offered))
        flash(_("Les partenaires présents sont notés."), "success")
        return redirect(url_for("programme.sheet", session_id=session_id))
    said = queries.parts_in_session(session_id)
    return render_template(
        "partners/of_session.html",
        session=session,
        action=session.action,
        offered=offered,
        parts=said,
        expected=queries.parts_in_action(session.action_id) if not said else {},
        words=PART_WORDS,
    )


def _typed(offered: Iterable[tuple[int, str]]) -> dict[int, str]:
    """The part chosen for each partner, those without one left out."""
    chosen = {number: request.form.get(f"part-{number}", "") for number, _name in offered}
    return {number: part for number, part in chosen.items() if part}
