"""Files that lie, names that smuggle, texts made to exhaust: none gets through."""

import io
import time
import zlib
from struct import pack

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage

from app.core import mail
from app.core.db import atomic, db
from app.core.errors import Invalid
from app.core.files import StoredFile, store_image, store_pdf
from app.core.mail import OutboxMail
from app.core.markdown import excerpt, render_markdown
from app.core.search_text import fold, stems
from app.core.typography import typo
from tests.factories import make_resident

store_image, store_pdf = atomic(store_image), atomic(store_pdf)


def upload(content: bytes, name: str = "photo.png") -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG that says it is so wide and so high, whatever it holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    header = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def picture(**options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#0a7d70").save(out, "PNG", **options)
    return out.getvalue()


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    "content",
    [
        png(50_000, 50_000, zlib.compress(b"\0" * 1000)),
        png(30_000, 2_000, zlib.compress(b"\0" * 60_000_000)),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 100,
        picture()[:60],
        b"",
    ],
    ids=["says huge", "is huge", "svg", "gif", "cut short", "empty"],
)
def test_an_image_that_is_not_one_is_refused(app: Flask, content: bytes) -> None:
    with pytest.raises(Invalid):
        store_image(upload(content))

    assert db.session.query(StoredFile).count() == 0


def test_an_image_keeps_its_pixels_and_nothing_else(app: Flask) -> None:
    hidden = b"<script>alert(1)</script>"

    stored = store_image(upload(picture() + hidden, "../../photo.html"))

    assert stored.media_type == "image/webp"
    assert hidden not in stored.content
    assert "/" not in stored.name


def test_a_page_dressed_as_a_pdf_is_only_ever_downloaded(app: Flask) -> None:
    with pytest.raises(Invalid):
        store_pdf(upload(b"<html>%PDF-1.7", "page.pdf"))
    stored = store_pdf(upload(b"%PDF-1.7 <script>alert(1)</script>", 'x"\r\nSet-Cookie: a=b.pdf'))

    answer = app.test_client().get(f"/fichiers/{stored.sha256}")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "Set-Cookie" not in answer.headers
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_name_cannot_add_a_line_to_a_mail(app: Flask) -> None:
    resident = make_resident("Amina\r\nBcc: tous@example.org")

    @atomic
    def write() -> None:
        said = "Vu\r\nBcc: tous@example.org"
        words = {"resident": resident, "body": "", "url": "/", "text": said}
        mail.send_mail("a@example.org", "notice", None, **words)

    with app.test_request_context():
        write()
    message = mail.as_message(db.session.query(OutboxMail).one())

    assert message["Bcc"] is None
    assert message["Subject"] == "Vu Bcc: tous@example.org"


@pytest.mark.parametrize(
    "text",
    [
        "*" * 100_000,
        "[" * 100_000,
        "<" * 100_000,
        "(" * 50_000 + ")" * 50_000,
        "« " * 50_000,
        "a" * 100_000,
        "_a" * 50_000,
        "1" * 100_000,
        "> " * 50_000,
        "https://" * 12_000,
    ],
    ids=lambda text: text[:4],
)
def test_a_text_made_to_exhaust_costs_little(app: Flask, text: str) -> None:
    """Linear work takes a fraction of a second; the square of it would take hours."""
    start = time.process_time()
    render_markdown(text)
    excerpt(text, 200)
    typo(text)
    stems(text)
    fold(text)

    assert time.process_time() - start < 20
