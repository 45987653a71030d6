"""Giving a proxy, taking it back, giving it up."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.access_models import ActingAs
from app.accounts.login import current_sign_in
from app.accounts.models import Resident
from app.core.db import db
from app.core.errors import DomainError
from app.core.i18n import _
from app.core.limits import by_person, limiter
from app.core.policies import signed_in
from app.core.security import sign, unsign
from app.voting import finding, labels, proxies, proxy_queries, queries
from app.voting.blueprint import bp
from app.voting.models import Poll
from app.voting.roll_forms import HolderForm

CHOSEN = "proxy-holder"
TIME_TO_CONFIRM = 3600


@bp.get("/<int:poll_id>/procuration")
@signed_in
def proxy(poll_id: int) -> ResponseReturnValue:
    return _page(db.get_or_404(Poll, poll_id), HolderForm())


@bp.post("/<int:poll_id>/procuration")
@limiter.limit("20/hour;40/day", key_func=by_person)
@signed_in
def choose_holder(poll_id: int) -> ResponseReturnValue:
    poll, form = db.get_or_404(Poll, poll_id), HolderForm()
    if form.validate_on_submit():
        typed = str(form.holder.data)
        holder = form.attempt(lambda: finding.elector_called(poll, current_user, typed))
        if holder is not None:
            return _confirm(poll, holder)
    return _page(poll, form)


@bp.post("/<int:poll_id>/procuration/choix")
@signed_in
def pick_holder(poll_id: int) -> ResponseReturnValue:
    poll = db.get_or_404(Poll, poll_id)
    return _confirm(poll, _chosen(poll))


@bp.post("/<int:poll_id>/procuration/donner")
@signed_in
def give_proxy(poll_id: int) -> ResponseReturnValue:
    poll, form = db.get_or_404(Poll, poll_id), HolderForm(formdata=None)
    holder = _chosen(poll)
    form.attempt(lambda: proxies.give(poll, current_user, holder))
    if form.refused:
        return _page(poll, form)
    flash(_("Votre procuration est donnée. Cette personne est prévenue."), "success")
    return redirect(url_for(".proxy", poll_id=poll_id))


@bp.post("/<int:poll_id>/procuration/reprendre")
@signed_in
def take_back_proxy(poll_id: int) -> ResponseReturnValue:
    proxies.take_back(db.get_or_404(Poll, poll_id), current_user)
    flash(_("Votre procuration est reprise. C’est vous qui votez."), "success")
    return redirect(url_for(".proxy", poll_id=poll_id))


@bp.post("/<int:poll_id>/procuration/<int:resident_id>/rendre")
@signed_in
def give_up_proxy(poll_id: int, resident_id: int) -> ResponseReturnValue:
    proxies.give_up(db.get_or_404(Poll, poll_id), current_user, resident_id)
    flash(_("C’est noté. Cette personne est prévenue."), "success")
    return redirect(url_for(".proxy", poll_id=poll_id))


def _chosen(poll: Poll) -> Resident:
    """Whom an earlier page named: its number is signed, so that numbers are not tried in turn."""
    token = unsign(CHOSEN, request.form.get("chosen", ""), TIME_TO_CONFIRM)
    if token is None or token[:2] != [poll.id, current_user.id]:
        raise DomainError(_("Cette page est trop ancienne. Choisissez à nouveau."))
    return db.get_or_404(Resident, token[2])


def _token(poll: Poll, holder_id: int) -> str:
    return sign(CHOSEN, [poll.id, current_user.id, holder_id])


def _confirm(poll: Poll, holder: Resident) -> ResponseReturnValue:
    name = holder.display_name
    return render_template(
        "components/confirm.html",
        title=_("Donner procuration à %(name)s ?", name=name),
        message=poll.title,
        consequences=[
            _("%(name)s votera à votre place, et saura donc ce que vous votez.", name=name),
            _("Vous pouvez la reprendre, ou venir voter, tant que ce vote n’est pas envoyé."),
            _("Vous êtes prévenus tous les deux."),
        ],
        action_url=url_for(".give_proxy", poll_id=poll.id),
        confirm_label=_("Donner ma procuration"),
        cancel_url=url_for(".proxy", poll_id=poll.id),
        hidden={"chosen": _token(poll, holder.id)},
    )


def _page(poll: Poll, form: HolderForm) -> ResponseReturnValue:
    sign_in = current_sign_in()
    at_desk = sign_in is not None and sign_in.acting_as == ActingAs.ASSISTANCE
    typed = request.args.get("q", "").replace("\x00", "").strip()[:100] if at_desk else ""
    mine = proxy_queries.my_proxies(poll.id, current_user.id)
    refusal = None if mine.given else proxies.refusal(poll, current_user)
    offered = mine.given is None and refusal is None
    home = finding.electors_at_home(poll, current_user) if offered else []
    found = finding.electors_found(poll, typed) if offered and typed else []
    page = render_template(
        "voting/proxy.html",
        poll=queries.poll_page(poll.id),
        labels=labels,
        most=poll.proxies_most,
        form=form,
        mine=mine,
        refusal=refusal.message if refusal else None,
        at_desk=at_desk,
        typed=typed,
        home=[(one, _token(poll, one.id)) for one in home],
        found=[(one, _token(poll, one.id)) for one in found if one.id != current_user.id],
    )
    return page, form.status
