"""The second factor: asked on the way in, added, renewed, taken away."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from flask_login import current_user

from app.accounts import devices, login, second_factor_services
from app.accounts.acting import not_acting
from app.accounts.blueprint import bp
from app.accounts.models import Resident
from app.accounts.proof import prove, what_proves
from app.accounts.second_factor_services import enrolment, new_key
from app.accounts.security_forms import AddFactorForm, CodeForm, ProofForm
from app.core.errors import DomainError
from app.core.forms import Form
from app.core.http import typed_fields
from app.core.i18n import _
from app.core.limits import by_person, failed, limiter
from app.core.policies import public, signed_in

Kept = list[tuple[str, str]]
NEVER_STORED = {"Cache-Control": "no-store"}


def kept_fields() -> Kept:
    """What was written before signing in, which goes along."""
    return [(name, value) for name, value in typed_fields() if name.startswith("kept-")]


def go_on(onward: str, kept: Kept) -> ResponseReturnValue:
    """To the address that `login` gave, with what was written before signing in."""
    if not kept:
        return redirect(onward)
    waiting = login.pending()
    if waiting is None:
        fields = [(name.removeprefix("kept-"), value) for name, value in kept]
        return render_template("errors/resend.html", action=onward, fields=fields)
    if waiting.resident.totp_secret is None:
        return _add_page(waiting.resident, CodeForm(formdata=None), kept, is_first=True)
    return _code_page(waiting.resident, CodeForm(formdata=None), kept)


def _of_pending() -> str:
    """Codes tried for one person: on a device that they know, or from everywhere else."""
    waiting = login.pending()
    return devices.bucket_of(waiting.resident.card_number) if waiting else get_remote_address()


@bp.route("/connexion/code", methods=["GET", "POST"])
@limiter.limit("10/hour;20/day", key_func=_of_pending, methods=["POST"], deduct_when=failed)
@public
def second_factor() -> ResponseReturnValue:
    waiting = login.pending()
    if waiting is None or waiting.resident.totp_secret is None:
        return _too_late()
    form, kept = CodeForm(), kept_fields()
    if form.validate_on_submit():
        if second_factor_services.check_code(waiting.resident, str(form.code.data)):
            return go_on(login.finish(waiting), kept)
        form.refuse(DomainError(_("Ce code n’est pas le bon, ou il a déjà servi."), "code"))
    return _code_page(waiting.resident, form, kept)


@bp.route("/connexion/deux-etapes", methods=["GET", "POST"])
@limiter.limit("20/hour", key_func=_of_pending, methods=["POST"], deduct_when=failed)
@public
def first_second_factor() -> ResponseReturnValue:
    """Someone whose role asks for a second factor adds it before coming in."""
    waiting = login.pending()
    if waiting is None or waiting.resident.totp_secret is not None:
        return _too_late()
    form, kept = CodeForm(), kept_fields()
    key = login.kept_key()
    if key and form.validate_on_submit():
        code = str(form.code.data)
        codes = form.attempt(lambda: second_factor_services.enrol(waiting.resident, key, code))
        if codes is not None:
            return _codes_page(codes, login.finish(waiting), kept)
    return _add_page(waiting.resident, form, kept, is_first=True)


@bp.route("/moi/securite/deux-etapes", methods=["GET", "POST"])
@limiter.limit("20/hour", key_func=by_person, methods=["POST"], deduct_when=failed)
@signed_in
@not_acting
def add_second_factor() -> ResponseReturnValue:
    """The first phone, or another one in its place."""
    form, key = AddFactorForm(), login.kept_key()
    if key and form.validate_on_submit():
        codes = form.attempt(lambda: _added(key, str(form.code.data), form.proof.data))
        if codes is not None:
            session.pop(login.NEW_KEY, None)
            return _codes_page(codes, url_for(".security"), [])
    return _add_page(current_user, form, [], is_first=False)


@bp.route("/moi/securite/codes-de-secours", methods=["GET", "POST"])
@limiter.limit("10/hour", key_func=by_person, methods=["POST"], deduct_when=failed)
@signed_in
@not_acting
def recovery_codes() -> ResponseReturnValue:
    """New spare codes."""
    if current_user.totp_secret is None:
        return redirect(url_for(".add_second_factor"))
    form = ProofForm()
    if form.validate_on_submit():
        codes = form.attempt(lambda: _renewed(form.proof.data))
        if codes is not None:
            return _codes_page(codes, url_for(".security"), [])
    words = what_proves(current_user)
    return render_template("accounts/renew_codes.html", form=form, proof_words=words), form.status


@bp.route("/moi/securite/deux-etapes/retirer", methods=["GET", "POST"])
@limiter.limit("10/hour", key_func=by_person, methods=["POST"], deduct_when=failed)
@signed_in
@not_acting
def remove_second_factor() -> ResponseReturnValue:
    if current_user.totp_secret is None:
        return redirect(url_for(".security"))
    form, required = ProofForm(), second_factor_services.is_required(current_user)
    if not required and form.validate_on_submit():
        form.attempt(lambda: _removed(form.proof.data))
        if not form.refused:
            flash(_("La vérification en deux étapes est retirée."))
            return redirect(url_for(".security"))
    page = render_template(
        "accounts/remove_second_factor.html",
        form=form,
        required=required,
        proof_words=what_proves(current_user),
    )
    return page, form.status


def _added(key: str, code: str, proof: str | None) -> list[str]:
    prove(current_user, proof, login.current_sign_in())
    return second_factor_services.enrol(current_user, key, code, replacing=True)


def _renewed(proof: str | None) -> list[str]:
    prove(current_user, proof, login.current_sign_in())
    return second_factor_services.renew_codes(current_user)


def _removed(proof: str | None) -> None:
    prove(current_user, proof, login.current_sign_in())
    second_factor_services.remove(current_user)


def _too_late() -> ResponseReturnValue:
    flash(_("Recommencez : l’attente a été trop longue."), "warning")
    return redirect(url_for(".sign_in"))


def _code_page(resident: Resident, form: CodeForm, kept: Kept) -> ResponseReturnValue:
    shown = second_factor_services.demonstration_code(resident)
    page = render_template("accounts/second_factor.html", form=form, kept=kept, shown=shown)
    return page, form.status, NEVER_STORED


def _add_page(resident: Resident, form: Form, kept: Kept, *, is_first: bool) -> ResponseReturnValue:
    key = login.kept_key() or new_key()
    login.keep_key(key)
    page = render_template(
        "accounts/add_second_factor.html",
        form=form,
        kept=kept,
        phone=enrolment(resident, key),
        is_first=is_first,
        proof_words="" if is_first else what_proves(resident),
    )
    return page, form.status, NEVER_STORED


def _codes_page(codes: list[str], onward: str, kept: Kept) -> ResponseReturnValue:
    """The spare codes, shown once: they are kept nowhere in clear."""
    fields = [(name.removeprefix("kept-"), value) for name, value in kept]
    page = render_template(
        "accounts/recovery_codes.html", codes=codes, onward=onward, fields=fields
    )
    return page, 200, NEVER_STORED
