"""Families at the desk: link, unlink, gather; and the accounts of those who are 15."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from app.accounts import family_services, household_services
from app.accounts.family_forms import ChildForm, EndLinkForm, LinkForm
from app.accounts.family_models import Guardianship, Household
from app.accounts.family_policies import can_answer_for_children, can_link_families
from app.accounts.family_queries import homes_of
from app.accounts.models import Resident
from app.centre.queries import quartier_choices
from app.core.clock import today
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed
from app.desk import family_queries
from app.desk.blueprint import bp


def _page(person: Resident, form: LinkForm) -> ResponseReturnValue:
    is_child = person.is_under_15_on(today())
    return render_template(
        "desk/family.html",
        person=person,
        is_child=is_child,
        links=family_queries.links_of(person, as_child=is_child),
        homes=homes_of(person.id),
        form=form,
        may_answer=can_answer_for_children(person),
    ), form.status


def _with_card(card: str) -> Resident:
    digits = "".join(filter(str.isdigit, card))
    found = db.session.scalar(select(Resident).where(Resident.card_number == digits))
    if found is None:
        raise Invalid(_("Personne n’a cette carte."), field="card")
    return found


@bp.get("/personnes/<int:resident_id>/famille")
@allowed(can_link_families)
def family(resident_id: int) -> ResponseReturnValue:
    return _page(db.get_or_404(Resident, resident_id), LinkForm())


@bp.post("/personnes/<int:resident_id>/famille/lien")
@allowed(can_link_families)
def link_family(resident_id: int) -> ResponseReturnValue:
    return _joined(resident_id, _link)


@bp.post("/personnes/<int:resident_id>/famille/foyer")
@allowed(can_link_families)
def gather(resident_id: int) -> ResponseReturnValue:
    return _joined(resident_id, household_services.gather)


def _link(desk: Resident, person: Resident, other: Resident) -> None:
    """Whichever of the two pages the desk opened."""
    pair = (other, person) if person.is_under_15_on(today()) else (person, other)
    family_services.link(desk, *pair)


def _joined(resident_id: int, service: Any) -> ResponseReturnValue:
    person, form = db.get_or_404(Resident, resident_id), LinkForm()
    if form.validate_on_submit():
        form.attempt(lambda: service(current_user, person, _with_card(str(form.card.data))))
        if not form.refused:
            flash(_("C’est enregistré."), "success")
            return redirect(url_for(".family", resident_id=resident_id))
    return _page(person, form)


@bp.route("/personnes/<int:resident_id>/famille/enfant", methods=["GET", "POST"])
@allowed(can_link_families)
def add_child(resident_id: int) -> ResponseReturnValue:
    guardian = db.get_or_404(Resident, resident_id)
    form = ChildForm(quartier_id=guardian.quartier_id or 0).with_quartiers(quartier_choices())
    if form.validate_on_submit():
        child = form.attempt(
            lambda: family_services.add_child(current_user, guardian, form.facts())
        )
        if child is not None:
            flash(_("%(child)s est inscrit dans cette famille.", child=child.called), "success")
            return redirect(url_for(".family", resident_id=resident_id))
    return render_template("desk/family_child.html", person=guardian, form=form), form.status


@bp.route("/personnes/<int:resident_id>/famille/liens/<int:link_id>/fin", methods=["GET", "POST"])
@allowed(can_link_families)
def end_family_link(resident_id: int, link_id: int) -> ResponseReturnValue:
    link, form = db.get_or_404(Guardianship, link_id), EndLinkForm()
    if resident_id not in (link.guardian_id, link.child_id) or link.ended_at is not None:
        abort(404)
    if form.validate_on_submit():
        form.attempt(lambda: family_services.end_link(current_user, link, str(form.reason.data)))
        if not form.refused:
            flash(_("Le lien est défait."))
            return redirect(url_for(".family", resident_id=resident_id))
    person = db.session.get_one(Resident, resident_id)
    return render_template("desk/family_end.html", link=link, person=person, form=form), form.status


@bp.post("/personnes/<int:resident_id>/famille/foyers/<int:household_id>/depart")
@allowed(can_link_families)
def part(resident_id: int, household_id: int) -> ResponseReturnValue:
    person, home = db.get_or_404(Resident, resident_id), db.get_or_404(Household, household_id)
    household_services.part(current_user, home, person)
    flash(_("%(name)s n’est plus dans ce foyer.", name=person.full_name))
    return redirect(url_for(".family", resident_id=resident_id))


@bp.get("/comptes-a-remettre")
@allowed(can_link_families)
def to_hand_over() -> ResponseReturnValue:
    return render_template(
        "desk/to_hand_over.html", page=family_queries.to_hand_over(page_number())
    )
