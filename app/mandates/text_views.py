"""The règlement intérieur and the charter of each instance."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import CHILDREN
from app.bodies.blueprint import found_body, only_if
from app.bodies.models import Body, Meeting
from app.bodies.policies import can_manage_body
from app.bodies.queries import is_member
from app.core.db import db
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.policies import public, signed_in
from app.mandates import text_labels, text_queries, text_services
from app.mandates.blueprint import bp, viewer
from app.mandates.comparing import differences
from app.mandates.text_forms import AdoptForm, AmendForm, VersionForm
from app.mandates.text_models import TextAmendment, TextVersion
from app.mandates.text_services import latest


@bp.get("/textes/<slug>/<text_kind>")
@public
def text(slug: str, text_kind: str) -> ResponseReturnValue:
    body = _body(slug, text_kind)
    return render_template(
        "mandates/text.html",
        body=body,
        kind=text_kind,
        current=text_queries.in_force(body.id, text_kind),
        versions=text_queries.versions(body.id, text_kind),
        words=text_labels,
    )


@bp.route("/textes/<slug>/<text_kind>/nouvelle", methods=["GET", "POST"])
@signed_in
def new_version(slug: str, text_kind: str) -> ResponseReturnValue:
    body = _body(slug, text_kind)
    only_if(can_manage_body(viewer(), body))
    last = latest(body.id, text_kind)
    form = VersionForm(content=last.content if last else "")
    if form.validate_on_submit():
        content, why = str(form.content.data), form.why.data or ""
        made = form.attempt(
            lambda: text_services.propose_version(current_user, body, text_kind, content, why)
        )
        if made is not None:
            flash(_("La version est proposée. Les membres sont prévenus."), "success")
            return redirect(text_services.address(made))
    return render_template(
        "mandates/new_version.html", form=form, body=body, kind=text_kind, words=text_labels
    ), form.status


@bp.route("/textes/<slug>/<text_kind>/versions/<int:version>", methods=["GET", "POST"])
@public
@limiter.limit("30/hour", key_func=by_person, methods=["POST"])
def text_version(slug: str, text_kind: str, version: int) -> ResponseReturnValue:
    found, form = _version(slug, text_kind, version), AmendForm()
    if form.validate_on_submit():
        only_if(current_user.is_authenticated)
        said, passage = str(form.words.data), form.passage.data or ""
        form.attempt(lambda: text_services.amend(current_user, found, said, passage))
        if not form.refused:
            flash(_("Votre proposition de changement est notée."), "success")
            return redirect(text_services.address(found))
    return render_template("mandates/text_version.html", form=form, **_page(found)), form.status


@bp.post("/textes/amendements/<int:amendment_id>/<answer>")
@signed_in
def answer_amendment(amendment_id: int, answer: str) -> ResponseReturnValue:
    said = db.get_or_404(TextAmendment, amendment_id)
    text_services.answer_amendment(current_user, said, taken=answer == "repris")
    flash(_("La réponse est notée."))
    return redirect(text_services.address(said.version))


@bp.route("/textes/<slug>/<text_kind>/versions/<int:version>/adopter", methods=["GET", "POST"])
@signed_in
def adopt_version(slug: str, text_kind: str, version: int) -> ResponseReturnValue:
    found = _version(slug, text_kind, version)
    only_if(can_manage_body(viewer(), found.body))
    form = AdoptForm().offering(text_queries.held_meetings(found.body_id))
    if form.validate_on_submit():
        assert form.on.data is not None
        on, meeting = form.on.data, db.session.get(Meeting, form.meeting.data or 0)
        form.attempt(lambda: text_services.adopt(current_user, found, on, meeting))
        if not form.refused:
            flash(_("La version est adoptée. Elle ne change plus."), "success")
            return redirect(url_for(".text", slug=slug, text_kind=text_kind))
    return render_template(
        "mandates/adopt_version.html", form=form, version=found, words=text_labels
    ), form.status


def _body(slug: str, kind: str) -> Body:
    if kind not in text_labels.KINDS:
        abort(404)
    return found_body(slug)


def _version(slug: str, kind: str, number: int) -> TextVersion:
    return text_queries.version_of(_body(slug, kind).id, kind, number) or abort(404)


def _page(version: TextVersion) -> dict[str, object]:
    """What the page of a version shows, to whoever looks at it."""
    me, body = viewer(), version.body
    before = text_queries.in_force(body.id, version.kind, version.number)
    manages = can_manage_body(me, body)
    member = me is not None and (manages or is_member(body.id, me.id))
    # In the comité of children nobody reads another's words before a référent has.
    alone = me.id if me is not None and body.theme == CHILDREN and not manages else None
    last = latest(body.id, version.kind)
    return {
        "version": version,
        "body": body,
        "before": before,
        "pieces": differences(before.content, version.content) if before else [],
        "amendments": text_queries.amendments(version.id, alone) if member else [],
        "is_open": version.adopted_on is None and last is version,
        "member": member,
        "manages": manages,
        "words": text_labels,
    }
