"""Style, scripts, fonts and pictures, under addresses that change with their content."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, abort, request

from app.core.policies import public

bp = Blueprint("assets", __name__)
ORDER = ("tokens", "base", "layout")
TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}


@dataclass(frozen=True)
class Asset:
    """A file ready to send: plain, and compressed where that makes it smaller."""

    url: str
    media_type: str
    plain: bytes
    br: bytes | None
    gz: bytes | None


_assets: dict[str, Asset] = {}
_by_file: dict[str, Asset] = {}


def init_assets(app: Flask, static: Path, build: Path) -> None:
    """Read every asset once; `asset(name)` gives its address in templates."""
    for path in sorted(build.glob("fonts/*.woff2")):
        _add(path.name, path.read_bytes())
    css = "\n".join(_minified(path.read_text("utf-8")) for path in _stylesheets(static / "css"))
    css = re.sub(r"asset:([\w.-]+)", lambda found: asset(found.group(1)), css)
    _add("site.css", css.encode())
    scripts = sorted((static / "js").glob("*.js"))
    _add("site.js", "\n".join(path.read_text("utf-8") for path in scripts).encode())
    for path in sorted((static / "apart").glob("*.css")):
        _add(path.name, _minified(path.read_text("utf-8")).encode())
    for path in sorted((static / "apart").glob("*.js")):
        _add(path.name, path.read_bytes())
    for path in sorted((static / "img").glob("*.svg")):
        _add(path.name, path.read_bytes())
    app.jinja_env.globals["asset"] = asset
    app.register_blueprint(bp)


def asset(name: str) -> str:
    """The address of an asset by its plain name."""
    found = _assets.get(name)
    return found.url if found else f"/assets/missing/{name}"


def asset_text(name: str) -> bytes:
    """The content of an asset, for what must be sent from an address of its own."""
    return _assets[name].plain


def _stylesheets(folder: Path) -> list[Path]:
    def rank(path: Path) -> tuple[int, str]:
        return (ORDER.index(path.stem) if path.stem in ORDER else len(ORDER), path.stem)

    return sorted(folder.glob("*.css"), key=rank)


def _minified(css: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.S)).strip()


def _add(name: str, content: bytes) -> None:
    stem, ending = name.rsplit(".", 1)
    file = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
    packed = ending != "woff2"
    made = Asset(
        url=f"/assets/{file}",
        media_type=TYPES[ending],
        plain=content,
        br=brotli.compress(content) if packed else None,
        gz=gzip.compress(content, mtime=0) if packed else None,
    )
    _assets[name] = _by_file[file] = made


@bp.get("/assets/<file>")
@public
def send(file: str) -> Response:
    """One asset, to be kept a year."""
    found = _by_file.get(file) or abort(404)
    accepted = request.headers.get("Accept-Encoding", "")
    response = Response(found.plain, content_type=found.media_type)
    if found.br and "br" in accepted:
        response = Response(found.br, content_type=found.media_type)
        response.headers["Content-Encoding"] = "br"
    elif found.gz and "gzip" in accepted:
        response = Response(found.gz, content_type=found.media_type)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.vary.add("Accept-Encoding")
    return response


@bp.get("/favicon.ico")
@public
def favicon() -> Response:
    """Browsers ask for it unasked."""
    found = _assets.get("favicon.svg") or abort(404)
    return Response(found.plain, content_type=found.media_type)
