"""For the team: who is silent, who leaves, and whether the daily round has run."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.models import Resident
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed
from app.privacy import inactivity, rounds
from app.privacy.blueprint import bp, me
from app.privacy.erasure_queries import waiting_requests
from app.privacy.policies import can_call_people_back, can_erase_people


@bp.get("/accueil/sans-nouvelles")
@allowed(can_call_people_back)
def silent() -> ResponseReturnValue:
    page = inactivity.silent_people(page_number())
    return render_template("privacy/silent.html", page=page)


@bp.get("/accueil/sans-nouvelles/lettres")
@allowed(can_call_people_back)
def letters() -> ResponseReturnValue:
    page = inactivity.silent_people(page_number(), without_email=True)
    return render_template("privacy/letters.html", page=page)


@bp.post("/accueil/sans-nouvelles/<int:resident_id>/garder")
@allowed(can_call_people_back)
def keep(resident_id: int) -> ResponseReturnValue:
    inactivity.keep_account(me(), db.get_or_404(Resident, resident_id))
    flash(_("Ce compte est gardé."), "success")
    return redirect(url_for(".silent"))


@bp.get("/vos-donnees/entretien")
@allowed(can_erase_people)
def care() -> ResponseReturnValue:
    page = waiting_requests(page_number())
    return render_template(
        "privacy/care.html", last=rounds.last_rounds(), words=rounds.WORDS, page=page
    )
