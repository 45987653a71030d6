"""The queue, and what a moderator does of a case."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.forms import Form
from app.core.i18n import _, _n
from app.core.pagination import page_number
from app.core.policies import allowed
from app.moderation import bulk, cases, queries
from app.moderation.blueprint import bp, me, readable_case
from app.moderation.case_queries import case_page
from app.moderation.cases import Choice, can_undo, is_alone, last_ruling
from app.moderation.forms import EditForm, HideForm, VersionForm, edit_form
from app.moderation.models import EDITED, HIDDEN, KEPT, Case
from app.moderation.policies import can_decide, can_moderate, can_sanction, can_see_sanctions


def _wanted() -> str:
    asked = request.args.get("filtre", "")
    return asked if asked in queries.FILTERS else "a-lire"


@bp.get("/moderation")
@allowed(can_moderate)
def queue() -> ResponseReturnValue:
    return _listed(Form(formdata=None))


@bp.post("/moderation/publicite")
@allowed(can_moderate)
def spam() -> ResponseReturnValue:
    chosen = [int(one) for one in request.form.getlist("cases") if one.isdigit() and len(one) < 10]
    form = Form()
    done = form.attempt(lambda: bulk.hide_as_spam(chosen, me(), silence="silence" in request.form))
    if done is None:
        return _listed(form)
    hidden, left = done
    flash(_n("%(num)d contenu masqué.", "%(num)d contenus masqués.", hidden), "success")
    if left:
        flash(_n("%(num)d contenu n’a pas changé.", "%(num)d contenus n’ont pas changé.", left))
    return redirect(url_for(".queue"))


def _listed(form: Form) -> ResponseReturnValue:
    """The queue; above it, what a refusal says."""
    wanted = _wanted()
    return render_template(
        "moderation/queue.html",
        form=form,
        page=queries.queue(me(), wanted, page_number()),
        counts=queries.counts(me()),
        wanted=wanted,
        may_sanction=can_see_sanctions(me()),
    ), form.status


@bp.get("/moderation/<int:case_id>")
@allowed(can_moderate)
def case(case_id: int) -> ResponseReturnValue:
    return _shown(case_id)


@bp.post("/moderation/<int:case_id>/publication")
@allowed(can_moderate)
def keep(case_id: int) -> ResponseReturnValue:
    form = VersionForm()
    return _ruled(case_id, form, lambda: Choice(KEPT), _("Le contenu est en ligne."))


@bp.post("/moderation/<int:case_id>/masquage")
@allowed(can_moderate)
def hide(case_id: int) -> ResponseReturnValue:
    form = HideForm(prefix="masquer-")
    done = _("Le contenu est masqué. Son auteur est prévenu.")
    return _ruled(
        case_id,
        form,
        lambda: Choice(HIDDEN, form.rule.data, form.words.data or ""),
        done,
        hiding=form,
    )


@bp.post("/moderation/<int:case_id>/correction")
@allowed(can_moderate)
def correct(case_id: int) -> ResponseReturnValue:
    _case, kind, content = readable_case(case_id)
    form = edit_form(kind, content)
    done = _("Le texte est modifié. Son auteur est prévenu.")
    return _ruled(
        case_id,
        form,
        lambda: Choice(EDITED, form.rule.data, str(form.words.data), form.texts()),
        done,
        editing=form,
    )


@bp.post("/moderation/<int:case_id>/annulation")
@allowed(can_moderate)
def undo(case_id: int) -> ResponseReturnValue:
    found, _kind, _content = readable_case(case_id)
    form = VersionForm()
    form.attempt(lambda: cases.undo(found, me(), form.version_seen))
    if form.refused:
        return _shown(case_id, keeping=form)
    flash(_("Votre décision est annulée. Le contenu revient dans la file."))
    return redirect(url_for(".case", case_id=case_id))


def _ruled(
    case_id: int,
    form: VersionForm,
    choice: Callable[[], Choice],
    done: str,
    *,
    hiding: HideForm | None = None,
    editing: EditForm | None = None,
) -> ResponseReturnValue:
    """Decide, then go back to the queue; a refusal shows the case as it is now."""
    found, _kind, _content = readable_case(case_id)
    if form.validate_on_submit():
        form.attempt(lambda: cases.decide(found, me(), form.version_seen, choice()))
        if not form.refused:
            flash(done, "success")
            return redirect(url_for(".queue"))
    return _shown(case_id, keeping=form, hiding=hiding, editing=editing)


def _shown(
    case_id: int,
    *,
    keeping: VersionForm | None = None,
    hiding: HideForm | None = None,
    editing: EditForm | None = None,
) -> ResponseReturnValue:
    found, kind, content = readable_case(case_id)
    version = str(found.version)
    forms = [form for form in (keeping, hiding, editing) if form is not None]
    for form in forms:
        form.version.data = version
    ruling = last_ruling(found)
    return render_template(
        "moderation/case.html",
        case=found,
        page=case_page(found, kind, content),
        next_id=queries.next_case(me(), found),
        version=version,
        faulty=forms[0] if forms else None,
        hiding=hiding or HideForm(formdata=None, prefix="masquer-", version=version),
        editing=editing or edit_form(kind, content, version=version),
        editing_is_open=editing is not None,
        may_decide=_may_decide(found),
        may_undo=ruling is not None and found.decided_at is not None and can_undo(me(), ruling),
        may_sanction=found.author is not None and can_sanction(me(), found.author),
    ), max((form.status for form in forms), default=200)


def _may_decide(found: Case) -> bool:
    return can_decide(me(), found) or can_decide(me(), found, is_alone=is_alone(found, me()))
