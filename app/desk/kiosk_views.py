"""The shared tablet: its menu, its way in and out, and the list the team keeps of them."""

from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from flask_login import current_user

from app.accounts import devices, login
from app.core.http import safe_next
from app.core.i18n import _
from app.core.limits import failed, limiter
from app.core.pagination import page_number
from app.core.policies import allowed, public, signed_in
from app.desk import kiosk_queries as queries
from app.desk import kiosk_services as services
from app.desk.blueprint import bp, kiosk_bp
from app.desk.kiosk_forms import CardForm, CloseKioskForm, OpenKioskForm
from app.desk.kiosk_guard import current_kiosk
from app.desk.kiosk_policies import can_open_kiosk
from app.voting.queries import open_count, waiting_polls


def _card_here() -> str:
    """One card on one tablet: trying codes there locks it nowhere else."""
    kiosk, typed = current_kiosk(), request.form.get("card", "")
    digits = "".join(filter(str.isdigit, typed))[:20]
    return f"{kiosk.id if kiosk else get_remote_address()}|{digits}"


@bp.route("/borne", methods=["GET", "POST"])
@allowed(can_open_kiosk)
def kiosks() -> ResponseReturnValue:
    form = OpenKioskForm()
    if form.validate_on_submit():
        agent: Any = current_user
        cookie = form.attempt(lambda: services.open_kiosk(agent, str(form.name.data)))
        if cookie is not None:
            return _become_kiosk(cookie)
    return render_template(
        "desk/kiosks.html", form=form, page=queries.kiosks(page_number())
    ), form.status


def _become_kiosk(cookie: str) -> ResponseReturnValue:
    """The agent leaves the device, which remembers what it is."""
    login.stop()
    g.kiosk_opened = True
    flash(_("La borne est ouverte. Vous êtes déconnecté de cette tablette."), "success")
    answer = current_app.make_response(redirect(url_for("kiosk.home")))
    answer.set_cookie(
        services.COOKIE,
        cookie,
        max_age=services.LASTS,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return answer


@bp.post("/borne/<int:kiosk_id>/fermer")
@allowed(can_open_kiosk)
def close_kiosk(kiosk_id: int) -> ResponseReturnValue:
    services.close_kiosk(current_user, queries.open_kiosk(kiosk_id) or abort(404))
    flash(_("La borne est fermée. La tablette redevient un appareil comme les autres."))
    return redirect(url_for(".kiosks"))


@kiosk_bp.get("")
@public
def home() -> ResponseReturnValue:
    if current_kiosk() is None:
        return redirect(url_for("home.front"))
    known = current_user.is_authenticated
    polls = len(waiting_polls(current_user)) if known else open_count()
    return render_template("kiosk/home.html", polls=polls)


@kiosk_bp.route("/connexion", methods=["GET", "POST"])
@limiter.limit("8/15minutes", methods=["POST"], key_func=_card_here, deduct_when=failed)
@limiter.limit("30/day", methods=["POST"], key_func=_card_here, deduct_when=failed)
@limiter.limit("120/hour", methods=["POST"], deduct_when=failed)
@public
def sign_in() -> ResponseReturnValue:
    kiosk, target = current_kiosk(), safe_next(request.values.get("next"))
    if kiosk is None:
        return redirect(url_for("accounts.sign_in", next=target))
    form = CardForm(card=request.args.get("carte", ""))
    if form.validate_on_submit():
        card, pin = str(form.card.data), str(form.pin.data)
        person = form.attempt(lambda: services.card_holder(card, pin))
        if person is not None:
            services.note_use(kiosk)
            return redirect(login.begin(person, "card", target or url_for(".home"), is_kiosk=True))
    if form.status != 200:
        # What was typed stays in the browser's history: it must not serve again.
        login.renew_forms()
    return render_template("kiosk/sign_in.html", form=form, next=target), form.status


@kiosk_bp.post("/encore-la")
@signed_in
def still_here() -> ResponseReturnValue:
    """Asking was enough: whoever signed in was just seen."""
    return "", 204


@kiosk_bp.post("/terminer")
@public
def leave() -> ResponseReturnValue:
    login.stop()
    if current_kiosk() is None:
        return redirect(url_for("home.front"))
    flash(_("À bientôt ! Vos pages ne sont plus sur cette tablette."), "success")
    return redirect(url_for(".home"))


@kiosk_bp.route("/fermer", methods=["GET", "POST"])
@limiter.limit("60/hour", methods=["POST"], deduct_when=failed)
@limiter.limit("8/15minutes", key_func=devices.typed_here, methods=["POST"], deduct_when=failed)
@limiter.limit(
    devices.typed_pace, key_func=devices.typed_bucket, methods=["POST"], deduct_when=failed
)
@public
def close() -> ResponseReturnValue:
    kiosk, form = current_kiosk(), CloseKioskForm()
    if kiosk is None:
        return redirect(url_for("home.front"))
    if form.validate_on_submit():
        who, secret = str(form.identifier.data), str(form.secret.data)
        form.attempt(lambda: services.close_from_device(kiosk, who, secret))
        if not form.refused:
            login.stop()
            flash(_("La borne est fermée."), "success")
            return redirect(url_for("accounts.sign_in"))
    return render_template("kiosk/close.html", form=form), form.status
