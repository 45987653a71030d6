"""News as programs follow them: Atom (RFC 4287), with names that never change (RFC 4151)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import current_app

from app.api.blueprint import LICENCE
from app.centre.settings import rule

MEDIA_TYPE = "application/atom+xml"
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
"""When the names of entries begin; and the date of a feed that has none."""
LONGEST = 600
"""Characters of a summary."""
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class News:
    """Something new, or changed at `updated`; `number` never changes."""

    number: str
    title: str
    text: str
    page: str
    published: datetime
    updated: datetime


def feed(name: str, title: str, address: str, page: str, news: Sequence[News]) -> bytes:
    """A feed: where it is, the page it follows, and its news."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "fr"})
    _add(root, "id", _tag(name))
    _add(root, "title", title)
    _add(root, "updated", max((one.updated for one in news), default=SINCE).isoformat())
    SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": address})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _add(SubElement(root, "author"), "name", str(rule("centre_name")))
    _add(root, "rights", LICENCE)
    for one in news:
        entry = SubElement(root, "entry")
        _add(entry, "id", _tag(f"{name}/{one.number}"))
        _add(entry, "title", one.title)
        _add(entry, "published", one.published.isoformat())
        _add(entry, "updated", one.updated.isoformat())
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": one.page})
        _add(entry, "summary", _short(one.text))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _tag(name: str) -> str:
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    return f"tag:{host},{SINCE:%Y}:maisonnee/{name}"


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _UNWRITABLE.sub("", text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"
