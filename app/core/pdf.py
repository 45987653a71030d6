"""Documents to print: typst templates of ours, filled with data that is never typst source."""

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst
from flask import Response, current_app

from app.core.clock import now
from app.core.i18n import language

TEMPLATES = Path(__file__).parents[2] / "templates" / "pdf"
POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
"""A browser's own PDF reader is an object of the page it makes."""

_PICTURES = re.compile(
    "[\u20d0-\u20ff\u2300-\u2bff\u3030\u303d\u3297\u3299\ufe00-\ufe0f\U0001f000-\U0001faff\U000e0000-\U000e007f]"
)
_SAME = {
    "✅": "✓",
    "❌": "✗",
    "❎": "✗",
    "❗": "!",
    "❕": "!",
    "❓": "?",
    "❔": "?",
    "➕": "+",
    "➖": "−",
}
_JOINER = "\u200d"


def make_pdf(template: str, **data: Any) -> bytes:
    """The document `templates/pdf/<template>.typ` makes of this data (what JSON can hold).

    Pictures that no typeface of ours draws are left out rather than printed as empty boxes.

    It meets PDF/UA-1, unless a name is written with letters our typeface lacks: it is then
    printed with whatever can draw them.
    """
    inputs = {"data": json.dumps({**_drawable(data), "language": language()}, ensure_ascii=False)}
    try:
        return _compiled(template, inputs, "ua-1")
    except typst.TypstError:
        current_app.logger.warning("pdf %s: not PDF/UA", template)
        return _compiled(template, inputs, None)


def _drawable(data: Any) -> Any:
    """The same data, its texts without what cannot be drawn."""
    if isinstance(data, str):
        return without_boxes(data)
    if isinstance(data, dict):
        return {key: _drawable(value) for key, value in data.items()}
    return [_drawable(value) for value in data] if isinstance(data, list | tuple) else data


def without_boxes(text: str) -> str:
    """A text without the pictures that would print as empty boxes: « Fête 🎉 ! » is « Fête ! »."""
    if text.isascii() or not _PICTURES.search(text):
        return text
    kept = _PICTURES.sub(lambda found: _as_drawn(found[0]), text)
    if kept == text:
        return text
    return re.sub(r"(?<=\S) {2,}", " ", kept.replace(_JOINER, "")).strip(" ")


def _as_drawn(picture: str) -> str:
    same = _SAME.get(picture, picture)
    return same if not _PICTURES.match(same) or _can_draw(same) else ""


@cache
def _can_draw(picture: str) -> bool:
    """Whether a typeface of ours has it; PDF/UA refuses what none has."""
    try:
        _compiled("glyph", {"data": json.dumps({"glyph": f"a{picture}"})}, "ua-1")
    except typst.TypstError:
        return False
    # It shows nothing by itself, and asks for a picture in place of the sign before it.
    return not "\ufe00" <= picture <= "\ufe0f"


def _compiled(template: str, inputs: dict[str, str], standard: Literal["ua-1"] | None) -> bytes:
    made: bytes = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=standard,
        timestamp=int(now().timestamp()),
    )
    return made


@cache
def _fonts() -> list[Path]:
    """Where the package of our typeface keeps its files."""
    return [Path(str(files("fontpkg_atkinson_hyperlegible") / "files"))]


def pdf_answer(content: bytes, name: str) -> Response:
    """A PDF to look at and print, kept by no browser: it may hold a code, or someone's name."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer
