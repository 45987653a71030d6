"""« Sécurité »: devices signed in, history, password, address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import email_services, password_services, second_factor_services, session_services
from app.accounts import session_queries as queries
from app.accounts.acting import not_acting
from app.accounts.blueprint import bp
from app.accounts.login import current_sign_in
from app.accounts.proof import what_proves
from app.accounts.security_forms import ChangeEmailForm, ChangePasswordForm
from app.core.i18n import _, _n
from app.core.limits import by_person, failed, limiter
from app.core.pagination import page_number
from app.core.policies import public, signed_in


@bp.get("/moi/securite")
@signed_in
@not_acting
def security() -> ResponseReturnValue:
    return render_template(
        "accounts/security.html",
        sessions=queries.live_sessions(current_user, current_sign_in()),
        codes_left=second_factor_services.codes_left(current_user),
        required=second_factor_services.is_required(current_user),
    )


@bp.get("/moi/securite/historique")
@signed_in
@not_acting
def sign_in_history() -> ResponseReturnValue:
    page = queries.history(current_user, current_sign_in(), page_number())
    return render_template("accounts/history.html", page=page)


@bp.post("/moi/securite/appareils/<name>/deconnecter")
@signed_in
@not_acting
def end_session(name: str) -> ResponseReturnValue:
    session_services.end_one(current_user, name)
    flash(_("L’appareil est déconnecté."))
    return redirect(url_for(".security"))


@bp.post("/moi/securite/appareils/deconnecter")
@signed_in
@not_acting
def end_other_sessions() -> ResponseReturnValue:
    here = current_sign_in()
    ended = session_services.end_others(current_user, here) if here else 0
    flash(_n("%(num)d appareil déconnecté.", "%(num)d appareils déconnectés.", ended))
    return redirect(url_for(".security"))


@bp.route("/moi/securite/mot-de-passe", methods=["GET", "POST"])
@limiter.limit("10/hour", key_func=by_person, methods=["POST"], deduct_when=failed)
@signed_in
@not_acting
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        proof, password = form.proof.data, str(form.password.data)
        change = password_services.change_password
        form.attempt(lambda: change(current_user, proof, password, current_sign_in()))
        if not form.refused:
            flash(_("Votre mot de passe est enregistré. Vos autres appareils sont déconnectés."))
            return redirect(url_for(".security"))
    words = what_proves(current_user)
    return render_template("accounts/password.html", form=form, proof_words=words), form.status


@bp.route("/moi/compte/adresse", methods=["GET", "POST"])
@limiter.limit("10/hour", key_func=by_person, methods=["POST"])
@signed_in
@not_acting
def change_email() -> ResponseReturnValue:
    form = ChangeEmailForm()
    if form.validate_on_submit():
        proof, email = form.proof.data, str(form.email.data)
        ask = email_services.ask_change
        form.attempt(lambda: ask(current_user, proof, email, current_sign_in()))
        if not form.refused:
            flash(_("Regardez vos e-mails : un lien vous y attend."))
            return redirect(url_for(".change_email"))
    page = render_template(
        "accounts/email.html",
        form=form,
        proof_words=what_proves(current_user),
        change=email_services.change_under_way(current_user),
    )
    return page, form.status


@bp.post("/moi/compte/adresse/garder")
@signed_in
@not_acting
def keep_email() -> ResponseReturnValue:
    email_services.give_up(current_user)
    flash(_("Vous gardez votre adresse."))
    return redirect(url_for(".change_email"))


@bp.get("/adresse/<token>")
@public
def email_change(token: str) -> ResponseReturnValue:
    found = email_services.change_of(token)
    return render_template("accounts/email_change.html", token=token, found=found)


@bp.post("/adresse/<token>/confirmer")
@limiter.limit("20/hour")
@public
def confirm_email_change(token: str) -> ResponseReturnValue:
    done = email_services.confirm(token)
    rest = _("C’est noté. Il reste à suivre le lien envoyé à l’autre adresse.")
    flash(_("Votre adresse est changée.") if done else rest)
    return redirect(url_for("home.front"))


@bp.post("/adresse/<token>/refuser")
@limiter.limit("20/hour")
@public
def cancel_email_change(token: str) -> ResponseReturnValue:
    email_services.cancel(token)
    flash(_("Rien n’est changé."))
    return redirect(url_for("home.front"))
