"""Every page, as each of the people it is for: axe, no sideways scroll, no error in the console."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from app.demo.people import CARD, PASSWORD, PIN
from tests.journeys.conftest import DESKTOP, PHONE, Visit, sign_in

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]

VISITS: dict[str, tuple[tuple[str, str] | None, dict[str, int], bool, str]] = {
    "a passer-by on a phone": (None, PHONE, False, "public"),
    "a resident on a phone": ((CARD, PIN), PHONE, False, "others"),
    "the director at night": (("direction@example.org", PASSWORD), DESKTOP, True, "all"),
}
"""Who looks, on what, whether in the dark, and at which rooms."""

EXAMPLES = {
    "adhesion_id": "1",
    "other_id": "31",
    "merge_id": "1",
    "proposal_id": "1",
    "poll_id": "1",
    "meeting_id": "1",
    "item_id": "1",
    "deliberation_id": "1",
    "debate_id": "1",
    "action_id": "1",
    "session_id": "1",
    "kind_code": "activite",
    "need_id": "1",
    "signup_id": "1",
    "holiday_id": "1",
    "association": "les-mains-vertes-de-la-source",
    "collectif_id": "1",
    "resident_id": "30",
    "mandate_id": "1",
    "grant_id": "1",
    "connection_id": "1",
    "comment_id": "1",
    "document_id": "1",
    "assistance_id": "1",
    "case_id": "1",
    "kind": "proposition",
    "content_id": "1",
    "kiosk_id": "1",
    "section": "instances",
    "key": "notice_days",
    "listing": "quartiers",
    "row_id": "1",
    "entry_id": "1",
    "code": "3.2.3",
    "number": "2026-01",
    "token": "un-lien",
    "child_id": "30",
    "household_id": "1",
    "link_id": "1",
    "claim_id": "1",
    "batch_id": "1",
    "call_id": "1",
    "draw_id": "1",
    "election_id": "1",
    "text_kind": "reglement",
    "version": "1",
    "amendment_id": "1",
    "date_poll_id": "1",
    "request_id": "1",
    "contact_id": "1",
    "mission_id": "1",
    "convention_id": "1",
    "scheme_id": "1",
    "orientation_id": "1",
    "backing_id": "1",
    "notice_id": "9",
    "thread_id": "1",
    "secret": "un-secret",
    "quartier_id": "1",
    "span": "mois",
    "objective": "1.1",
    "aim": "1.1.o1",
    "thing": "actions",
    "subject_id": "1",
    "year": "2025",
    "past_kind": "seances",
    "import_id": "1",
}
"""A value for each part of an address; `slug` depends on the room."""

LEAST_SEEN = 10
SLUGS = {
    "associations": "les-mains-vertes-de-la-source",
    "bodies": "comite-famille",
    "partners": "mission-locale-du-canal",
    "home": "les-tilleuls",
}
NOT_PAGES = {
    "accounts.adhesion_receipt",
    "desk.receipt",
    "desk.adhesions_csv",
    "bodies.decisions_csv",
    "assets.send",
    "assets.favicon",
    "media.send",
    "health.health",
    "openapi.spec",
    "api.association",
    "api.associations",
    "api.compte_rendu",
    "api.comptes_rendus",
    "api.decision",
    "api.decisions",
    "api.indicateur",
    "api.indicateurs",
    "api.instances",
    "api.partenaires",
    "api.proposition",
    "api.propositions",
    "api.quartiers",
    "api.scrutin",
    "api.scrutins",
    "api.seance",
    "api.seances",
    "open_data.feed",
    "indicators.download",
    "indicators.figures_csv",
    "indicators.public_workbook",
    "indicators.register_csv",
    "indicators.team_workbook",
    "administration.agreements_csv",
    "administration.annual_report",
    "administration.senacs_csv",
    "pastlife.model_csv",
    "pastlife.model_xlsx",
    "pastlife.to_mend",
    "administration.senacs_xlsx",
    "administration.journal_csv",
    "administration.journal_json",
    "voting.ballots",
    "voting.fingerprints",
    "voting.journal_file",
    "voting.result_package",
    "voting.paper_ballots",
    "bodies.printed_sheet",
    "programme.offline_worker",
    "programme.printed_sheet",
    "partners.convention_file",
    "bodies.calendar",
    "bodies.convocation",
    "bodies.printed_minutes",
    "bodies.whole_minutes",
    "mandates.draw_list",
    "programme.feed",
    "programme.poster",
    "home.secret_calendar",
}


def addresses(app: Flask, rooms: str) -> list[str]:
    """One address for each route that answers GET with a page: public ones, the others, or all."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in NOT_PAGES or "GET" not in (rule.methods or ()):
            continue
        is_public = getattr(app.view_functions[rule.endpoint], "policy", "") == "public"
        if rooms != "all" and is_public != (rooms == "public"):
            continue
        values = EXAMPLES | {"slug": SLUGS.get(rule.endpoint.split(".")[0], "comite-famille")}
        parts = re.split(r"<(?:(?:\w|[(), ])+:)?(\w+)>", rule.rule)
        found.append("".join(values[part] if odd % 2 else part for odd, part in enumerate(parts)))
    return sorted(found)


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with the page as it stands."""
    found = []
    width, wide = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    if wide > width:
        found.append(f"{address}: scrolls sideways, {wide} px in {width}")
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    result = Axe().run(page, options=options)
    for broken in result.response["violations"]:
        where = broken["nodes"][0]["html"][:120]
        found.append(f"{address}: {broken['id']} ({len(broken['nodes'])}): {where}")
    return found


@pytest.mark.parametrize("who", VISITS)
def test_every_page_is_sound_for(who: str, centre: Flask, visit: Visit) -> None:
    identity, viewport, dark, rooms = VISITS[who]
    page = visit(viewport, dark=dark)
    console: list[str] = []
    page.on("console", lambda said: console.append(said.text) if said.type == "error" else None)
    if identity:
        sign_in(page, *identity)
    found: list[str] = []
    seen: set[str] = set()

    for address in addresses(centre, rooms):
        answer = page.goto(address, wait_until="domcontentloaded")
        assert answer is not None
        assert answer.status < 500, address
        # One page for each kind of refusal is enough: they are all made alike.
        shown = page.url if answer.status == 200 else str(answer.status)
        if shown not in seen:
            seen.add(shown)
            found += faults(page, address)

    assert found == []
    assert [said for said in console if "Failed to load resource" not in said] == []
    assert len(seen) > LEAST_SEEN


def test_a_page_with_a_fault_is_seen(visit: Visit, site: str) -> None:
    page = visit()
    page.goto("/vos-donnees")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=\"/x\"><p>é</p>'")
    page.evaluate("document.body.append(Object.assign(document.createElement('hr'), {width: 900}))")

    kinds = " ".join(faults(page, "/vos-donnees"))

    assert "image-alt" in kinds
    assert "scrolls sideways" in kinds
