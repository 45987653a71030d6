"""A person's own memberships, with their receipts."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import adhesion_queries as queries
from app.accounts.blueprint import bp
from app.accounts.receipts import receipt_pdf
from app.core.pdf import pdf_answer
from app.core.policies import signed_in


@bp.get("/moi/compte/adhesions")
@signed_in
def adhesions() -> ResponseReturnValue:
    lines = queries.of_person(current_user.id)
    kinds = queries.KIND_WORDS
    return render_template("accounts/adhesions.html", lines=lines, kinds=kinds)


@bp.get("/moi/compte/adhesions/<int:adhesion_id>/recu.pdf")
@signed_in
def adhesion_receipt(adhesion_id: int) -> Response:
    if not queries.holds(current_user.id, adhesion_id):
        abort(404)
    found = queries.receipt_of(adhesion_id)
    return pdf_answer(receipt_pdf(found), f"recu-{found.line.number}")
