"""Suspending someone's right to write, and the direction's figures."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.models import Resident
from app.core.db import db
from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed
from app.moderation import sanctions as services
from app.moderation import statistics
from app.moderation.blueprint import bp, me
from app.moderation.forms import SanctionForm
from app.moderation.models import Sanction
from app.moderation.policies import can_sanction, can_see_sanctions
from app.moderation.sanction_queries import sanctions as listed


@bp.get("/moderation/suspensions")
@allowed(can_see_sanctions)
def sanctions() -> ResponseReturnValue:
    return render_template("moderation/sanctions.html", page=listed(page_number()))


@bp.route("/moderation/suspensions/<int:resident_id>/nouvelle", methods=["GET", "POST"])
@allowed(can_see_sanctions)
def suspend(resident_id: int) -> ResponseReturnValue:
    person, form = db.get_or_404(Resident, resident_id), SanctionForm()
    if not can_sanction(me(), person):
        raise Forbidden(_("Vous ne pouvez pas suspendre la parole de cette personne."))
    if form.validate_on_submit():
        last_day, reason = form.last_day.data, str(form.reason.data)
        assert last_day is not None
        form.attempt(lambda: services.suspend(person, me(), last_day, reason))
        if not form.refused:
            flash(_("La parole de cette personne est suspendue. Elle est prévenue."), "success")
            return redirect(url_for(".sanctions"))
    return render_template("moderation/suspend.html", form=form, person=person), form.status


@bp.post("/moderation/suspensions/<int:sanction_id>/levee")
@allowed(can_see_sanctions)
def lift(sanction_id: int) -> ResponseReturnValue:
    services.lift(db.get_or_404(Sanction, sanction_id), me())
    flash(_("La suspension est levée. La personne est prévenue."), "success")
    return redirect(url_for(".sanctions"))


@bp.get("/moderation/bilan")
@allowed(can_see_sanctions)
def report_card() -> ResponseReturnValue:
    return render_template("moderation/statistics.html", figures=statistics.twelve_months())
