"""The welcome desk: find someone, register them, correct their sheet."""

from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.adhesion_queries import of_person
from app.accounts.languages import LANGUAGES
from app.accounts.models import Resident
from app.accounts.people_services import correct_person
from app.accounts.policies import can_correct, can_give_code, can_register_people
from app.centre.queries import quartier_choices
from app.core.clock import today
from app.core.db import db
from app.core.errors import Forbidden
from app.core.http import safe_next
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed
from app.core.typography import of_fr
from app.desk.alike import people_called, people_like
from app.desk.assistance_policies import can_assist, decides
from app.desk.assistance_queries import last_with
from app.desk.blueprint import bp
from app.desk.comparing import joined_to
from app.desk.duplicate_services import register_apart
from app.desk.finding import find_people
from app.desk.person_forms import DeskPersonForm
from app.desk.sheets import sheet_of


def _once_registered(made: Resident) -> str:
    """The file of someone new; or the sheet where they were waited for, their name looked up."""
    target = safe_next(request.args.get("next"))
    if target is None:
        return url_for(".person", resident_id=made.id)
    name = f"{made.family_name} {made.given_name}".strip()
    return f"{target.partition('?')[0]}?{urlencode({'q': name})}#nom"


def asked_words() -> str:
    """What was typed in the search box, without what no database takes."""
    return request.args.get("q", "").replace("\x00", "").strip()[:100]


@bp.get("")
@allowed(can_register_people)
def index() -> ResponseReturnValue:
    words = asked_words()
    people = find_people(words, page_number()) if words else None
    near = people_called(words, today()) if people is not None and not people.items else []
    return render_template("desk/index.html", words=words, people=people, near=near)


@bp.route("/inscrire", methods=["GET", "POST"])
@allowed(can_register_people)
def register() -> ResponseReturnValue:
    form = DeskPersonForm.beginning_with(asked_words(), today())
    form.with_quartiers(quartier_choices())
    alike = []
    if form.validate_on_submit():
        alike = people_like(form.described(), form.told_apart)
        if not alike:
            made = form.attempt(
                lambda: register_apart(current_user, form.told_apart, **form.person())
            )
            if made is not None:
                flash(_("L’inscription %(of_name)s est faite.", of_name=of_fr(made.given_name)))
                return redirect(_once_registered(made))
        else:
            form.ask_again({one.found.id for one in alike})
    page = render_template("desk/register.html", form=form, alike=alike, languages=LANGUAGES)
    return page, form.status


@bp.get("/personnes/<int:resident_id>")
@allowed(can_register_people)
def person(resident_id: int) -> ResponseReturnValue:
    sheet = sheet_of(resident_id)
    return render_template(
        "desk/person.html",
        sheet=sheet,
        person=sheet.person,
        may_give_code=can_give_code(current_user, sheet.person),
        may_correct=can_correct(current_user, sheet.person),
        may_assist=can_assist(current_user, sheet.person),
        decides=decides(sheet.person) and sheet.person.id != current_user.id,
        adhesions=of_person(resident_id),
        joined=joined_to(resident_id),
        assisted=last_with(current_user.id, resident_id),
    )


@bp.route("/personnes/<int:resident_id>/corriger", methods=["GET", "POST"])
@allowed(can_register_people)
def correct(resident_id: int) -> ResponseReturnValue:
    resident = db.get_or_404(Resident, resident_id)
    if not can_correct(current_user, resident):
        raise Forbidden(_("Vous ne pouvez pas corriger cette fiche."))
    form = DeskPersonForm.of(resident)
    form.with_quartiers(quartier_choices())
    if form.validate_on_submit():
        form.attempt(lambda: correct_person(current_user, resident, **form.person()))
        if not form.refused:
            flash(_("La fiche est à jour."))
            return redirect(url_for(".person", resident_id=resident_id))
    page = render_template("desk/correct.html", form=form, person=resident, languages=LANGUAGES)
    return page, form.status
