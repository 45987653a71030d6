"""Registration, sign-in, and the ways back in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import login, services
from app.accounts.blueprint import bp
from app.accounts.forms import ForgottenForm, RegisterForm, ResetForm, SignInForm
from app.accounts.methods import identify
from app.centre.queries import quartier_choices
from app.core.errors import DomainError
from app.core.http import safe_next, typed_fields
from app.core.i18n import _
from app.core.limits import address_and, failed, limiter
from app.core.policies import public, signed_in


@bp.route("/inscription", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@public
def register() -> ResponseReturnValue:
    form = RegisterForm().with_quartiers(quartier_choices())
    if form.validate_on_submit():
        email, password = str(form.email.data), str(form.password.data)
        form.attempt(lambda: services.register(email, password, **form.person()))
        if not form.refused:
            return redirect(url_for(".registered"))
    return render_template("accounts/register.html", form=form), form.status


@bp.get("/inscription/merci")
@public
def registered() -> ResponseReturnValue:
    return render_template("accounts/registered.html")


@bp.get("/inscription/confirmation/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    return render_template("accounts/confirm.html", token=token)


@bp.post("/inscription/confirmation/<token>")
@public
def confirmed(token: str) -> ResponseReturnValue:
    resident = services.confirm_email(token)
    login.start(resident, "link")
    flash(_("Bienvenue, %(name)s ! Votre adresse est confirmée.", name=resident.given_name))
    return redirect(url_for("home.mine"))


@bp.post("/inscription/renvoyer")
@limiter.limit("5/hour")
@signed_in
def resend() -> ResponseReturnValue:
    services.resend_confirmation(current_user)
    flash(_("Un nouveau lien vient de vous être envoyé."))
    return redirect(url_for("home.mine"))


@bp.route("/connexion", methods=["GET", "POST"])
@limiter.limit("60/hour", methods=["POST"], deduct_when=failed)
@limiter.limit(
    "8/15minutes",
    methods=["POST"],
    key_func=lambda: address_and("identifier"),
    deduct_when=failed,
)
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm(identifier=request.args.get("carte", ""))
    target = safe_next(request.values.get("next"))
    kept = [(name, value) for name, value in typed_fields() if name.startswith("kept-")]
    if form.validate_on_submit():
        found = identify(str(form.identifier.data), str(form.secret.data))
        if found:
            login.start(*found)
            if kept and target:
                fields = [(name.removeprefix("kept-"), value) for name, value in kept]
                return render_template("errors/resend.html", action=target, fields=fields)
            return redirect(target or url_for("home.mine"))
        form.refuse(DomainError(_("Nous ne trouvons pas ce compte, ou le mot de passe diffère.")))
    return render_template("accounts/sign_in.html", form=form, next=target, kept=kept), form.status


@bp.post("/deconnexion")
@public
def sign_out() -> ResponseReturnValue:
    login.stop()
    flash(_("Vous êtes déconnecté. À bientôt !"))
    return redirect(url_for("home.front"))


@bp.post("/deconnexion/partout")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    services.sign_out_everywhere(current_user)
    login.stop()
    flash(_("Vous êtes déconnecté de tous vos appareils."))
    return redirect(url_for("home.front"))


@bp.route("/connexion/oubli", methods=["GET", "POST"])
@limiter.limit("10/hour", methods=["POST"])
@public
def forgotten() -> ResponseReturnValue:
    form = ForgottenForm()
    if form.validate_on_submit():
        services.ask_reset(str(form.email.data))
        return redirect(url_for(".reset_sent"))
    return render_template("accounts/forgotten.html", form=form), form.status


@bp.get("/connexion/oubli/envoye")
@public
def reset_sent() -> ResponseReturnValue:
    return render_template("accounts/reset_sent.html")


@bp.route("/connexion/nouveau/<token>", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@public
def reset(token: str) -> ResponseReturnValue:
    form = ResetForm()
    good = services.resident_of_reset(token) is not None
    if good and form.validate_on_submit():
        password = str(form.password.data)
        resident = form.attempt(lambda: services.reset_password(token, password))
        if resident is not None:
            login.start(resident, "link")
            flash(_("Votre nouveau mot de passe est enregistré."))
            return redirect(url_for("home.mine"))
    return render_template("accounts/reset.html", form=form, good=good), form.status
