"""The four feeds: what each holds, and the page it follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from app.api import atom, decisions, minutes, programme, proposals
from app.api.atom import News
from app.core.clock import PARIS
from app.core.i18n import _, _l
from app.core.mail import address_of
from app.core.typography import datetime_fr

LATEST = 30


@dataclass(frozen=True)
class Feed:
    """Its title, the page it follows, and where its news come from."""

    title: Any
    endpoint: str
    news: Callable[[], list[News]]


def feed_of(name: str) -> bytes:
    """The feed of this name; four statements at most."""
    wanted = FEEDS[name]
    address, page = address_of("open_data.feed", name=name), address_of(wanted.endpoint)
    return atom.feed(name, str(wanted.title), address, page, wanted.news())


def _proposals() -> list[News]:
    return [
        News(
            str(one["id"]),
            f"{one['titre']} ({one['etat_libelle']})",
            one["texte"],
            one["page"],
            one["publiee_le"],
            one["changee_le"],
        )
        for one in proposals.latest(LATEST)
    ]


def _decisions() -> list[News]:
    return [
        News(
            one["numero"],
            f"{one['numero']} {one['titre']} ({one['suite_libelle']})",
            one["texte"],
            one["page"],
            decided := datetime.combine(one["decidee_le"], time(), PARIS),
            max(decided, one["changee_le"]),
        )
        for one in decisions.latest(LATEST)
    ]


def _minutes() -> list[News]:
    return [
        News(
            str(one["reunion"]),
            _("Compte rendu n° %(number)s", number=one["numero"]) + f"\u00a0: {one['titre']}",
            "\n".join(point["titre"] for point in one["points"]),
            one["page"],
            one["publie_le"],
            one["change_le"],
        )
        for one in minutes.latest(LATEST)
    ]


def _programme() -> list[News]:
    return [
        News(
            str(one["id"]),
            _programme_title(one),
            "\n".join(filter(None, (one["lieu"], one["description"]))),
            one["page"],
            one["changee_le"],
            one["changee_le"],
        )
        for one in programme.coming(LATEST)
    ]


def _programme_title(one: dict[str, Any]) -> str:
    title = f"{one['titre']}, {datetime_fr(one['debut'], date.min)}"
    return _("Annulé : %(title)s", title=title) if one["etat"] == "annulee" else title


FEEDS = {
    "propositions": Feed(_l("Propositions des habitants"), "proposals.index", _proposals),
    "decisions": Feed(_l("Décisions"), "bodies.decisions", _decisions),
    "comptes-rendus": Feed(_l("Comptes rendus"), "bodies.minutes_index", _minutes),
    "programme": Feed(_l("Programme à venir"), "programme.index", _programme),
}
