"""What every answer is made of: where it comes from, how many there are, where the rest is."""

from typing import Any

from apiflask import Schema
from apiflask.fields import Boolean, Date, DateTime, Dict, Integer, Nested, String
from flask import request

from app.api.blueprint import LICENCE, LICENCE_URL
from app.centre.settings import rule
from app.core.http import PROBLEM
from app.core.mail import address_of
from app.core.pagination import Page


def text(description: str, example: Any = None, *, null: bool = False) -> String:
    """A field of words."""
    return String(required=True, allow_none=null, metadata=_said(description, example))


def number(description: str, example: int = 3, *, null: bool = False) -> Integer:
    """A field of a whole number."""
    return Integer(required=True, allow_none=null, metadata=_said(description, example))


def flag(description: str, *, null: bool = False) -> Boolean:
    """A field of yes or no."""
    return Boolean(required=True, allow_none=null, metadata=_said(description, True))


def day(description: str, *, null: bool = False) -> Date:
    """A field of a civil day."""
    return Date(required=True, allow_none=null, metadata=_said(description, "2026-03-15"))


def moment(description: str, *, null: bool = False) -> DateTime:
    """A field of a moment, with its offset from UTC."""
    said = _said(description, "2026-03-15T17:30:00+00:00")
    return DateTime(required=True, allow_none=null, metadata=said)


def _said(description: str, example: Any) -> dict[str, Any]:
    return {"description": description} | ({} if example is None else {"example": example})


class Source(Schema):
    """Where the data come from, and how they may be used."""

    licence = text("La licence", LICENCE)
    licence_url = text("Son texte", LICENCE_URL)
    source = text("Qui publie, à citer", "Centre social des Tilleuls")


class Links(Schema):
    """Addresses of the pages around."""

    soi = text("Cette page")
    premiere = text("La première")
    derniere = text("La dernière")
    precedente = text("Celle d’avant", null=True)
    suivante = text("Celle d’après", null=True)


class Listed(Source):
    """A page of a list."""

    total = number("Lignes en tout", 120)
    page = number("Numéro de cette page", 1)
    pages = number("Nombre de pages", 3)
    taille = number("Lignes par page", 50)
    liens = Nested(Links, required=True)


class Problem(Schema):
    """A refusal, as RFC 9457 writes it."""

    type = text("Toujours about:blank", "about:blank")
    title = text("Le nom HTTP de l’erreur", "Not Found")
    status = number("Le code HTTP", 404)
    detail = text("Ce qui ne va pas, en français", "Cette page n’existe pas.")
    erreurs = Dict(
        keys=String(), values=String(), metadata={"description": "Ce qui ne va pas, par filtre"}
    )


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {PROBLEM: {"schema": Problem}}}


Responses = dict[int | str, dict[str, Any]]
_SLOWLY: Responses = {"429": _problem("Trop de demandes : recommencez dans une minute")}
REFUSED: Responses = {
    "404": _problem("Rien à cette adresse : page au-delà de la dernière, ou nom inconnu"),
    "422": _problem("Un filtre ne convient pas : le détail dit lequel"),
    **_SLOWLY,
}
UNKNOWN: Responses = {"404": _problem("Rien à cette adresse"), **_SLOWLY}


def source() -> dict[str, Any]:
    """Licence and source."""
    return {"licence": LICENCE, "licence_url": LICENCE_URL, "source": rule("centre_name")}


def listed(page: Page[Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A page of a list as it is sent."""
    return {
        **source(),
        "total": page.total,
        "page": page.number,
        "pages": page.pages,
        "taille": page.size,
        "liens": {
            "soi": _address(page.number),
            "premiere": _address(1),
            "derniere": _address(page.pages),
            "precedente": _address(page.number - 1) if page.has_previous else None,
            "suivante": _address(page.number + 1) if page.has_next else None,
        },
        "donnees": rows,
    }


def _address(page: int) -> str:
    values = {**request.args.to_dict(), "page": str(page)}
    return address_of(str(request.endpoint), **values)
