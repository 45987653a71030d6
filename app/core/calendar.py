"""Events as other people's calendars read them: iCalendar (RFC 5545), sent by mail (RFC 6047)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from flask import current_app
from icalendar import Calendar, Event, vCalAddress

from app.core.clock import PARIS, now

MEDIA_TYPE = "text/calendar"
ASK_AGAIN = timedelta(hours=4)
"""How often a program is asked to come back."""


@dataclass(frozen=True)
class Happening:
    """Something with a date.

    Args:
        kind, number: what and which, in the house: they make its one name in every calendar.
        sequence: 0 at first, one more each time that calendars must change it.
        ends_at: None where it is not known.
        url: its page, with the site's name.
        changed_at: when calendars last had to change it; the present moment by default.
    """

    kind: str
    number: int
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    text: str
    url: str
    is_cancelled: bool = False
    changed_at: datetime | None = None

    @property
    def uid(self) -> str:
        """The same for as long as the site keeps its address."""
        return f"{self.kind}-{self.number}@{urlsplit(current_app.config['PUBLIC_URL']).hostname}"


def calendar_of(happening: Happening, *, is_sent: bool = True) -> bytes:
    """An invitation, its update or its cancellation, for one event; hours are those of Paris.

    Args:
        is_sent: to those invited, by mail; else it is published, for whoever takes it.
    """
    calendar = _calendar()
    asks = "CANCEL" if happening.is_cancelled else "REQUEST"
    calendar.add("method", asks if is_sent else "PUBLISH")
    event = _event(happening)
    name, address = parseaddr(current_app.config["MAIL_FROM"])
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = name or address
    event.add("organizer", organizer)
    calendar.add_component(event)
    _add_clocks(calendar, [happening])
    return bytes(calendar.to_ical())


def feed_of(name: str, happenings: Sequence[Happening]) -> bytes:
    """Many events, for programs that come back to read them; the same bytes while nothing changes.

    Args:
        name: what the program calls this calendar.
    """
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", PARIS.key)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for happening in happenings:
        calendar.add_component(_event(happening))
    _add_clocks(calendar, happenings)
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Maisonnee//fr")
    calendar.add("version", "2.0")
    return calendar


def _event(happening: Happening) -> Event:
    event = Event()
    stamp = (happening.changed_at or now()).astimezone(UTC)
    event.add("uid", happening.uid)
    event.add("sequence", happening.sequence)
    event.add("dtstamp", stamp)
    if happening.changed_at is not None:
        event.add("last-modified", stamp)
    event.add("summary", happening.title)
    event.add("dtstart", happening.starts_at.astimezone(PARIS))
    if happening.ends_at is not None:
        event.add("dtend", happening.ends_at.astimezone(PARIS))
    event.add("location", happening.place)
    event.add("description", happening.text)
    event.add("url", happening.url)
    event.add("status", "CANCELLED" if happening.is_cancelled else "CONFIRMED")
    return event


def _add_clocks(calendar: Calendar, happenings: Sequence[Happening]) -> None:
    """The hours of Paris; the clock changes of the years around are enough, of seventy written."""
    days = [happening.starts_at.astimezone(PARIS).date() for happening in happenings]
    if days:
        year = timedelta(days=400)
        calendar.add_missing_timezones(min(days) - year, max(days) + year)


def addressed(content: bytes, email: str) -> bytes:
    """The same invitation, to one person: programs offer to accept it to whom it names alone."""
    calendar = Calendar.from_ical(content)
    attendee = vCalAddress(f"mailto:{email}")
    attendee.params["RSVP"] = "FALSE"
    for event in calendar.walk("VEVENT"):
        event.add("attendee", attendee)
    return bytes(calendar.to_ical())


def method_of(content: bytes) -> str:
    """What a calendar asks of the program that reads it: REQUEST or CANCEL."""
    return str(Calendar.from_ical(content)["METHOD"])
