"""Events as other people's calendars read them: iCalendar (RFC 5545), sent by mail (RFC 6047)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from flask import current_app
from icalendar import Calendar, Event, vCalAddress

from app.core.clock import PARIS, now

MEDIA_TYPE = "text/calendar"


@dataclass(frozen=True)
class Happening:
    """Something with a date.

    Args:
        kind, number: what and which, in the house: they make its one name in every calendar.
        sequence: 0 at first, one more each time that calendars must change it.
        ends_at: None where it is not known.
        url: its page, with the site's name.
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

    @property
    def uid(self) -> str:
        """The same for as long as the site keeps its address."""
        return f"{self.kind}-{self.number}@{urlsplit(current_app.config['PUBLIC_URL']).hostname}"


def calendar_of(happening: Happening, *, is_sent: bool = True) -> bytes:
    """An invitation, its update or its cancellation, for one event; hours are those of Paris.

    Args:
        is_sent: to those invited, by mail; else it is published, for whoever takes it.
    """
    event = Event()
    event.add("uid", happening.uid)
    event.add("sequence", happening.sequence)
    event.add("dtstamp", now().astimezone(UTC))
    event.add("summary", happening.title)
    event.add("dtstart", happening.starts_at.astimezone(PARIS))
    if happening.ends_at is not None:
        event.add("dtend", happening.ends_at.astimezone(PARIS))
    event.add("location", happening.place)
    event.add("description", happening.text)
    event.add("url", happening.url)
    event.add("status", "CANCELLED" if happening.is_cancelled else "CONFIRMED")
    name, address = parseaddr(current_app.config["MAIL_FROM"])
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = name or address
    event.add("organizer", organizer)
    calendar = Calendar()
    calendar.add("prodid", "-//Maisonnee//fr")
    calendar.add("version", "2.0")
    asks = "CANCEL" if happening.is_cancelled else "REQUEST"
    calendar.add("method", asks if is_sent else "PUBLISH")
    calendar.add_component(event)
    day = happening.starts_at.astimezone(PARIS).date()
    # The clock changes of the years around are enough, where the library writes seventy of them.
    calendar.add_missing_timezones(day - timedelta(days=400), day + timedelta(days=400))
    return bytes(calendar.to_ical())


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
