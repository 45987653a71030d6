"""Addresses of sites that people type."""

import re
from urllib.parse import urlsplit

from app.core.errors import Invalid
from app.core.i18n import _

_BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")


def checked_website(value: str, field: str = "website") -> str:
    """An http or https address; « www.exemple.fr » gets its https. Raises Invalid for a field."""
    address = f"https://{value}" if _BARE_ADDRESS.fullmatch(value) else value
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        good = False
    if not good or not address.isprintable() or " " in address or "@" in parts.netloc:
        raise Invalid(_("Écrivez une adresse complète, comme https://www.exemple.fr"), field=field)
    return address
