"""The comités: the list, one comité, joining it, looking after it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.bodies import closing_services, comite_queries, comite_services, subscription_services
from app.bodies.blueprint import bp, found_body, found_meeting, only_if, viewer
from app.bodies.comite_forms import ComiteForm, DocumentForm, PurposeForm
from app.bodies.models import COMITE, CONSEIL, AgendaItem, Body, BodyDocument
from app.bodies.policies import can_create_body, can_manage_body, can_see_roster
from app.bodies.queries import is_member, is_subscribed
from app.core.db import db
from app.core.i18n import _
from app.core.policies import allowed, public, signed_in


def home_of(body: Body) -> str:
    """The page of an instance."""
    if body.kind == CONSEIL:
        return url_for("bodies.conseil")
    return url_for("bodies.show", slug=body.slug)


@bp.get("/comites")
@public
def comites() -> ResponseReturnValue:
    return render_template("bodies/comites.html", comites=comite_queries.comite_cards())


@bp.route("/comites/nouveau", methods=["GET", "POST"])
@allowed(can_create_body)
def new_comite() -> ResponseReturnValue:
    form = ComiteForm()
    if form.validate_on_submit():
        name, theme, purpose = str(form.name.data), str(form.theme.data), form.purpose.data or ""
        body = form.attempt(
            lambda: comite_services.create_body(current_user, name, theme=theme, purpose=purpose)
        )
        if body is not None:
            flash(_("Le comité est ouvert."), "success")
            return redirect(url_for(".show", slug=body.slug))
    return render_template("bodies/new_comite.html", form=form), form.status


@bp.get("/comites/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    if body.kind != COMITE:
        return redirect(url_for(".conseil"))
    person = viewer()
    member = person is not None and is_member(body.id, person.id)
    page = comite_queries.comite_page(body)
    told = is_subscribed(body.id, person)
    return render_template("bodies/show.html", body=body, page=page, member=member, told=told)


@bp.post("/comites/<slug>/rejoindre")
@signed_in
def join_comite(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    comite_services.join(body, current_user)
    flash(_("Vous êtes membre. Nous vous préviendrons des réunions."), "success")
    return redirect(url_for(".show", slug=slug))


@bp.post("/comites/<slug>/quitter")
@signed_in
def leave_comite(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    comite_services.leave(body, current_user)
    flash(_("Vous n’êtes plus membre. Vous pouvez revenir quand vous voulez."))
    return redirect(url_for(".show", slug=slug))


@bp.post("/comites/<slug>/prevenir")
@signed_in
def subscribe(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    subscription_services.subscribe(body, current_user)
    flash(_("C’est noté : nous vous préviendrons de chaque compte rendu."), "success")
    return redirect(home_of(body))


@bp.post("/comites/<slug>/ne-plus-prevenir")
@signed_in
def unsubscribe(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    subscription_services.unsubscribe(body, current_user)
    flash(_("C’est noté : vous ne serez plus prévenu des comptes rendus."))
    return redirect(home_of(body))


@bp.get("/comites/<slug>/membres")
@signed_in
def comite_members(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    member = is_member(body.id, current_user.id)
    only_if(body.kind == COMITE and can_see_roster(viewer(), body, is_member=member))
    names = comite_queries.roster(body.id)
    return render_template("bodies/comite_members.html", body=body, names=names)


@bp.route("/comites/<slug>/modifier", methods=["GET", "POST"])
@signed_in
def edit_comite(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    only_if(can_manage_body(viewer(), body))
    form = PurposeForm(obj=body)
    if form.validate_on_submit():
        comite_services.change_purpose(current_user, body, form.purpose.data or "")
        flash(_("La présentation est enregistrée."), "success")
        return redirect(home_of(body))
    return render_template(
        "bodies/edit_comite.html", form=form, body=body, back=home_of(body)
    ), form.status


@bp.get("/comites/<slug>/fermer")
@allowed(can_create_body)
def confirm_close_comite(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    return render_template("bodies/confirm_close.html", body=body, back=home_of(body))


@bp.post("/comites/<slug>/fermer")
@allowed(can_create_body)
def close_comite(slug: str) -> ResponseReturnValue:
    closing_services.close_body(current_user, found_body(slug))
    flash(_("C’est fermé. Ses comptes rendus et ses décisions restent lisibles."))
    return redirect(url_for(".comites"))


@bp.route("/comites/<slug>/documents", methods=["GET", "POST"])
@signed_in
def comite_documents(slug: str) -> ResponseReturnValue:
    body = found_body(slug)
    only_if(can_manage_body(viewer(), body))
    form = DocumentForm()
    if form.validate_on_submit():
        title, upload = str(form.title.data), form.file.data
        form.attempt(lambda: comite_services.add_document(current_user, body, title, upload))
        if not form.refused:
            flash(_("Le document est en ligne."), "success")
            return redirect(url_for(".comite_documents", slug=slug))
    kept = comite_queries.documents(body.id)
    return render_template(
        "bodies/documents.html", form=form, body=body, documents=kept, back=home_of(body)
    ), form.status


@bp.route("/reunions/points/<int:item_id>/documents", methods=["GET", "POST"])
@signed_in
def point_documents(item_id: int) -> ResponseReturnValue:
    item = db.get_or_404(AgendaItem, item_id)
    body = found_meeting(item.meeting_id).body
    only_if(can_manage_body(viewer(), body))
    form = DocumentForm()
    if form.validate_on_submit():
        title, upload = str(form.title.data), form.file.data
        form.attempt(lambda: comite_services.add_document(current_user, body, title, upload, item))
        if not form.refused:
            flash(_("Le document est en ligne."), "success")
            return redirect(url_for(".point_documents", item_id=item_id))
    kept = comite_queries.documents_of_points(item.meeting_id).get(item_id, [])
    back = url_for(".meeting", meeting_id=item.meeting_id)
    return render_template(
        "bodies/documents.html", form=form, body=body, point=item, documents=kept, back=back
    ), form.status


@bp.get("/comites/<slug>/documents/<int:document_id>/retirer")
@signed_in
def confirm_remove_document(slug: str, document_id: int) -> ResponseReturnValue:
    body = found_body(slug)
    only_if(can_manage_body(viewer(), body))
    document = _document(body, document_id)
    return render_template("bodies/confirm_remove_document.html", body=body, document=document)


@bp.post("/comites/<slug>/documents/<int:document_id>/retirer")
@signed_in
def remove_document(slug: str, document_id: int) -> ResponseReturnValue:
    comite_services.remove_document(current_user, _document(found_body(slug), document_id))
    flash(_("Le document n’est plus sur la page."))
    return redirect(url_for(".comite_documents", slug=slug))


def _document(body: Body, document_id: int) -> BodyDocument:
    document = db.session.get(BodyDocument, document_id)
    if document is None or document.body_id != body.id:
        abort(404)
    return document
