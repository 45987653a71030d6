"""« Mon calendrier »: the page that tells its address, and the calendar that it opens."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.centre.settings import rule
from app.core.i18n import _
from app.core.limits import limiter
from app.core.mail import address_of
from app.core.policies import public, signed_in
from app.home.blueprint import bp
from app.home.calendar_queries import own_calendar, owner_of, secret_of
from app.home.calendar_services import make_key, revoke_key
from app.programme.feed_views import OFTEN, as_webcal, feed_answer


@bp.get("/moi/calendrier")
@signed_in
def my_calendar() -> ResponseReturnValue:
    secret = secret_of(current_user)
    address = address_of("home.secret_calendar", secret=secret) if secret else ""
    return render_template(
        "home/my_calendar.html", address=address, webcal=as_webcal(address), secret=secret
    )


@bp.post("/moi/calendrier")
@signed_in
@limiter.limit("20 per hour")
def make_calendar() -> ResponseReturnValue:
    had_one = secret_of(current_user) is not None
    make_key(current_user)
    said = _("Votre calendrier a une adresse.")
    if had_one:
        said = _("L’adresse a changé : l’ancienne n’ouvre plus rien.")
    flash(said, "success")
    return redirect(url_for(".my_calendar"))


@bp.post("/moi/calendrier/fermer")
@signed_in
def close_calendar() -> ResponseReturnValue:
    revoke_key(current_user)
    flash(_("C’est fermé : l’adresse n’ouvre plus rien."), "success")
    return redirect(url_for(".my_calendar"))


@bp.get("/calendrier/<secret>.ics")
@limiter.limit(OFTEN)
@public
def secret_calendar(secret: str) -> ResponseReturnValue:
    """For programs, which sign in nowhere: the secret says whose it is."""
    owner = owner_of(secret) or abort(404)
    name = _("Mon calendrier · %(centre)s", centre=rule("centre_name"))
    answer = feed_answer(name, own_calendar(owner))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
