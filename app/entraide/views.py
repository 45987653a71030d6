"""Offers and requests: the list, one notice, writing one, making it last, taking it down."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.centre.queries import quartier_choices
from app.centre.settings import rule
from app.core.clock import today
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.pagination import page_number
from app.core.policies import allowed, signed_in
from app.entraide import apart, policies, queries, services, thread_queries, thread_views
from app.entraide.blueprint import bp, me, own_notice, seen_notice
from app.entraide.forms import MessageForm, NoticeForm
from app.entraide.models import REQUEST, HelpNotice
from app.entraide.threads import answer, thread_of
from app.entraide.words import BY_SLUG, KINDS, SLUGS
from app.proposals.holding import cause_to_wait

__all__ = ["bp", "thread_views"]


@bp.get("/entraide")
@signed_in
def index() -> ResponseReturnValue:
    if not policies.can_join(me()):
        return render_template("entraide/not_yet.html", me=me())
    quartiers, filters = quartier_choices(), _filters()
    page = queries.live_notices(me(), filters, page_number())
    return render_template(
        "entraide/index.html",
        page=page,
        filters=filters,
        quartiers=quartiers,
        mine=me().quartier_id,
        waiting=thread_queries.my_turn_count(me()),
    )


@bp.get("/entraide/miennes")
@allowed(policies.can_join)
def mine() -> ResponseReturnValue:
    page, waiting = queries.my_notices(me(), page_number()), thread_queries.my_turn_count(me())
    return render_template("entraide/mine.html", page=page, waiting=waiting)


@bp.route("/entraide/nouvelle", methods=["GET", "POST"])
@limiter.limit("10/hour", methods=["POST"], key_func=by_person)
@allowed(policies.can_join)
def new() -> ResponseReturnValue:
    side = BY_SLUG.get(request.args.get("cote", ""), REQUEST)
    form = NoticeForm().offered(me())
    if form.validate_on_submit():
        made = form.attempt(lambda: services.publish(me(), form.writing(side)))
        if made is not None:
            return _published(made)
    return render_template(
        "entraide/new.html",
        form=form,
        side=side,
        me=me(),
        days=rule("help_days"),
        furthest=services.furthest_day(),
        waits=cause_to_wait(me(), None, None) is not None,
    ), form.status


@bp.get("/entraide/<int:notice_id>")
@allowed(policies.can_join)
def show(notice_id: int) -> ResponseReturnValue:
    return _page(seen_notice(notice_id), MessageForm(formdata=None), 200)


@bp.post("/entraide/<int:notice_id>/reponses")
@limiter.limit("20/hour", key_func=by_person)
@allowed(policies.can_join)
def reply(notice_id: int) -> ResponseReturnValue:
    notice, form = seen_notice(notice_id), MessageForm()
    if form.validate_on_submit():
        text, sure = str(form.text.data), form.sure.data == "1"
        thread = form.attempt(lambda: answer(notice, me(), text, sure=sure))
        if thread is not None:
            flash(_("Votre message est parti. La réponse arrivera ici."), "success")
            return redirect(url_for(".thread", thread_id=thread.id))
    return _page(notice, form, form.status)


@bp.post("/entraide/<int:notice_id>/prolongation")
@allowed(policies.can_join)
def prolong(notice_id: int) -> ResponseReturnValue:
    services.prolong(own_notice(notice_id), me())
    flash(_("C’est fait : votre annonce reste en ligne."), "success")
    return redirect(url_for(".show", notice_id=notice_id))


@bp.post("/entraide/<int:notice_id>/retrait")
@allowed(policies.can_join)
def withdraw(notice_id: int) -> ResponseReturnValue:
    services.withdraw(own_notice(notice_id), me())
    flash(_("Votre annonce est retirée. Vous pouvez encore changer d’avis."))
    return redirect(url_for(".show", notice_id=notice_id))


@bp.post("/entraide/<int:notice_id>/remise")
@allowed(policies.can_join)
def put_back(notice_id: int) -> ResponseReturnValue:
    services.put_back(own_notice(notice_id), me())
    flash(_("Votre annonce est de nouveau en ligne."), "success")
    return redirect(url_for(".show", notice_id=notice_id))


def _page(notice: HelpNotice, form: MessageForm, status: int) -> ResponseReturnValue:
    person, day = me(), today()
    is_mine = policies.is_author(person, notice)
    theirs = None if is_mine else thread_of(notice.id, person.id)
    is_apart = not is_mine and apart.are_apart(person.id, notice.author_id)
    return render_template(
        "entraide/show.html",
        notice=notice,
        form=form,
        me=person,
        is_mine=is_mine,
        is_live=notice.is_live_on(day),
        is_soon=(notice.lasts_until - day).days <= 3,
        may_answer=policies.can_answer(person, notice, day, apart=is_apart),
        may_put_back=policies.can_put_back(person, notice),
        answers=thread_queries.answers_to(notice.id) if is_mine else [],
        thread=theirs,
        kept_days=rule("help_kept_days"),
    ), status


def _published(notice: HelpNotice) -> ResponseReturnValue:
    if notice.is_shown:
        flash(_("Votre annonce est en ligne. Vous serez prévenu dès qu’on vous répond."), "success")
    else:
        flash(
            _("Merci ! C’est votre première annonce : l’équipe la lit avant qu’elle paraisse."),
            "info",
        )
    return redirect(url_for(".show", notice_id=notice.id))


def _filters() -> queries.Filters:
    kind, quartier = request.args.get("type", ""), request.args.get("quartier", "")
    side = request.args.get("cote", "")
    is_number = quartier.isascii() and quartier.isdigit() and len(quartier) < 10
    return queries.Filters(
        words=request.args.get("q", "").strip()[:200],
        side=BY_SLUG.get(side, "") if side in SLUGS.values() else "",
        kind=kind if kind in KINDS else "",
        quartier_id=int(quartier) if is_number else 0,
    )
