"""The rules of the house, reporting what breaks them, and answering when one's words are held."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.policies import public, signed_in
from app.moderation import cases, reports
from app.moderation.blueprint import bp, found, me, own_case
from app.moderation.case_queries import rulings_of
from app.moderation.forms import ContestForm, ReportForm
from app.moderation.models import Case
from app.moderation.opening import case_of
from app.moderation.policies import can_contest, can_read_case, can_report
from app.moderation.statistics import transparency


@bp.get("/charte")
@public
def charter() -> ResponseReturnValue:
    return render_template("moderation/charter.html", figures=transparency())


@bp.route("/signaler/<kind>/<int:content_id>", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"], key_func=by_person)
@signed_in
def report(kind: str, content_id: int) -> ResponseReturnValue:
    about, content = found(kind, content_id)
    if not content.is_shown or not about.sees(me(), content):
        abort(404)
    if not can_report(me(), content, about.author_id(content)):
        raise Forbidden(_("Ce contenu ne peut pas être signalé."))
    form = ReportForm()
    if form.validate_on_submit():
        rule, words = str(form.rule.data), form.words.data or ""
        case = form.attempt(lambda: reports.report(me(), about, content, rule, words))
        if case is not None:
            return _thanks(case, about.url(content))
    shown = {"kind": about, "title": about.title(content), "url": about.url(content)}
    shown["texts"] = [text for text in about.words(content).values() if text]
    shown["reported_at"] = reports.reported_at(me(), about, content)
    return render_template("moderation/report.html", form=form, **shown), form.status


def _thanks(case: Case, url: str) -> ResponseReturnValue:
    flash(_("Merci. L’équipe va lire ce contenu. Vous saurez quand ce sera fait."), "success")
    if can_read_case(me(), case) and me().id != case.author_id:
        return redirect(url_for(".case", case_id=case.id))
    return redirect(url)


@bp.get("/moderation/contenu/<kind>/<int:content_id>")
@signed_in
def about(kind: str, content_id: int) -> ResponseReturnValue:
    """From a content to what was decided of it: the author's page, or the moderators'."""
    case = case_of(found(kind, content_id)[0], content_id) or abort(404)
    if case.author_id == me().id:
        return redirect(url_for(".contest", case_id=case.id))
    if not can_read_case(me(), case):
        abort(404)
    return redirect(url_for(".case", case_id=case.id))


@bp.route("/moderation/<int:case_id>/contester", methods=["GET", "POST"])
@limiter.limit("10/hour", methods=["POST"], key_func=by_person)
@signed_in
def contest(case_id: int) -> ResponseReturnValue:
    case, kind, content = own_case(case_id)
    form = ContestForm()
    if form.validate_on_submit():
        form.attempt(lambda: cases.contest(case, me(), str(form.words.data)))
        if not form.refused:
            flash(_("C’est noté. Une autre personne relit votre texte, et vous répond."), "success")
            return redirect(url_for(".contest", case_id=case_id))
    return render_template(
        "moderation/contest.html",
        case=case,
        kind=kind,
        content=content,
        rulings=rulings_of(case),
        form=form,
        may_contest=can_contest(me(), case),
    ), form.status
