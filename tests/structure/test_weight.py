"""What a first visit weighs, and where third-party files come from."""

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.core.assets import asset

CSS = Path(__file__).parents[2] / "static" / "css"
FONTS = {
    "Regular": "7fb917c89019896d0b52ee84b7cbb3304c18cb90b19a62f5e32712bd23e97669",
    "Bold": "5a3b0c8cc8ca545155150b4512a1fa248298df121c50d6557e651e61fbdab92f",
}


def test_all_styles_together_stay_under_forty_kilobytes() -> None:
    assert sum(path.stat().st_size for path in CSS.glob("*.css")) < 40_000


@pytest.mark.parametrize("name", FONTS)
def test_the_typeface_is_the_one_we_know(name: str) -> None:
    content = (
        files("fontpkg_atkinson_hyperlegible") / "files" / f"AtkinsonHyperlegible-{name}.ttf"
    ).read_bytes()

    assert hashlib.sha256(content).hexdigest() == FONTS[name]


def test_an_asset_is_kept_a_year_under_an_address_of_its_content(
    client: FlaskClient,
) -> None:
    url = asset("site.css")

    answer = client.get(url, headers={"Accept-Encoding": "br"})

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "br"
    assert client.get(url.replace("site.", "site.0")).status_code == 404
