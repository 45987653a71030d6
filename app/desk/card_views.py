"""Cards to print, for one person or for many."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.policies import can_register_people
from app.core.errors import DomainError
from app.core.pagination import page_number
from app.core.pdf import pdf_answer
from app.core.policies import allowed
from app.desk import cards
from app.desk.blueprint import bp
from app.desk.finding import find_people, people_by_id
from app.desk.views import asked_words


@bp.post("/personnes/<int:resident_id>/carte.pdf")
@allowed(can_register_people)
def card(resident_id: int) -> ResponseReturnValue:
    with_code = [resident_id] if request.form.get("code") else []
    given = cards.give_cards(current_user, [resident_id], with_code)
    return pdf_answer(cards.cards_pdf(given, alone=True), "carte")


@bp.get("/cartes")
@allowed(can_register_people)
def card_sheet() -> ResponseReturnValue:
    chosen = people_by_id(request.args.getlist("personne", type=int)[: cards.MOST_CARDS])
    words = asked_words()
    found = find_people(words, page_number()) if words else None
    return render_template("desk/cards.html", chosen=chosen, words=words, found=found)


@bp.post("/cartes.pdf")
@allowed(can_register_people)
def card_sheet_pdf() -> ResponseReturnValue:
    ids = request.form.getlist("personne", type=int)
    try:
        given = cards.give_cards(current_user, ids, request.form.getlist("code", type=int))
    except DomainError as refusal:
        flash(refusal.message, "error")
        return redirect(url_for(".card_sheet", personne=ids[: cards.MOST_CARDS]))
    return pdf_answer(cards.cards_pdf(given, alone=False), "cartes")
