"""What a season tells: planned, registered for, held, closed, each by those who do it."""

from io import BytesIO

from pypdf import PdfReader
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.programme.models import Session
from tests.journeys.year import YEAR, Neighbour, Town


def plan(team: Neighbour, title: str, kind: str, **chosen: str | bool) -> int:
    """The team creates an action; boxes are ticked by True, lists and texts filled by words."""
    team.go("/programme/nouvelle")
    team.fill(title=title)
    team.page.select_option("main [name=kind]", kind)
    for name, value in chosen.items():
        box = team.page.locator(f"main [name={name}]")
        if value is True:
            box.check()
        elif box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(str(value))
        else:
            box.fill(str(value))
    team.press("Créer l’action")
    return int(team.page.url.split("/programme/")[1].split("/")[0])


def date_of(team: Neighbour, action: int, starts: str, ends: str) -> None:
    """One date; « 05-24T14:00 » is in the year of the story."""
    team.go(f"/programme/{action}/seances/nouvelle")
    team.fill(starts_at=f"{YEAR}-{starts}", ends_at=f"{YEAR}-{ends}")
    team.press("Ajouter la séance")


def weekly(team: Neighbour, action: int, *, without: str) -> None:
    """Each Tuesday for four weeks, one of them unticked."""
    team.go(f"/programme/{action}")
    team.follow("Ajouter une série de dates")
    team.page.check("main [name=weekdays][value='1']")
    team.fill(
        starts_time="09:00",
        ends_time="11:00",
        starts_on=f"{YEAR}-01-14",
        until=f"{YEAR}-02-04",
    )
    team.press("Voir les dates")
    team.page.uncheck(f"main [name=jour][value='{YEAR}-{without}']")
    team.press("Mettre ces dates au programme")


def dates(place: Town, action: int) -> list[int]:
    """The sessions of an action, in order."""
    with place.there():
        query = select(Session.id).where(Session.action_id == action).order_by(Session.starts_at)
        return list(db.session.scalars(query))


def card_of(place: Town, who: Neighbour) -> str:
    """What the person's card says, for whoever types it."""
    with place.there():
        return str(db.session.scalar(select(Resident.card_number).where(Resident.id == who.id)))


def poster(reader: Neighbour, address: str) -> str:
    """What a printed page says; it is one page."""
    answer = reader.page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf", answer.status
    (page,) = PdfReader(BytesIO(answer.body())).pages
    return " ".join(page.extract_text().replace("\u00a0", " ").split())


def call_off(team: Neighbour, action: int, session: int, reason: str) -> None:
    team.go(f"/programme/{action}")
    team.page.locator(f"main a[href='/seances/{session}/annuler']").click()
    team.fill(reason=reason)
    team.press("Annuler")


def tap(team: Neighbour, session: int, number: int) -> None:
    """Those who are awaited come in, one tap each."""
    for _rank in range(number):
        team.go(f"/seances/{session}/presences")
        team.press("Présent", within="[data-part=awaited]")


def show_cards(team: Neighbour, session: int, cards: list[str]) -> None:
    """Those who come without having said so show their cards."""
    for card in cards:
        team.go(f"/seances/{session}/presences")
        team.fill(number=card)
        team.press("Noter présent")


def close(
    team: Neighbour, session: int, *, people: int | None = None, minutes: int | None = None
) -> None:
    """Say how many in all, counted by eye, and how long it lasted where it was not as planned."""
    team.go(f"/seances/{session}/presences")
    team.follow("Clore la séance")
    if people is not None:
        team.fill(people=str(people), counted_by="Claire")
        team.page.select_option("main [name=method]", "estimation")
    if minutes is not None:
        team.fill(minutes=str(minutes))
    team.press("Clore la séance")
    assert "Séance close" in team.read()
