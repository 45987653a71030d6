"""The device someone signs in from: in plain words, and whether it is known to an account.

A long-lived signed cookie names the device by chance, with a digest of each identifier that has
signed in on it. Tries from a known device are counted apart, so that a stranger who uses up an
account's tries from everywhere locks out no one who has signed in before.
"""

import re
import secrets
from typing import Any

from flask import Response, after_this_request, current_app, g, request
from flask_limiter.util import get_remote_address

from app.accounts.methods import method_of
from app.accounts.models import Resident
from app.core.i18n import _, _l
from app.core.security import fingerprint, sign, unsign

COOKIE, PURPOSE = "appareil", "known-device"
LASTS = 400 * 24 * 3600
"""Seconds; browsers keep no cookie longer (RFC 6265bis, 5.5)."""

MOST_IDENTIFIERS = 12
KNOWN_PACE = "20/hour;60/day"

SYSTEMS: tuple[tuple[str, Any], ...] = (
    (r"iPhone", _l("iPhone")),
    (r"iPad", _l("iPad")),
    (r"Android.*Mobile", _l("Téléphone Android")),
    (r"Android", _l("Tablette Android")),
    (r"Windows", _l("Ordinateur Windows")),
    (r"CrOS", _l("Chromebook")),
    (r"Macintosh", _l("Ordinateur Mac")),
    (r"Linux|X11", _l("Ordinateur Linux")),
)
BROWSERS = (
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
)


def words(agent: str | None) -> str:
    """« Téléphone Android, Firefox », of what a browser says of itself."""
    said = agent or ""
    system = next((name for mark, name in SYSTEMS if re.search(mark, said)), None)
    browser = next((name for mark, name in BROWSERS if re.search(mark, said)), None)
    known = [str(part) for part in (system, browser) if part]
    return ", ".join(known) or _("Appareil inconnu")


def remember(resident: Resident) -> None:
    """From now on this device is known to the resident's account."""
    device, marks = _known()
    device = device or secrets.token_hex(8)
    mine = [_mark(device, name) for name in (resident.email, resident.card_number) if name]
    if not set(mine) <= set(marks):
        _keep(device, [*(mark for mark in marks if mark not in mine), *mine])


def bucket_of(identifier: str) -> str:
    """Where tries for an identifier are counted: on this device if it is known, else together."""
    wanted = method_of(identifier)[1]
    device, marks = _known()
    if device and _mark(device, wanted) in marks:
        return f"known|{device}|{_nameless(wanted)}"
    return f"strangers|{_nameless(wanted)}"


def typed_bucket() -> str:
    """`bucket_of` what is typed in the sign-in form, found once a request."""
    if "typed_bucket" not in g:
        g.typed_bucket = bucket_of(request.form.get("identifier", ""))
    found: str = g.typed_bucket
    return found


def typed_pace() -> str:
    """How many wrong tries that bucket takes."""
    if typed_bucket().startswith("known|"):
        return KNOWN_PACE
    return method_of(request.form.get("identifier", ""))[0].pace


def typed_from() -> str:
    """The network address; or the device, when known: neighbours on one wi-fi cost it nothing."""
    bucket = typed_bucket()
    return get_remote_address() if bucket.startswith("strangers|") else bucket


def typed_here() -> str:
    """One visitor trying one identifier."""
    return f"{typed_from()}|{typed_bucket()}"


def _nameless(identifier: str) -> str:
    """No address is kept where tries are counted."""
    return fingerprint("tries", identifier)


def _known() -> tuple[str | None, list[str]]:
    """This device's name and what is known to it, read once a request."""
    if "device" not in g:
        value = unsign(PURPOSE, request.cookies.get(COOKIE, ""), LASTS) or [None]
        g.device = (value[0] and str(value[0]), [str(mark) for mark in value[1:]])
    found: tuple[str | None, list[str]] = g.device
    return found


def _mark(device: str, identifier: str) -> str:
    """What the cookie keeps of an identifier: it says nothing to whoever reads it."""
    return fingerprint(PURPOSE, device, identifier)[:16]


def _keep(device: str, marks: list[str]) -> None:
    g.device_cookie = sign(PURPOSE, [device, *marks[-MOST_IDENTIFIERS:]])
    after_this_request(_send)


def _send(response: Response) -> Response:
    response.set_cookie(
        COOKIE,
        g.device_cookie,
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response
