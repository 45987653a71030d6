"""Collectifs: the public list, and the way to form one."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.associations import collectif_queries, collectif_services
from app.associations.blueprint import bp, hidden_page, viewer
from app.associations.collectif_queries import CollectifPage
from app.associations.forms import CollectifForm, InviteForm, ReferentForm
from app.associations.models import Collectif
from app.associations.policies import can_drop
from app.centre.queries import quartier_choices
from app.centre.settings import rule
from app.core.db import db
from app.core.errors import Forbidden
from app.core.forms import options
from app.core.i18n import _
from app.core.limits import limiter
from app.core.pagination import page_number
from app.core.policies import public, signed_in
from app.core.rights import Right


@bp.get("/collectifs")
@public
def collectifs() -> ResponseReturnValue:
    quartiers, person = quartier_choices(), viewer()
    asked = request.args.get("quartier", "")
    quartier = asked if asked in {str(number) for number, _name in quartiers} else ""
    return render_template(
        "associations/collectifs.html",
        page=collectif_queries.formed(page_number(), int(quartier or 0)),
        mine=collectif_queries.my_collectifs(person) if person else [],
        quartiers=quartiers,
        quartier=quartier,
        needed=rule("collectif_members"),
    )


@bp.route("/collectifs/nouveau", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@signed_in
def new_collectif() -> ResponseReturnValue:
    form = CollectifForm(quartier_id=current_user.quartier_id or 0)
    form.with_quartiers(quartier_choices())
    if form.validate_on_submit():
        name, purpose = str(form.name.data), str(form.purpose.data)
        quartier_id = form.quartier_id.data or None
        made = form.attempt(
            lambda: collectif_services.start(current_user, name, purpose, quartier_id)
        )
        if made is not None:
            flash(_("C’est commencé. Invitez maintenant d’autres habitants."), "success")
            return redirect(made.path)
    needed = rule("collectif_members")
    return render_template("associations/collectif_form.html", form=form, needed=needed), (
        form.status
    )


@bp.get("/collectifs/<int:collectif_id>")
@public
def collectif(collectif_id: int) -> ResponseReturnValue:
    rule = collectif_queries.hidden_by(collectif_id)
    if rule is not None and collectif_queries.collectif_page(collectif_id, viewer()) is None:
        return hidden_page(rule)
    return _page(collectif_id, InviteForm())


@bp.post("/collectifs/<int:collectif_id>/invitations")
@limiter.limit("30/hour")
@signed_in
def invite(collectif_id: int) -> ResponseReturnValue:
    row, form = _visible(collectif_id), InviteForm()
    if form.validate_on_submit():
        form.attempt(lambda: collectif_services.invite(current_user, row, str(form.who.data)))
        if not form.refused:
            flash(_("Si cette personne est inscrite, elle est prévenue."), "success")
            return redirect(url_for(".collectif", collectif_id=collectif_id))
    return _page(collectif_id, form)


@bp.post("/collectifs/<int:collectif_id>/rejoindre")
@signed_in
def join_collectif(collectif_id: int) -> ResponseReturnValue:
    collectif_services.accept(current_user, _visible(collectif_id))
    flash(_("Bienvenue dans le collectif !"), "success")
    return redirect(url_for(".collectif", collectif_id=collectif_id))


@bp.post("/collectifs/<int:collectif_id>/decliner")
@signed_in
def decline_collectif(collectif_id: int) -> ResponseReturnValue:
    collectif_services.decline(current_user, _visible(collectif_id))
    flash(_("C’est noté. Vous ne recevrez pas d’autre invitation de ce collectif."))
    return redirect(url_for(".collectifs"))


@bp.route("/collectifs/<int:collectif_id>/quitter", methods=["GET", "POST"])
@signed_in
def leave_collectif(collectif_id: int) -> ResponseReturnValue:
    row = _visible(collectif_id)
    return _confirmed(
        row,
        lambda: collectif_services.leave(current_user, row),
        done=_("Vous avez quitté le collectif."),
        title=_("Quitter ce collectif ?"),
        message=_("Vous ne serez plus compté parmi les membres de « %(name)s ».", name=row.name),
        confirm_label=_("Quitter le collectif"),
    )


@bp.route("/collectifs/<int:collectif_id>/abandonner", methods=["GET", "POST"])
@signed_in
def drop_collectif(collectif_id: int) -> ResponseReturnValue:
    row = _visible(collectif_id)
    if not can_drop(current_user, row):
        raise Forbidden(_("Seul le référent peut abandonner un collectif en formation."))
    return _confirmed(
        row,
        lambda: collectif_services.drop(current_user, row),
        done=_("Le collectif est abandonné."),
        title=_("Abandonner ce collectif ?"),
        message=_("« %(name)s » ne pourra plus être formé.", name=row.name),
        confirm_label=_("Abandonner le collectif"),
    )


@bp.post("/collectifs/<int:collectif_id>/referent")
@signed_in
def name_referent(collectif_id: int) -> ResponseReturnValue:
    row, form = _visible(collectif_id), ReferentForm()
    page = collectif_queries.collectif_page(collectif_id, viewer())
    form.resident_id.choices = options(page.members if page else ())
    if form.validate_on_submit():
        chosen = int(form.resident_id.data)
        form.attempt(lambda: collectif_services.name_referent(current_user, row, chosen))
        if not form.refused:
            flash(_("Le référent a changé."), "success")
            return redirect(url_for(".collectif", collectif_id=collectif_id))
    return _page(collectif_id, InviteForm(formdata=None), form)


def _visible(collectif_id: int) -> Collectif:
    """The collectif, if this person may know of it; 404 otherwise."""
    _seen(collectif_id)
    return db.get_or_404(Collectif, collectif_id)


def _seen(collectif_id: int) -> CollectifPage:
    page = collectif_queries.collectif_page(collectif_id, viewer())
    return page if page is not None else abort(404)


def _page(
    collectif_id: int, form: InviteForm, referent: ReferentForm | None = None
) -> ResponseReturnValue:
    page, person = _seen(collectif_id), viewer()
    leads = person is not None and page.referent_id == person.id and page.status != "dropped"
    if referent is None:
        referent = ReferentForm(formdata=None, resident_id=page.referent_id)
        referent.resident_id.choices = options(page.members)
    oversees = person is not None and person.may(Right.OVERSEE_COLLECTIFS)
    return render_template(
        "associations/collectif.html",
        collectif=page,
        form=form,
        referent=referent,
        leads=leads,
        sees_names=page.standing == "member" or oversees,
        may_drop=page.status == "forming" and (leads or oversees),
        needed=rule("collectif_members"),
    ), max(form.status, referent.status)


def _confirmed(
    row: Collectif, service: Callable[[], None], *, done: str, **words: str
) -> ResponseReturnValue:
    """A page that asks once more, then the act."""
    back = url_for(".collectif", collectif_id=row.id)
    if request.method == "GET":
        return render_template(
            "components/confirm.html", action_url=request.path, cancel_url=back, **words
        )
    service()
    flash(done)
    return redirect(url_for(".collectifs"))
