"""Uploaded files, kept in the database: one thing to back up, whatever the number of servers."""

import hashlib
import io
from datetime import datetime

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import LargeBinary, String, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, deferred, mapped_column
from werkzeug.datastructures import FileStorage

from app.core.clock import now
from app.core.db import Model, db
from app.core.errors import Invalid
from app.core.i18n import _

WIDEST = 1200
MOST_PIXELS = 40_000_000
MOST_BYTES = 6 * 1024 * 1024
READ_FORMATS = ("JPEG", "PNG", "WEBP")

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class StoredFile(Model):
    """A file under the SHA-256 of its content; `width` and `height` in pixels, for images.

    One that is withheld goes with a content that a moderator has hidden: it is not sent.
    """

    __tablename__ = "files"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    media_type: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(160))
    width: Mapped[int | None]
    height: Mapped[int | None]
    withheld: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    stored_at: Mapped[datetime] = mapped_column(default=now)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


def store_image(upload: FileStorage) -> StoredFile:
    """Keep an image, re-encoded as WebP and at most 1,200 pixels wide, without its metadata.

    Raises:
        Invalid: too heavy, too many pixels, or not a JPEG, PNG or WebP.
    """
    data = upload.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Invalid(_("Cette image est trop lourde : 6 Mo au plus."), field="image")
    try:
        with Image.open(io.BytesIO(data), formats=READ_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid(_("Cette image est trop grande."), field="image")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise Invalid(
            _("Ce fichier n’est pas une image lisible. Choisissez une photo JPEG, PNG ou WebP."),
            field="image",
        ) from error
    upright.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    upright.save(out, "WEBP", quality=80)
    return _store(out.getvalue(), "image/webp", "image.webp", upright.width, upright.height)


def store_pdf(upload: FileStorage) -> StoredFile:
    """Keep a PDF as it is; it is only ever served as a download.

    Raises:
        Invalid: too heavy, or not a PDF.
    """
    data = upload.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Invalid(_("Ce document est trop lourd : 6 Mo au plus."), field="file")
    if not data.startswith(b"%PDF-"):
        raise Invalid(_("Ce fichier n’est pas un document PDF."), field="file")
    name = (upload.filename or "document.pdf").replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(filter(str.isprintable, name))
    return _store(data, "application/pdf", printable[-160:], None, None)


def _store(
    content: bytes, media_type: str, name: str, width: int | None, height: int | None
) -> StoredFile:
    digest = hashlib.sha256(content).hexdigest()
    known = select(StoredFile).where(StoredFile.sha256 == digest)
    found = db.session.scalar(known)
    if found is not None:
        return found
    stored = StoredFile(
        sha256=digest, media_type=media_type, name=name, width=width, height=height, content=content
    )
    try:
        with db.session.begin_nested():
            db.session.add(stored)
            db.session.flush()
    except IntegrityError:
        # Someone else has just sent the same file: theirs serves both.
        return db.session.scalars(known).one()
    return stored
