"""The direction brings an earlier year in on a telephone, mends it, and takes it back."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.demo.people import PASSWORD
from tests.journeys.conftest import Visit, sign_in
from tests.journeys.test_every_page import RULES

pytestmark = pytest.mark.browser

YEAR = 2019
HEADS = ("Action", "Date", "Heure", "Durée", "Type", "Personnes", "Humeur")
LINES = (
    ("Atelier d’autrefois", f"12/03/{YEAR}", "14h30", "1,5", "Activité", "9", "gaie"),
    ("Chorale d’autrefois", f"13/03/{YEAR}", "", "2", "Activité", "", ""),
    ("Bal d’autrefois", f"31/02/{YEAR}", "", "3", "Activité", "80", ""),
)


def write(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """As a spreadsheet in France writes it."""
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def send(page: Page, path: Path) -> None:
    page.goto("/administration")
    page.get_by_role("link", name="Reprendre les années passées").click()
    page.get_by_role("link", name="Séances passées").click()
    page.get_by_label("Votre fichier").set_input_files(path)
    page.get_by_role("button", name="Voir ce qui sera repris").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aperçu")


def indicator(page: Page) -> int:
    """« Actions au centre » in that year."""
    page.goto(f"/indicateurs/1.2.1?periode=annee-{YEAR}")
    shown = page.locator("main .figure, main .stat").first.inner_text()
    found = re.search(r"\d+", shown)
    assert found is not None
    return int(found[0])


@pytest.mark.parametrize("javascript", [True, False])
def test_an_earlier_year_comes_in_is_mended_and_goes(
    visit: Visit, tmp_path: Path, javascript: bool
) -> None:
    page = visit(javascript=javascript)
    sign_in(page, "direction@example.org", PASSWORD)
    assert indicator(page) == 0

    send(page, write(tmp_path / "avant.csv", [HEADS, *LINES]))
    expect(page.get_by_text("laissées de côté")).to_contain_text("Humeur")
    expect(page.locator("main")).to_contain_text("Écrivez une date comme 12/03/2023.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if javascript:
        assert Axe().run(page, options={"runOnly": RULES}).violations_count == 0
    with page.expect_download() as download:
        page.get_by_role("link", name="Prendre les lignes à corriger").click()
    page.get_by_role("button", name="Importer les 2 lignes bonnes").click()
    expect(page.locator("main")).to_contain_text("2 lignes sont reprises")
    first = page.url
    assert indicator(page) == 2

    faulty = Path(download.value.path()).read_text("utf-8")
    mended = tmp_path / "corrige.csv"
    mended.write_text(faulty.replace(f"31/02/{YEAR}", f"28/02/{YEAR}"), "utf-8")
    send(page, mended)
    page.get_by_role("button", name="Importer 1 ligne bonne").click()
    expect(page.locator("main")).to_contain_text("1 ligne est reprise")
    second = page.url
    assert indicator(page) == 3

    for place, left in ((second, 2), (first, 0)):
        page.goto(place)
        page.get_by_role("link", name="Annuler cette reprise").click()
        page.get_by_role("button", name="Annuler cette reprise").click()
        expect(page.locator("main")).to_contain_text("Cette reprise est annulée")
        assert indicator(page) == left
