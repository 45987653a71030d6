"""Private conversations: only the two who hold one reach any of these pages."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import Forbidden
from app.core.forms import options
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.pagination import page_number
from app.core.policies import allowed
from app.entraide import apart, policies, thanking, thread_queries, threads
from app.entraide.blueprint import bp, me, own_notice, own_thread
from app.entraide.forms import MessageForm, ThankForm
from app.entraide.models import OFFER, REQUEST, HelpThread


@bp.get("/entraide/echanges")
@allowed(policies.can_join)
def conversations() -> ResponseReturnValue:
    page = thread_queries.my_threads(me(), page_number())
    waiting = thread_queries.my_turn_count(me())
    return render_template("entraide/threads.html", page=page, waiting=waiting)


@bp.get("/entraide/echanges/<int:thread_id>")
@allowed(policies.can_join)
def thread(thread_id: int) -> ResponseReturnValue:
    return _page(own_thread(thread_id), MessageForm(formdata=None), 200)


@bp.post("/entraide/echanges/<int:thread_id>")
@limiter.limit("60/hour", key_func=by_person)
@allowed(policies.can_join)
def send(thread_id: int) -> ResponseReturnValue:
    held, form = own_thread(thread_id), MessageForm()
    if form.validate_on_submit():
        text, sure = str(form.text.data), form.sure.data == "1"
        said = form.attempt(lambda: threads.send(held, me(), text, sure=sure))
        if said is not None:
            anchor = f"message-{said.id}"
            return redirect(url_for(".thread", thread_id=thread_id, _anchor=anchor))
    return _page(held, form, form.status)


@bp.route("/entraide/echanges/<int:thread_id>/arret", methods=["GET", "POST"])
@limiter.limit("30/hour", methods=["POST"], key_func=by_person)
@allowed(policies.can_join)
def stop(thread_id: int) -> ResponseReturnValue:
    held = own_thread(thread_id)
    if request.method == "GET":
        other = apart.partner_of(me(), held)
        return render_template("entraide/stop.html", thread=held, other=other)
    apart.stop(held, me())
    flash(_("C’est arrêté. Cette personne ne peut plus vous écrire dans l’entraide."))
    return redirect(url_for(".thread", thread_id=thread_id))


@bp.post("/entraide/echanges/<int:thread_id>/reprise")
@allowed(policies.can_join)
def resume(thread_id: int) -> ResponseReturnValue:
    apart.resume(own_thread(thread_id), me())
    flash(_("Vous pouvez de nouveau vous écrire."), "success")
    return redirect(url_for(".thread", thread_id=thread_id))


@bp.post("/entraide/echanges/<int:thread_id>/merci")
@allowed(policies.can_join)
def thank_here(thread_id: int) -> ResponseReturnValue:
    thanking.thank(own_thread(thread_id), me())
    flash(_("Votre merci est parti. Cela fait toujours plaisir."), "success")
    return redirect(url_for(".thread", thread_id=thread_id))


@bp.route("/entraide/<int:notice_id>/merci", methods=["GET", "POST"])
@allowed(policies.can_join)
def thank(notice_id: int) -> ResponseReturnValue:
    notice, form = own_notice(notice_id), ThankForm()
    if notice.side != REQUEST:
        raise Forbidden(_("C’est à la personne aidée de dire merci."))
    answers = thread_queries.answers_to(notice.id)
    form.thread_id.choices = options((number, name) for number, name, _last in answers)
    if form.validate_on_submit():
        form.attempt(lambda: thanking.thank(own_thread(form.thread_id.data), me()))
        if not form.refused:
            flash(_("Votre merci est parti. Cela fait toujours plaisir."), "success")
            return redirect(url_for(".show", notice_id=notice_id))
    return render_template(
        "entraide/thank.html", form=form, notice=notice, answers=answers
    ), form.status


def _page(held: HelpThread, form: MessageForm, status: int) -> ResponseReturnValue:
    person, other = me(), apart.partner_of(me(), held)
    is_apart = apart.are_apart(person.id, other.id)
    thanked = thread_queries.is_thanked(held.id)
    return render_template(
        "entraide/thread.html",
        thread=held,
        notice=held.notice,
        other=other,
        me=person,
        form=form,
        lines=thread_queries.messages(held, person),
        may_send=policies.can_send(person, held, apart=is_apart),
        is_apart=is_apart,
        i_stopped=is_apart and apart.has_stopped(person.id, other.id),
        is_thanked=thanked,
        may_thank=not thanked and policies.can_thank(person, held),
        is_offer=held.notice.side == OFFER,
    ), status
