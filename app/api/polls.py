"""Open data: votes that are over, and what came out; never more than the public package holds."""

from collections.abc import Iterable, Sequence
from typing import Any

from apiflask import Schema
from apiflask.fields import Dict, List, Nested
from sqlalchemy import select

from app.api.answering import flag, moment, number, text
from app.api.asking import Asked, Dated, OneOf, Rows, Slug, between, chosen, slug_id
from app.api.people import People, people
from app.api.resources import Resource
from app.bodies.models import Body
from app.centre.settings import rule
from app.core.mail import address_of
from app.core.policies import public
from app.voting.labels import METHODS
from app.voting.models import Poll
from app.voting.queries import options_of
from app.voting.results import by_proxy, channels, headline, is_told, told
from app.voting.wording import Option


class PollsQuery(Dated):
    instance = Slug("Instance qui a voté", "comite-famille")
    methode = OneOf("Méthode de vote", METHODS)


class ChoiceSchema(Schema):
    id = number("Numéro du choix, celui du résultat", 7)
    libelle = text("Ce qui était proposé", "Ciné plein air")
    proposition = number("Proposition, s’il y en a une", 12, null=True)


class ScrutinSchema(Schema):
    id = number("Numéro", 4)
    titre = text("Question", "Que faire de la place ?")
    texte = text("Explications, en Markdown, sans les noms de personnes")
    methode = text("Méthode de vote", "yesno")
    secret = flag("Vrai si le vote était secret")
    instance = text("Instance, si une seule votait", "comite-famille", null=True)
    ouvert_le = moment("Ouverture")
    ferme_le = moment("Fermeture")
    publie_le = moment("Résultat publié le")
    inscrits = number("Personnes inscrites", 240, null=True)
    votants = number("Personnes qui ont voté", 121, null=True)
    quorum_pourcent = number("Quorum, en % des inscrits ; 0 sans quorum", 20)
    quorum_atteint = flag("Vrai si le quorum est atteint")
    choix = List(Nested(ChoiceSchema), required=True)
    resultat = text("Le résultat, en une phrase", "Ciné plein air l’emporte")
    explications = List(
        text("Une phrase"), required=True, metadata={"description": "Pourquoi, en phrases"}
    )
    depouillement = Dict(
        required=True,
        allow_none=True,
        metadata={"description": "Chaque étape du compte ; vide si trop peu de bulletins"},
    )
    archive = text("Tous les bulletins, mélangés, pour recompter", null=True)
    page = text("Sa page", "https://maisonnee.example.org/scrutins/4")


def _written(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as they are sent, without the names of people; two statements."""
    options, named = options_of([row.id for row in rows]), people()
    least = int(rule("public_threshold"))
    return [_poll(row, options.get(row.id, []), named, least) for row in rows]


POLLS = Resource("Scrutins", ScrutinSchema, _written)


@POLLS.many("/scrutins", PollsQuery, "Les votes terminés et leurs résultats")
@public
def scrutins(asked: Asked) -> Rows:
    return chosen(
        _rows(),
        asked,
        {
            **between(Poll.closes_at),
            "instance": lambda slug: Poll.body_id == slug_id(Body, slug),
            "methode": lambda word: Poll.method == word,
        },
    )


@POLLS.one("/scrutins/<int:poll_id>", "Un vote terminé et son résultat")
@public
def scrutin(poll_id: int) -> Rows:
    return _rows().where(Poll.id == poll_id)


def _poll(row: Any, options: Iterable[Option], named: People, least: int) -> dict[str, Any]:
    choices = [Option(it.id, named.out_of(it.label), it.proposal_id) for it in options]
    is_open = is_told(row.result, is_secret=row.is_secret, threshold=least)
    why = told(row.result, choices, is_secret=row.is_secret, threshold=least)
    return {
        "id": row.id,
        "titre": named.out_of(row.title),
        "texte": named.out_of(row.text),
        "methode": row.method,
        "secret": row.is_secret,
        "instance": row.body,
        "ouvert_le": row.opens_at,
        "ferme_le": row.closes_at,
        "publie_le": row.closed_at,
        "inscrits": row.roll_size,
        "votants": row.turnout,
        "quorum_pourcent": row.quorum_percent,
        "quorum_atteint": row.result["quorum_met"],
        "choix": [
            {"id": it.id, "libelle": it.label, "proposition": it.proposal_id} for it in choices
        ],
        "resultat": headline(row.result, choices),
        "explications": why,
        "depouillement": named.out_of_all(_counted(row.result, least)) if is_open else None,
        "archive": address_of("voting.result_package", poll_id=row.id) if is_open else None,
        "page": address_of("voting.show", poll_id=row.id),
    }


def _counted(result: dict[str, Any], least: int) -> dict[str, Any]:
    """As in the public package: less the parts too small to be told."""
    small = [] if channels(result, least) else ["channels", "paper"]
    small += [] if by_proxy(result, least) else ["represented"]
    return {key: value for key, value in result.items() if key not in small}


def _rows() -> Rows:
    return (
        select(
            Poll.id,
            Poll.title,
            Poll.text,
            Poll.method,
            Poll.is_secret,
            Poll.opens_at,
            Poll.closes_at,
            Poll.closed_at,
            Poll.roll_size,
            Poll.turnout,
            Poll.quorum_percent,
            Poll.result,
            Body.slug.label("body"),
        )
        .outerjoin(Body, Body.id == Poll.body_id)
        .where(Poll.status == "closed", Poll.closed_at.is_not(None))
        .order_by(Poll.closes_at.desc(), Poll.id.desc())
    )
