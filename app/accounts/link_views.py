"""The ways in by a mailed link: coming in without a password, choosing another one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import link_services, login
from app.accounts.access_models import LinkKind
from app.accounts.blueprint import bp
from app.accounts.forms import AddressForm, NewPasswordForm
from app.core.i18n import _
from app.core.limits import limiter
from app.core.policies import public


@bp.route("/connexion/lien", methods=["GET", "POST"])
@limiter.limit("10/hour", methods=["POST"])
@public
def ask_link() -> ResponseReturnValue:
    form = AddressForm()
    if form.validate_on_submit():
        link_services.ask_link(LinkKind.ENTER, str(form.email.data))
        return redirect(url_for(".link_sent"))
    return render_template("accounts/ask_link.html", form=form), form.status


@bp.get("/connexion/lien/envoye")
@public
def link_sent() -> ResponseReturnValue:
    return render_template("accounts/link_sent.html")


@bp.route("/connexion/lien/<token>", methods=["GET", "POST"])
@limiter.limit("20/hour", methods=["POST"])
@public
def enter(token: str) -> ResponseReturnValue:
    """Opening the page does nothing: programs that check mails open every link."""
    if request.method == "POST":
        return redirect(login.begin(link_services.enter(token), "link"))
    good = link_services.link_of(token, LinkKind.ENTER) is not None
    return render_template("accounts/enter.html", good=good)


@bp.route("/connexion/oubli", methods=["GET", "POST"])
@limiter.limit("10/hour", methods=["POST"])
@public
def forgotten() -> ResponseReturnValue:
    form = AddressForm()
    if form.validate_on_submit():
        link_services.ask_link(LinkKind.RESET, str(form.email.data))
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
    form = NewPasswordForm()
    good = link_services.link_of(token, LinkKind.RESET) is not None
    if good and form.validate_on_submit():
        password = str(form.password.data)
        resident = form.attempt(lambda: link_services.reset_password(token, password))
        if resident is not None:
            flash(_("Votre nouveau mot de passe est enregistré."))
            return redirect(login.begin(resident, "link"))
    return render_template("accounts/reset.html", form=form, good=good), form.status
