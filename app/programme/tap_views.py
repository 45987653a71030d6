"""The sheet at the door: a phone's queue of taps, cards, and paper."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.assets import asset_text
from app.core.db import db
from app.core.errors import DomainError
from app.core.i18n import _, _n
from app.core.pdf import pdf_answer
from app.core.policies import allowed, public
from app.programme import (
    attendance,
    paper,
    registration_queries,
    sheet_queries,
    taps,
)
from app.programme.blueprint import bp
from app.programme.forms import CardForm, PaperForm, SignForm
from app.programme.models import Session
from app.programme.policies import can_run_programme
from app.programme.sheet_pages import say_of_age, sheet_page
from app.programme.tap_reading import read_taps


@bp.get("/seances/sans-reseau.js")
@public
def offline_worker() -> Response:
    """Kept at an address of its own, under which alone it may serve pages; of nobody."""
    answer = Response(asset_text("sheet_worker.js"), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.post("/seances/<int:session_id>/presences/envoi")
@allowed(can_run_programme)
def send_taps(session_id: int) -> ResponseReturnValue:
    """A queue, as JSON; each tap is answered."""
    found = db.get_or_404(Session, session_id)
    try:
        answers = taps.take_taps(current_user, found, read_taps(request.get_json(silent=True)))
    except DomainError as refusal:
        return {"message": refusal.message}, refusal.status
    return {"taken": answers.taken, "refused": answers.refused, "names": answers.names}


@bp.post("/seances/<int:session_id>/presences/carte")
@allowed(can_run_programme)
def sign_card(session_id: int) -> ResponseReturnValue:
    found, form = db.get_or_404(Session, session_id), CardForm()
    if form.validate_on_submit():
        signed = form.attempt(lambda: attendance.sign_card(current_user, found, form.digits()))
        if signed is not None:
            flash(_("%(name)s est sur la liste.", name=signed.full_name), "success")
            say_of_age(found, signed)
            return redirect(url_for(".sheet", session_id=session_id) + "#carte")
    return sheet_page(session_id, SignForm(formdata=None), form)


@bp.route("/seances/<int:session_id>/presences/papier", methods=["GET", "POST"])
@allowed(can_run_programme)
def paper_sheet(session_id: int) -> ResponseReturnValue:
    found, page = db.get_or_404(Session, session_id), sheet_queries.sheet_page(session_id)
    awaited = registration_queries.expected(session_id)
    form = PaperForm().among([one.resident_id for one in awaited])
    if form.validate_on_submit():
        present, cards = form.present.data or [], form.numbers()
        added = form.attempt(lambda: paper.copy_paper(current_user, found, present, cards))
        if added is not None:
            said = _n("%(num)s nom est ajouté.", "%(num)s noms sont ajoutés.", added)
            flash(said, "success")
            return redirect(url_for(".sheet", session_id=session_id))
    return render_template(
        "programme/paper_sheet.html",
        form=form,
        session=page,
        expected=awaited,
        names=sheet_queries.signed(session_id),
    ), form.status


@bp.get("/seances/<int:session_id>/feuille-de-presence.pdf")
@allowed(can_run_programme)
def printed_sheet(session_id: int) -> ResponseReturnValue:
    found = db.get_or_404(Session, session_id)
    return pdf_answer(paper.sheet_pdf(found), f"presences-{session_id}")
