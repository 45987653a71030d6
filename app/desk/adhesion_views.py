"""Memberships at the desk: take one, print its receipt, find them again, cancel one."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import adhesion_queries as queries
from app.accounts.adhesion_models import Adhesion
from app.accounts.adhesion_services import cancel_adhesion, season_now, take_adhesion
from app.accounts.policies import can_take_adhesions
from app.accounts.receipts import receipt_pdf
from app.centre.settings import rule
from app.core.csv import csv_file
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.pdf import pdf_answer
from app.core.policies import allowed
from app.desk.adhesion_forms import AdhesionForm, CancelForm
from app.desk.adhesion_listing import csv_rows, seasons
from app.desk.blueprint import bp
from app.desk.sheets import sheet_of
from app.desk.views import asked_words


def asked_season() -> int:
    """The season of the address, where it is one; else the present one."""
    asked = request.args.get("saison", type=int)
    return asked if asked in seasons() else season_now()


@bp.get("/adhesions")
@allowed(can_take_adhesions)
def adhesions() -> ResponseReturnValue:
    season, words = asked_season(), asked_words()
    return render_template(
        "desk/adhesions.html",
        season=season,
        seasons=[(year, f"{year}-{year + 1}") for year in seasons()],
        words=words,
        page=queries.of_season(season, words, page_number()),
        totals=queries.totals(season),
        kinds=queries.KIND_WORDS,
    )


@bp.get("/adhesions.csv")
@allowed(can_take_adhesions)
def adhesions_csv() -> Response:
    season = asked_season()
    return csv_file(f"adhesions-{season}.csv", csv_rows(season))


@bp.route("/personnes/<int:resident_id>/adhesion", methods=["GET", "POST"])
@allowed(can_take_adhesions)
def take(resident_id: int) -> ResponseReturnValue:
    sheet = sheet_of(resident_id)
    form = AdhesionForm().offering(season_now(), sheet.homes)
    if form.validate_on_submit():
        made = form.attempt(lambda: take_adhesion(current_user, sheet.person, **form.chosen()))
        if made is not None:
            flash(_("L’adhésion est enregistrée. Le reçu est prêt."))
            return redirect(url_for(".adhesion", adhesion_id=made.id))
    fees = [rule("adhesion_individual"), rule("adhesion_family")]
    page = render_template(
        "desk/adhesion_new.html",
        form=form,
        sheet=sheet,
        fees=fees,
        adhesions=queries.of_person(resident_id),
        season=season_now(),
    )
    return page, form.status


@bp.get("/adhesions/<int:adhesion_id>")
@allowed(can_take_adhesions)
def adhesion(adhesion_id: int) -> ResponseReturnValue:
    return render_template(
        "desk/adhesion.html",
        receipt=queries.receipt_of(adhesion_id),
        kinds=queries.KIND_WORDS,
        payments=queries.PAYMENT_WORDS,
    )


@bp.get("/adhesions/<int:adhesion_id>/recu.pdf")
@allowed(can_take_adhesions)
def receipt(adhesion_id: int) -> Response:
    found = queries.receipt_of(adhesion_id)
    return pdf_answer(receipt_pdf(found), f"recu-{found.line.number}")


@bp.route("/adhesions/<int:adhesion_id>/annuler", methods=["GET", "POST"])
@allowed(can_take_adhesions)
def cancel(adhesion_id: int) -> ResponseReturnValue:
    found, form = queries.receipt_of(adhesion_id), CancelForm()
    if form.validate_on_submit():
        chosen, reason = db.get_or_404(Adhesion, adhesion_id), str(form.reason.data)
        form.attempt(lambda: cancel_adhesion(current_user, chosen, reason))
        if not form.refused:
            flash(_("L’adhésion est annulée."))
            return redirect(url_for(".adhesion", adhesion_id=adhesion_id))
    return render_template("desk/adhesion_cancel.html", form=form, receipt=found), form.status
