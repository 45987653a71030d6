"""The directory of associations, and the team's answers."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.associations import collectif_views, connection_views, queries, services
from app.associations.blueprint import bp, hidden_page, viewer
from app.associations.families import FAMILIES
from app.associations.forms import AssociationForm, RefusalForm, filled
from app.associations.models import Association
from app.associations.policies import can_edit, can_review, can_see, represented_ids
from app.associations.publics import PUBLICS
from app.centre.queries import quartier_choices
from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.limits import limiter
from app.core.pagination import page_number
from app.core.policies import allowed, public, signed_in

__all__ = ["bp", "collectif_views", "connection_views"]


@bp.get("/associations")
@public
def index() -> ResponseReturnValue:
    quartiers = quartier_choices()
    words = request.args.get("q", "").strip()[:200]
    family = _asked("domaine", FAMILIES)
    quartier = _asked("quartier", {str(number): name for number, name in quartiers})
    served = _asked("public", PUBLICS)
    page = queries.directory(
        page_number(), words=words, family=family, quartier_id=int(quartier or 0), public=served
    )
    chosen = {"domaine": family, "quartier": quartier, "public": served}
    lists = {"families": FAMILIES, "quartiers": quartiers, "publics": PUBLICS}
    return render_template(
        "associations/index.html", page=page, words=words, chosen=chosen, **lists
    )


@bp.route("/associations/inscrire", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@signed_in
def new() -> ResponseReturnValue:
    form = AssociationForm(quartier_id=0).with_quartiers(quartier_choices())
    if form.validate_on_submit():
        made = form.attempt(lambda: services.list_association(current_user, form.details()))
        if made is not None:
            flash(_("C’est envoyé. L’équipe relit la fiche, puis vous répond."), "success")
            return redirect(made.path)
    return render_template("associations/form.html", form=form, association=None), form.status


@bp.get("/associations/a-valider")
@allowed(can_review)
def review() -> ResponseReturnValue:
    return render_template("associations/review.html", page=queries.waiting(page_number()))


@bp.get("/associations/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    association = queries.association_page(slug)
    person = viewer()
    if association is None:
        abort(404)
    if not can_see(person, association):
        hidden = association.status == "approved"
        return hidden_page(association.hidden_rule) if hidden else abort(404)
    mine = represented_ids(person)
    return render_template(
        "associations/show.html",
        association=association,
        may_edit=can_edit(person, association),
        may_review=person is not None and can_review(person) and association.status == "pending",
        may_connect=bool(mine) and association.id not in mine and association.status == "approved",
        is_mine=association.id in mine,
    )


@bp.route("/associations/<slug>/modifier", methods=["GET", "POST"])
@signed_in
def edit(slug: str) -> ResponseReturnValue:
    association = _visible(slug)
    if not can_edit(viewer(), association):
        raise Forbidden(_("Vous ne pouvez pas modifier cette association."))
    form = AssociationForm(data=filled(association))
    form.with_quartiers(quartier_choices(keep=association.quartier_id))
    if form.validate_on_submit():
        form.attempt(lambda: services.edit(current_user, association, form.details()))
        if not form.refused:
            flash(_("La fiche est enregistrée."), "success")
            return redirect(url_for(".show", slug=slug))
    return render_template(
        "associations/form.html", form=form, association=_visible(slug)
    ), form.status


@bp.post("/associations/<slug>/valider")
@allowed(can_review)
def approve(slug: str) -> ResponseReturnValue:
    services.approve(current_user, _visible(slug))
    flash(_("L’association est dans l’annuaire."), "success")
    return redirect(url_for(".review"))


@bp.route("/associations/<slug>/refuser", methods=["GET", "POST"])
@allowed(can_review)
def refuse(slug: str) -> ResponseReturnValue:
    association, form = _visible(slug), RefusalForm()
    if form.validate_on_submit():
        form.attempt(lambda: services.refuse(current_user, association, str(form.reason.data)))
        if not form.refused:
            flash(_("La personne qui l’a inscrite est prévenue."), "success")
            return redirect(url_for(".review"))
    return render_template("associations/refuse.html", form=form, association=association), (
        form.status
    )


def _visible(slug: str) -> Association:
    """The association, if this person may know of it; 404 otherwise."""
    association = queries.association_by_slug(slug)
    if association is None or not can_see(viewer(), association):
        abort(404)
    return association


def _asked(name: str, known: dict[str, object]) -> str:
    """A filter of the address, if it is one that exists."""
    value = request.args.get(name, "")
    return value if value in known else ""
