"""The team keeps partners, their contacts and the list of missions."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.centre.queries import quartier_choices
from app.core.db import db
from app.core.i18n import _
from app.core.policies import allowed
from app.partners import queries, services
from app.partners.blueprint import bp
from app.partners.forms import (
    ContactForm,
    MissionForm,
    PartnerForm,
    filled_contact,
    filled_partner,
)
from app.partners.models import Contact, Mission, Partner
from app.partners.policies import can_keep_partners


def found_partner(slug: str) -> Partner:
    """The partner of this address, put away or not; 404 when there is none."""
    return queries.partner_by_slug(slug) or abort(404)


@bp.route("/partenaires/nouveau", methods=["GET", "POST"])
@allowed(can_keep_partners)
def new() -> ResponseReturnValue:
    form = PartnerForm().offering(queries.mission_choices(), quartier_choices())
    if form.validate_on_submit():
        made = form.attempt(lambda: services.add_partner(current_user, form.details()))
        if made is not None:
            flash(_("Le partenaire est dans l’annuaire."), "success")
            return redirect(made.path)
    return render_template("partners/form.html", form=form, partner=None), form.status


@bp.route("/partenaires/<slug>/modifier", methods=["GET", "POST"])
@allowed(can_keep_partners)
def edit(slug: str) -> ResponseReturnValue:
    partner = found_partner(slug)
    start = filled_partner(partner)
    missions = queries.mission_choices([mission.id for mission in partner.missions])
    known = {number for number, _name in quartier_choices()}
    kept = [(one.id, one.name) for one in partner.quartiers if one.id not in known]
    form = PartnerForm(data=start).offering(missions, [*quartier_choices(), *kept])
    if form.validate_on_submit():
        form.attempt(lambda: services.edit_partner(current_user, partner, form.details()))
        if not form.refused:
            flash(_("La fiche est enregistrée."), "success")
            return redirect(url_for(".show", slug=slug))
    return render_template("partners/form.html", form=form, partner=partner), form.status


@bp.post("/partenaires/<slug>/ranger")
@allowed(can_keep_partners)
def archive(slug: str) -> ResponseReturnValue:
    services.archive_partner(current_user, found_partner(slug))
    flash(_("Le partenaire est rangé. Vous pouvez le remettre dans l’annuaire."))
    return redirect(url_for(".show", slug=slug))


@bp.post("/partenaires/<slug>/remettre")
@allowed(can_keep_partners)
def restore(slug: str) -> ResponseReturnValue:
    services.restore_partner(current_user, found_partner(slug))
    flash(_("Le partenaire est de nouveau dans l’annuaire."), "success")
    return redirect(url_for(".show", slug=slug))


@bp.route("/partenaires/<slug>/contacts/nouveau", methods=["GET", "POST"])
@allowed(can_keep_partners)
def new_contact(slug: str) -> ResponseReturnValue:
    partner, form = found_partner(slug), ContactForm()
    if form.validate_on_submit():
        form.attempt(lambda: services.save_contact(current_user, partner, form.details()))
        if not form.refused:
            flash(_("Le contact est noté."), "success")
            return redirect(url_for(".show", slug=slug))
    return render_template("partners/contact.html", form=form, partner=partner), form.status


@bp.route("/partenaires/contacts/<int:contact_id>", methods=["GET", "POST"])
@allowed(can_keep_partners)
def edit_contact(contact_id: int) -> ResponseReturnValue:
    contact = db.get_or_404(Contact, contact_id)
    partner, form = contact.partner, ContactForm(data=filled_contact(contact))
    if form.validate_on_submit():
        form.attempt(lambda: services.save_contact(current_user, partner, form.details(), contact))
        if not form.refused:
            flash(_("Le contact est enregistré."), "success")
            return redirect(partner.path)
    return render_template(
        "partners/contact.html", form=form, partner=partner, contact_id=contact_id
    ), form.status


@bp.route("/partenaires/contacts/<int:contact_id>/retirer", methods=["GET", "POST"])
@allowed(can_keep_partners)
def remove_contact(contact_id: int) -> ResponseReturnValue:
    contact = db.get_or_404(Contact, contact_id)
    partner, name = contact.partner, contact.name
    if request.method == "POST":
        services.remove_contact(current_user, contact_id)
        flash(_("Le contact est effacé."))
        return redirect(partner.path)
    return render_template("partners/remove_contact.html", partner=partner, name=name)


@bp.route("/partenaires/missions", methods=["GET", "POST"])
@allowed(can_keep_partners)
def missions() -> ResponseReturnValue:
    form = MissionForm()
    if form.validate_on_submit():
        form.attempt(lambda: services.add_mission(current_user, str(form.name.data)))
        if not form.refused:
            flash(_("La mission est dans la liste."), "success")
            return redirect(url_for(".missions"))
    return render_template(
        "partners/missions.html", form=form, rows=queries.mission_rows()
    ), form.status


@bp.post("/partenaires/missions/<int:mission_id>/retirer")
@allowed(can_keep_partners)
def retire_mission(mission_id: int) -> ResponseReturnValue:
    services.retire_mission(current_user, db.get_or_404(Mission, mission_id), retired=True)
    flash(_("La mission n’est plus proposée. Vous pouvez la remettre."))
    return redirect(url_for(".missions"))


@bp.post("/partenaires/missions/<int:mission_id>/remettre")
@allowed(can_keep_partners)
def restore_mission(mission_id: int) -> ResponseReturnValue:
    services.retire_mission(current_user, db.get_or_404(Mission, mission_id), retired=False)
    flash(_("La mission est de nouveau proposée."), "success")
    return redirect(url_for(".missions"))
