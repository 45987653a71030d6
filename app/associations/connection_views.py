"""Asking to meet another association, and answering."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.associations import connection_services, queries
from app.associations.blueprint import bp, viewer
from app.associations.connection_queries import my_connections
from app.associations.forms import ConnectionForm
from app.associations.models import Association, Connection
from app.associations.policies import can_answer, can_see, can_withdraw, represented_ids
from app.core.db import db
from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.limits import limiter
from app.core.pagination import page_number
from app.core.policies import signed_in


@bp.get("/associations/mes-mises-en-lien")
@signed_in
def connections() -> ResponseReturnValue:
    return render_template(
        "associations/connections.html",
        mine=queries.my_associations(current_user),
        page=my_connections(current_user, page_number()),
    )


@bp.route("/associations/<slug>/rencontrer", methods=["GET", "POST"])
@limiter.limit("30/hour", methods=["POST"])
@signed_in
def ask(slug: str) -> ResponseReturnValue:
    asked = queries.association_by_slug(slug)
    if asked is None or not can_see(viewer(), asked):
        abort(404)
    choices = _askers(asked)
    form = ConnectionForm(from_id=choices[0][0]).for_associations(choices)
    if form.validate_on_submit():
        asker, message = db.get_or_404(Association, form.from_id.data), str(form.message.data or "")
        form.attempt(lambda: connection_services.ask(current_user, asker, asked, message))
        if not form.refused:
            flash(_("C’est envoyé. Vous serez prévenu de la réponse."), "success")
            return redirect(url_for(".connections"))
    return render_template("associations/ask.html", form=form, asked=asked), form.status


@bp.post("/associations/mises-en-lien/<int:connection_id>/accepter")
@signed_in
def accept(connection_id: int) -> ResponseReturnValue:
    connection_services.accept(current_user, _mine(connection_id))
    flash(_("Vous êtes en lien. À vous de convenir d’un rendez-vous !"), "success")
    return redirect(url_for(".connections"))


@bp.post("/associations/mises-en-lien/<int:connection_id>/decliner")
@signed_in
def decline(connection_id: int) -> ResponseReturnValue:
    connection_services.decline(current_user, _mine(connection_id))
    flash(_("Votre réponse est transmise."))
    return redirect(url_for(".connections"))


@bp.post("/associations/mises-en-lien/<int:connection_id>/retirer")
@signed_in
def withdraw(connection_id: int) -> ResponseReturnValue:
    connection_services.withdraw(current_user, _mine(connection_id))
    flash(_("Votre demande est retirée."))
    return redirect(url_for(".connections"))


def _askers(asked: Association) -> list[tuple[int, str]]:
    """The person's approved associations, to meet one that is not theirs."""
    mine = [
        (row.id, row.name)
        for row in queries.my_associations(current_user)
        if row.id in represented_ids(viewer()) and row.status == "approved"
    ]
    if not mine or asked.status != "approved" or asked.id in represented_ids(viewer()):
        raise Forbidden(_("Il faut parler au nom d’une autre association de l’annuaire."))
    return mine


def _mine(connection_id: int) -> Connection:
    """A connection of one of the person's associations; 404 to anyone else."""
    connection = db.get_or_404(Connection, connection_id)
    if not can_answer(current_user, connection) and not can_withdraw(current_user, connection):
        abort(404)
    return connection
