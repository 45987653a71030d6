"""The page of a sheet, made after a look, a name or a card."""

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.accounts.policies import can_register_people
from app.core.http import allow_camera
from app.programme import publics, registration_queries
from app.programme import sheet_queries as queries
from app.programme.forms import CardForm, SignForm
from app.programme.kinds import COUNT_METHODS
from app.programme.models import Session


def sheet_page(
    session_id: int, form: SignForm, card: CardForm | None = None
) -> ResponseReturnValue:
    """The sheet at the door, with the errors of a name or of a card."""
    page = queries.sheet_page(session_id)
    if page is None:
        abort(404)
    allow_camera()
    typed = request.args.get("q", "").replace("\x00", "").strip()[:200]
    is_open = page.status == "planned"
    return render_template(
        "programme/sheet.html",
        session=page,
        names=queries.signed(session_id),
        expected=registration_queries.expected(session_id) if is_open else [],
        found=queries.residents_to_sign(session_id, typed) if is_open else [],
        typed=typed,
        form=form,
        card=card or CardForm(formdata=None),
        methods=COUNT_METHODS,
        may_register=can_register_people(current_user),
    ), (card or form).status


def say_of_age(session: Session, resident: Resident, *, tells_age: bool = True) -> None:
    """Tell whoever put a name on a list that the age surprises; the name stays."""
    said = publics.remark(session, resident, current_user, tells_age)
    if said:
        flash(said, "warning")
