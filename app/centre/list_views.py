"""Quartiers and categories, through the same pages."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.centre import list_services, queries
from app.centre.blueprint import bp
from app.centre.forms import CategoryForm, QuartierForm
from app.centre.models import Category, Quartier
from app.centre.policies import can_change_settings
from app.core.db import db
from app.core.i18n import _, _l
from app.core.policies import allowed


@dataclass(frozen=True)
class Kind:
    """One of the two lists: its table, its form, its words."""

    table: type[Quartier | Category]
    form: type[QuartierForm | CategoryForm]
    title: Any
    lead: Any
    add: Any


KINDS = {
    "quartiers": Kind(
        Quartier,
        QuartierForm,
        _l("Quartiers"),
        _l("Ils servent à situer les personnes, les propositions, les actions et les chiffres."),
        _l("Ajouter un quartier"),
    ),
    "categories": Kind(
        Category,
        CategoryForm,
        _l("Catégories"),
        _l("Elles disent de quoi parle une proposition."),
        _l("Ajouter une catégorie"),
    ),
}


@bp.route("/<listing>", methods=["GET", "POST"])
@allowed(can_change_settings)
def listed(listing: str) -> ResponseReturnValue:
    form = _kind(listing).form()
    if form.validate_on_submit():
        form.attempt(lambda: _add(form))
        if not form.refused:
            flash(_("C’est ajouté à la fin de la liste."), "success")
            return redirect(url_for(".listed", listing=listing))
    rows = queries.rows_of(_kind(listing).table)
    words = _kind(listing)
    page = render_template("centre/list.html", form=form, rows=rows, listing=listing, words=words)
    return page, form.status


@bp.route("/<listing>/<int:row_id>", methods=["GET", "POST"])
@allowed(can_change_settings)
def edit(listing: str, row_id: int) -> ResponseReturnValue:
    row = _row(listing, row_id)
    form = _kind(listing).form(obj=row)
    if form.validate_on_submit():
        name, is_qpv = str(form.name.data), bool(form.data.get("is_qpv"))
        form.attempt(lambda: list_services.rename(current_user, row, name, is_qpv=is_qpv))
        if not form.refused:
            flash(_("C’est enregistré."), "success")
            return redirect(url_for(".listed", listing=listing))
    words = _kind(listing)
    page = render_template("centre/edit.html", form=form, row=row, listing=listing, words=words)
    return page, form.status


@bp.post("/<listing>/<int:row_id>/place")
@allowed(can_change_settings)
def move_up(listing: str, row_id: int) -> ResponseReturnValue:
    list_services.move(current_user, _row(listing, row_id), up=True)
    return redirect(url_for(".listed", listing=listing))


@bp.post("/<listing>/<int:row_id>/place-suivante")
@allowed(can_change_settings)
def move_down(listing: str, row_id: int) -> ResponseReturnValue:
    list_services.move(current_user, _row(listing, row_id), up=False)
    return redirect(url_for(".listed", listing=listing))


@bp.post("/<listing>/<int:row_id>/retrait")
@allowed(can_change_settings)
def retire(listing: str, row_id: int) -> ResponseReturnValue:
    row = _row(listing, row_id)
    list_services.retire(current_user, row)
    flash(_("« %(name)s » n’est plus proposé. Vous pouvez le remettre.", name=row.name), "success")
    return redirect(url_for(".listed", listing=listing))


@bp.post("/<listing>/<int:row_id>/retour")
@allowed(can_change_settings)
def restore(listing: str, row_id: int) -> ResponseReturnValue:
    row = _row(listing, row_id)
    list_services.restore(current_user, row)
    flash(_("« %(name)s » est de nouveau proposé.", name=row.name), "success")
    return redirect(url_for(".listed", listing=listing))


def _kind(listing: str) -> Kind:
    if listing not in KINDS:
        abort(404)
    return KINDS[listing]


def _row(listing: str, row_id: int) -> Quartier | Category:
    return db.get_or_404(_kind(listing).table, row_id)


def _add(form: QuartierForm | CategoryForm) -> None:
    name = str(form.name.data)
    if isinstance(form, QuartierForm):
        list_services.add_quartier(current_user, name, is_qpv=bool(form.is_qpv.data))
    else:
        list_services.add_category(current_user, name)
