"""Answers sent small to whoever can read them so."""

import gzip

import brotli
from flask import Response, request

SMALLEST = 600
"""Bytes under which compressing gains nothing."""

BROTLI_QUALITY, GZIP_LEVEL = 4, 5


def accepted_encoding() -> str:
    """`br`, `gzip` or nothing: the best that the browser takes."""
    accepted = request.headers.get("Accept-Encoding", "")
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def encode(content: bytes, encoding: str) -> bytes:
    """The content in that encoding."""
    if encoding == "br":
        packed: bytes = brotli.compress(content, quality=BROTLI_QUALITY)
        return packed
    if encoding == "gzip":
        return gzip.compress(content, compresslevel=GZIP_LEVEL, mtime=0)
    return content


def compressed(response: Response) -> Response:
    """The same answer, compressed if it is a text worth it."""
    kind = response.mimetype or ""
    if (
        response.direct_passthrough
        or response.status_code in (204, 304)
        or "Content-Encoding" in response.headers
        or not (kind.startswith("text/") or kind == "application/json")
        or (response.content_length or 0) < SMALLEST
    ):
        return response
    response.vary.add("Accept-Encoding")
    encoding = accepted_encoding()
    if encoding:
        response.set_data(encode(response.get_data(), encoding))
        response.headers["Content-Encoding"] = encoding
    return response
