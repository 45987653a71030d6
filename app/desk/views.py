"""The welcome desk: find someone, register them, print their card, change their PIN."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import services as accounts
from app.accounts.forms import DeskPersonForm
from app.accounts.models import Resident
from app.accounts.policies import can_give_code, can_register_people
from app.centre.queries import quartier_choices
from app.core.db import db
from app.core.pagination import page_number
from app.core.policies import allowed
from app.desk import queries
from app.desk.blueprint import bp


@bp.get("")
@allowed(can_register_people)
def index() -> ResponseReturnValue:
    words = request.args.get("q", "").replace("\x00", "").strip()[:100]
    people = queries.find_people(words, page_number()) if words else None
    return render_template("desk/index.html", words=words, people=people)


@bp.route("/inscrire", methods=["GET", "POST"])
@allowed(can_register_people)
def register() -> ResponseReturnValue:
    form = DeskPersonForm().with_quartiers(quartier_choices())
    alike = queries.people_like(form) if form.is_submitted() else []
    sure = bool(request.form.get("sure"))
    if form.validate_on_submit() and (sure or not alike):
        made = form.attempt(lambda: accounts.register_at_desk(current_user, **form.person()))
        if made is not None:
            return _card(*made)
    return render_template("desk/register.html", form=form, alike=alike), form.status


@bp.get("/personnes/<int:resident_id>")
@allowed(can_register_people)
def person(resident_id: int) -> ResponseReturnValue:
    found = db.get_or_404(Resident, resident_id)
    may_give_code = can_give_code(current_user, found)
    return render_template("desk/person.html", person=found, may_give_code=may_give_code)


@bp.post("/personnes/<int:resident_id>/code")
@allowed(can_register_people)
def new_pin(resident_id: int) -> ResponseReturnValue:
    resident = db.get_or_404(Resident, resident_id)
    return _card(resident, accounts.reset_pin(current_user, resident))


def _card(resident: Resident, pin: str) -> ResponseReturnValue:
    """The card with its PIN, shown once: it is kept nowhere in clear."""
    card = render_template(
        "desk/card.html", person=resident, pin=pin, code=queries.sign_in_code(resident)
    )
    return card, 200, {"Cache-Control": "no-store"}
