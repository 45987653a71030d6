"""Uploaded files, under the SHA-256 of their content."""

import io
import re

from flask import Blueprint, Response, abort, send_file
from sqlalchemy import select

from app.core.db import db
from app.core.files import StoredFile
from app.core.policies import public

bp = Blueprint("media", __name__)
SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@bp.get("/fichiers/<sha256>")
@public
def send(sha256: str) -> Response:
    """An image in the page, to be kept a year; anything else as a download."""
    if not SHA256.match(sha256):
        abort(404)
    found = db.session.execute(
        select(StoredFile.content, StoredFile.media_type, StoredFile.name).where(
            StoredFile.sha256 == sha256, StoredFile.withheld.is_(False)
        )
    ).one_or_none()
    if found is None:
        abort(404)
    is_image = found.media_type.startswith("image/")
    response = send_file(
        io.BytesIO(found.content),
        mimetype=found.media_type,
        as_attachment=not is_image,
        download_name=found.name,
        etag=sha256,
        max_age=31536000 if is_image else None,
    )
    if is_image:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
