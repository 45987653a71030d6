"""Feeds that a reader of Atom takes."""

from datetime import datetime
from xml.etree.ElementTree import Element, fromstring

import pytest
from flask.testing import FlaskClient

from app.core.clock import now
from app.core.db import atomic, db
from app.proposals.models import Proposal, ProposalStep
from tests.api.reading import FEEDS
from tests.api.test_privacy import make_all_public
from tests.factories import make_proposal
from tests.privacy.loud import make_loud
from tests.privacy.loud_life import make_loud_life

ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = {
    "propositions": "/propositions",
    "decisions": "/conseil/decisions",
    "comptes-rendus": "/conseil/comptes-rendus",
    "programme": "/programme",
}


def read(client: FlaskClient, name: str) -> Element:
    answer = client.get(f"/flux/{name}.atom")
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return fromstring(answer.data)


def said(element: Element, name: str) -> str:
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, name
    return found[0].text or ""


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_has_all_that_atom_asks(name: str, client: FlaskClient) -> None:
    make_loud_life(make_loud())
    make_all_public()

    feed = read(client, name)

    entries = feed.findall(f"{ATOM}entry")
    links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
    assert feed.tag == f"{ATOM}feed"
    assert links["self"].endswith(f"/flux/{name}.atom")
    assert links["alternate"].endswith(PAGES[name])
    (author,) = feed.findall(f"{ATOM}author")
    assert said(author, "name")
    assert entries or name == "programme"
    for part in (feed, *entries):
        assert said(part, "id").startswith("tag:")
        assert said(part, "title")
        assert datetime.fromisoformat(said(part, "updated")).tzinfo is not None
    assert len({said(entry, "id") for entry in entries}) == len(entries)
    newest = max((said(entry, "updated") for entry in entries), default=said(feed, "updated"))
    assert said(feed, "updated") == newest


def test_an_entry_keeps_its_name_and_says_when_it_changed(client: FlaskClient) -> None:
    proposal = make_proposal(title="Des bancs & <des> tables\x0b")
    before = read(client, "propositions").find(f"{ATOM}entry")
    assert before is not None
    name, first = said(before, "id"), said(before, "updated")

    adopt(proposal)

    after = read(client, "propositions").find(f"{ATOM}entry")
    assert after is not None
    assert said(after, "title") == "Des bancs & <des> tables (Adoptée)"
    assert said(after, "id") == name
    assert said(after, "updated") > first


@atomic
def adopt(proposal: Proposal) -> None:
    proposal.status = "adopted"
    db.session.add(ProposalStep(proposal_id=proposal.id, to_status="adopted", at=now()))


@pytest.mark.parametrize("name", FEEDS)
def test_the_page_leads_readers_to_its_feed(name: str, client: FlaskClient) -> None:
    page = client.get(PAGES[name]).text

    assert 'type="application/atom+xml" title="' in page
    assert f'href="/flux/{name}.atom"' in page


def test_a_feed_of_nothing_is_a_feed(client: FlaskClient) -> None:
    feed = read(client, "decisions")

    assert feed.findall(f"{ATOM}entry") == []
    assert said(feed, "updated") == "2026-01-01T00:00:00+00:00"
    assert client.get("/flux/autre.atom").status_code == 404
