"""The programme of a week or a month on one sheet, for notice boards."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import segno

from app.centre.settings import rule
from app.core.i18n import _
from app.core.mail import address_of
from app.core.pdf import make_pdf
from app.core.typography import day_fr, month_fr, time_fr, typo
from app.programme.calendar_filters import Asked
from app.programme.calendar_queries import Day, Span, title_of
from app.programme.queries import SessionCard


def poster(span: Span, wanted: Asked, *, is_month: bool) -> bytes:
    """An A4 sheet, drawn to be enlarged to A3; letters grow or shrink to fill one page.

    Cancelled sessions are on it, struck, for whoever reads last week's sheet beside it.
    """
    endpoint = "programme.month" if is_month else "programme.week"
    address = address_of(endpoint)
    asked = urlencode({"jour": span.first.isoformat(), **wanted.kept})
    said = wanted.words
    return make_pdf(
        "poster",
        centre=rule("centre_name"),
        title=_("Programme : %(when)s", when=title_of(span)),
        kind=_("Le mois") if is_month else _("La semaine"),
        when=title_of(span),
        filters=" · ".join(said),
        columns=2 if is_month else 1,
        days=list(_days(span)),
        qr=_drawn(f"{address}?{asked}"),
        address=address.split("://", 1)[-1],
        contact=[str(rule(name)) for name in ("centre_address", "centre_phone") if rule(name)],
        hours=str(rule("centre_hours")),
        words={
            "empty": _("Rien de prévu à ces dates. Une idée ? Venez nous en parler !"),
            "all": _("Tout le programme, et s’inscrire :"),
            "qr": _("Code à scanner : %(address)s", address=address),
            "without": _("Pas d’internet ? Demandez à l’accueil."),
            "cancelled": _("Annulé"),
        },
    )


def _days(span: Span) -> Iterator[dict[str, Any]]:
    """Days with something on; what lasts several days is said on the first of them shown."""
    seen: set[int] = set()
    for day in span.days:
        cards = [card for card in day.cards if card.id not in seen]
        seen.update(card.id for card in cards)
        if cards:
            yield {
                "name": day_fr(day.day, day.day).split(" ", 1)[0],
                "number": str(day.day.day),
                "month": month_fr(day.day).split(" ", 1)[0],
                "sessions": [_session(card, day) for card in cards],
            }


def _session(card: SessionCard, day: Day) -> dict[str, Any]:
    tags = [card.public_words] if card.public_words else []
    if card.is_offsite:
        tags.append(_("Hors les murs"))
    if card.takes_registrations:
        tags.append(_("Sur inscription"))
    return {
        "hours": _hours(card, day),
        "title": typo(card.title),
        "place": ", ".join(part for part in (card.place, card.quartier) if part),
        "tags": " · ".join(tags),
        "is_off": card.status == "cancelled",
        "reason": typo(card.cancel_reason or ""),
    }


def _hours(card: SessionCard, day: Day) -> str:
    if card.day < day.day:
        return _("suite")
    if (card.ends_at - card.starts_at).days:
        return _("dès %(start)s", start=time_fr(card.starts_at))
    return _("%(start)s à %(end)s", start=time_fr(card.starts_at), end=time_fr(card.ends_at))


def _drawn(address: str) -> str:
    drawn: str = segno.make(address, micro=False, error="m").svg_inline(
        scale=4, border=0, dark="#20313a"
    )
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
