"""Public pages, kept in memory while nothing has changed.

A signed-out visitor sees what everyone sees. Such a page is kept with the stamp that the
database had when it was made (`db.ChangeStamp`, moved by every act, in its transaction): one
statement tells whether it still holds, on as many servers as there are. What depends on the
time of day is at most `FRESH` old.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from flask import Flask, Response, current_app, g, request, session
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.core.compression import accepted_encoding, encode
from app.core.db import ChangeStamp, db

FRESH = 60
"""Seconds."""

MOST_PAGES = 500
LARGEST = 512 * 1024
"""Bytes."""


@dataclass
class Kept:
    """A page as it was made, and its compressed forms as they are asked for."""

    stamp: int
    made_at: float
    content: bytes
    media_type: str
    etag: str
    encoded: dict[str, bytes] = field(default_factory=dict)


MARKED: set[str] = set()
"""Cookies of devices that get pages of their own, even signed out; features add theirs."""

Address = tuple[str, str, bytes]

_pages: OrderedDict[Address, Kept] = OrderedDict()
_lock = threading.Lock()


def init_pages(app: Flask) -> None:
    """Look in memory before each request, keep what can be kept after."""
    app.before_request(_from_memory)
    app.after_request(_keep)


def forget() -> None:
    """Empty the memory."""
    with _lock:
        _pages.clear()


def count() -> int:
    """How many pages are kept."""
    return len(_pages)


def _may_be_shared() -> bool:
    return (
        current_app.config["PAGE_CACHE"]
        and request.method == "GET"
        and request.endpoint is not None
        and not session
        and MARKED.isdisjoint(request.cookies)
    )


def _address() -> Address:
    """The page asked for, site included: its links to share begin with the site's name."""
    return request.root_url, request.path, request.query_string


def _from_memory() -> Response | None:
    if not _may_be_shared():
        return None
    try:
        g.page_stamp = db.session.scalar(select(ChangeStamp.value))
    except SQLAlchemyError:
        # The view says better what is wrong, as `/sante` does, or does without the database.
        db.session.rollback()
        return None
    kept = _pages.get(_address())
    if kept is None or kept.stamp != g.page_stamp or time.monotonic() - kept.made_at > FRESH:
        return None
    g.page_stamp = None
    if kept.etag in request.if_none_match:
        return _guarded(Response(status=304), kept)
    encoding = accepted_encoding()
    if encoding not in kept.encoded:
        kept.encoded[encoding] = encode(kept.content, encoding)
    response = Response(kept.encoded[encoding], content_type=kept.media_type)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return _guarded(response, kept)


def _keep(response: Response) -> Response:
    stamp = g.get("page_stamp")
    if (
        stamp is None
        or response.status_code != 200
        or response.mimetype != "text/html"
        or session
        or "Cache-Control" in response.headers
        or getattr(current_app.view_functions[request.endpoint or ""], "policy", "") != "public"
    ):
        return response
    content = response.get_data()
    if len(content) > LARGEST:
        return response
    etag = hashlib.sha256(content).hexdigest()[:32]
    kept = Kept(stamp, time.monotonic(), content, response.content_type or "text/html", etag)
    with _lock:
        _pages[_address()] = kept
        _pages.move_to_end(_address())
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)
    if etag in request.if_none_match:
        return _guarded(Response(status=304), kept)
    return _guarded(response, kept)


def _guarded(response: Response, kept: Kept) -> Response:
    response.set_etag(kept.etag)
    response.vary.add("Accept-Encoding")
    response.vary.add("Cookie")
    return response
