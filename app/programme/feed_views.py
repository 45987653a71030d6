"""The programme in other people's calendars: an address to keep for each choice of filters."""

from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import urlencode, urlsplit

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.centre.settings import rule
from app.core.calendar import MEDIA_TYPE, Happening, feed_of
from app.core.i18n import _
from app.core.limits import limiter
from app.core.mail import address_of
from app.core.policies import public
from app.programme import feed_queries
from app.programme.blueprint import bp
from app.programme.calendar_filters import WHERE, asked
from app.programme.kinds import PUBLIC_WORDS

OFTEN = "120 per hour"
"""From one address; programs come back every four hours."""


@bp.get("/programme/agenda")
@public
def subscribe() -> ResponseReturnValue:
    """How to have these dates in one's own calendar."""
    wanted = asked()
    address = address_of("programme.feed")
    if wanted.kept:
        address += f"?{urlencode(wanted.kept)}"
    return render_template(
        "programme/calendar_feed.html",
        asked=wanted,
        publics=PUBLIC_WORDS,
        places=WHERE,
        address=address,
        webcal=as_webcal(address),
    )


@bp.get("/programme/agenda.ics")
@limiter.limit(OFTEN)
@public
def feed() -> ResponseReturnValue:
    wanted = asked()
    name = " · ".join([str(rule("centre_name")), *(wanted.words or [_("Le programme")])])
    return feed_answer(name, feed_queries.offered(wanted.filters))


def feed_answer(name: str, happenings: Sequence[Happening]) -> Response:
    """A calendar, or 304 for whoever has this very one, before the trouble of writing it.

    Last-Modified tells when an event last changed; it answers nobody by itself, since one that
    left the calendar would not move it.
    """
    tag = sha256(repr((name, happenings)).encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(feed_of(name, happenings), content_type=f"{MEDIA_TYPE}; charset=utf-8")
        response.headers["Content-Disposition"] = 'inline; filename="agenda.ics"'
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    changes = [one.changed_at for one in happenings if one.changed_at is not None]
    response.last_modified = max(changes) if changes else None
    return response


def as_webcal(address: str) -> str:
    """The same address, under the scheme that makes telephones offer to subscribe."""
    return f"webcal:{address.removeprefix(urlsplit(address).scheme + ':')}"
