"""Documents to print: typst templates of ours, filled with data that is never typst source."""

import json
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


def make_pdf(template: str, **data: Any) -> bytes:
    """The document `templates/pdf/<template>.typ` makes of this data (what JSON can hold).

    It meets PDF/UA-1, unless a name is written with letters our typeface lacks: it is then
    printed with whatever can draw them.
    """
    inputs = {"data": json.dumps({**data, "language": language()}, ensure_ascii=False)}
    try:
        return _compiled(template, inputs, "ua-1")
    except typst.TypstError:
        current_app.logger.warning("pdf %s: not PDF/UA", template)
        return _compiled(template, inputs, None)


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
