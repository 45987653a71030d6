"""Registration, sign-in, and what is asked after the password."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import devices, link_services, login, services
from app.accounts.access_models import LinkKind
from app.accounts.acting import not_acting
from app.accounts.blueprint import bp
from app.accounts.forms import FirstPasswordForm, RegisterForm, SignInForm
from app.accounts.methods import identify
from app.accounts.second_factor_views import go_on, kept_fields
from app.centre.queries import quartier_choices
from app.core.errors import DomainError
from app.core.http import safe_next
from app.core.i18n import _
from app.core.limits import failed, limiter
from app.core.policies import public, signed_in


@bp.route("/inscription", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@public
def register() -> ResponseReturnValue:
    form = RegisterForm().with_quartiers(quartier_choices())
    if form.validate_on_submit():
        email = str(form.email.data)
        form.attempt(lambda: link_services.ask_registration(email, **form.person()))
        if not form.refused:
            return redirect(url_for(".registered"))
    return render_template("accounts/register.html", form=form), form.status


@bp.get("/inscription/merci")
@public
def registered() -> ResponseReturnValue:
    return render_template("accounts/registered.html")


@bp.route("/inscription/bienvenue/<token>", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@public
def welcome(token: str) -> ResponseReturnValue:
    """The owner of the address chooses a password: only then is there an account."""
    form = FirstPasswordForm()
    link = link_services.link_of(token, LinkKind.REGISTER)
    if link and form.validate_on_submit():
        password = str(form.password.data)
        resident = form.attempt(lambda: link_services.register(token, password))
        if resident is not None:
            flash(_("Bienvenue, %(name)s ! Votre compte est ouvert.", name=resident.given_name))
            return redirect(login.begin(resident, "link"))
    said = (link.details or {}) if link else None
    return render_template("accounts/welcome.html", form=form, said=said), form.status


@bp.get("/inscription/confirmation/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    refusal = None
    try:
        services.confirming(token)
    except DomainError as refused:
        refusal = refused.message
    return render_template("accounts/confirm.html", token=token, refusal=refusal)


@bp.post("/inscription/confirmation/<token>")
@limiter.limit("20/hour")
@public
def confirmed(token: str) -> ResponseReturnValue:
    resident = services.confirm_email(token)
    flash(_("Bienvenue, %(name)s ! Votre adresse est confirmée.", name=resident.given_name))
    return redirect(login.begin(resident, "link"))


@bp.post("/inscription/renvoyer")
@limiter.limit("5/hour")
@signed_in
def resend() -> ResponseReturnValue:
    services.resend_confirmation(current_user)
    flash(_("Un nouveau lien vient de vous être envoyé."))
    return redirect(url_for("home.mine"))


@bp.route("/connexion", methods=["GET", "POST"])
@limiter.limit("60/hour", key_func=devices.typed_from, methods=["POST"], deduct_when=failed)
@limiter.limit("8/15minutes", key_func=devices.typed_here, methods=["POST"], deduct_when=failed)
@limiter.limit(
    devices.typed_pace, key_func=devices.typed_bucket, methods=["POST"], deduct_when=failed
)
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm(identifier=request.args.get("carte", ""))
    target = safe_next(request.values.get("next"))
    kept = kept_fields() if target else []
    if form.validate_on_submit():
        typed = str(form.identifier.data), str(form.secret.data)
        found = form.attempt(lambda: identify(*typed))
        if found:
            return go_on(login.begin(*found, target), kept)
        if not form.refused:
            form.refuse(
                DomainError(_("Nous ne trouvons pas ce compte, ou le mot de passe diffère."))
            )
    return render_template("accounts/sign_in.html", form=form, next=target, kept=kept), form.status


@bp.post("/deconnexion")
@public
def sign_out() -> ResponseReturnValue:
    login.stop()
    flash(_("Vous êtes déconnecté. À bientôt !"))
    return redirect(url_for("home.front"))


@bp.post("/deconnexion/partout")
@signed_in
@not_acting
def sign_out_everywhere() -> ResponseReturnValue:
    services.sign_out_everywhere(current_user)
    login.stop()
    flash(_("Vous êtes déconnecté de tous vos appareils."))
    return redirect(url_for("home.front"))
