"""Cards to print, alone or eight to a page; a code is on paper once, and kept nowhere in clear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import segno
from flask import current_app
from sqlalchemy import select

from app.accounts import services as accounts
from app.accounts.models import Resident
from app.accounts.policies import can_register_people
from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre.settings import rule
from app.core.db import atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.pdf import make_pdf
from app.core.typography import NBSP

MOST_CARDS = 80
"""Ten sheets; each code given takes a moment to hash."""


@dataclass(frozen=True)
class Card:
    """What is printed for someone; `pin` only where a new one was just given."""

    name: str
    number: str
    pin: str | None


@atomic
def give_cards(desk: Resident, ids: Sequence[int], with_code: Sequence[int]) -> list[Card]:
    """The cards of these people, in this order, with a new code for some.

    Raises:
        Forbidden: not one of the team, or a code that would sign in as the direction.
        Invalid: nobody, or more people than can be printed at once.
        Conflict: the account of each of them is closed.
    """
    if not can_register_people(desk):
        raise Forbidden(_("Seule l’équipe d’accueil imprime une carte."))
    if not ids:
        raise Invalid(_("Choisissez au moins une personne."))
    if len(ids) > MOST_CARDS:
        raise Invalid(_("Imprimez %(count)d cartes au plus à la fois.", count=MOST_CARDS))
    people = {
        one.id: one
        for one in db.session.scalars(select(Resident).where(Resident.id.in_(ids))).unique()
        if one.is_active
    }
    if not people:
        raise Conflict(_("Ce compte est fermé : il n’a plus de carte."))
    return [
        _give(desk, people[one_id], new_code=one_id in with_code)
        for one_id in dict.fromkeys(ids)
        if one_id in people
    ]


def _give(desk: Resident, resident: Resident, *, new_code: bool) -> Card:
    pin = accounts.reset_pin(desk, resident) if new_code else None
    note(AuditAct.CARDS_PRINTED, desk, resident)
    return Card(resident.full_name, resident.card_number, pin)


def cards_pdf(cards: Sequence[Card], *, alone: bool) -> bytes:
    """A card with how to use it, or sheets of eight to cut out."""
    phone = rule("centre_phone")
    lost = (
        _("Carte perdue ou trouvée ? Dites-le à l’accueil : %(phone)s.", phone=phone)
        if phone
        else _("Carte perdue ou trouvée ? Dites-le à l’accueil du centre.")
    )
    return make_pdf(
        "cards",
        alone=alone,
        centre=rule("centre_name"),
        cards=[
            {
                "name": card.name,
                "number": _spaced(card.number, 2),
                "pin": _spaced(card.pin, 3) if card.pin else None,
                "qr": sign_in_code(card.number),
            }
            for card in cards
        ],
        words={
            "title": _("Carte du centre") if alone else _("Cartes du centre"),
            "qr": _("Code à scanner pour se connecter"),
            "card": _("Carte n°"),
            "pin": _("Code secret"),
            "strip": _("Détachez cette bande et gardez-la chez vous, loin de la carte."),
            "lost": lost,
            "hello": _("Bienvenue !"),
            "steps": [
                _("Scannez le carré avec un téléphone, ou ouvrez %(url)s.", url=_address()),
                _("Tapez le numéro de la carte, puis le code secret."),
                _("À la fin, appuyez sur « Se déconnecter »."),
            ],
            "help": _(
                "Ne donnez votre code à personne. Vous l’avez oublié ? Venez à l’accueil : "
                "un nouveau code vous est donné tout de suite."
            ),
        },
    )


def sign_in_code(number: str) -> str:
    """An SVG QR code that opens the sign-in page with the card's number filled in."""
    address = f"{current_app.config['PUBLIC_URL']}/connexion?{urlencode({'carte': number})}"
    drawn: str = segno.make(address, micro=False, error="m").svg_inline(
        scale=4, border=0, dark="#20313a"
    )
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _address() -> str:
    return str(current_app.config["PUBLIC_URL"]).split("://", 1)[-1] + "/connexion"


def _spaced(digits: str, size: int) -> str:
    return NBSP.join(re.findall(f".{{1,{size}}}", digits))
