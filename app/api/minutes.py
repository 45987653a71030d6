"""Open data: published minutes, in their public extract, and the instances that wrote them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from apiflask import Schema
from apiflask.fields import List, Nested
from sqlalchemy import func, select

from app.api.answering import day, flag, moment, number, text
from app.api.asking import Asked, Dated, Listing, OneOf, Rows, Slug, between, chosen, slug_id
from app.api.people import People, people
from app.api.resources import Resource
from app.bodies.labels import THEMES
from app.bodies.minutes_models import MinutesAddendum
from app.bodies.models import COMITE, CONSEIL, AgendaItem, Body, Meeting
from app.core.db import db
from app.core.mail import address_of
from app.core.policies import public

KINDS = {CONSEIL: "Conseil de maison", COMITE: "Comité"}


class MinutesQuery(Dated):
    instance = Slug("Instance", "conseil")


class BodiesQuery(Listing):
    type = OneOf("Conseil de maison ou comité", KINDS)
    theme = OneOf("Pour qui", THEMES)


class ItemSchema(Schema):
    titre = text("Titre du point", "Les bancs")
    reserve = flag("Vrai si le point est réservé aux membres : seul son titre est public")
    texte = text("Ce qui s’est dit, en Markdown, sans les noms de personnes", null=True)


class CompteRenduSchema(Schema):
    numero = text("Numéro", "2026-07")
    reunion = number("Numéro de la réunion", 9)
    titre = text("Titre", "Conseil de rentrée")
    instance = text("Instance", "conseil")
    lieu = text("Lieu", "Salle commune")
    reunion_le = moment("Début de la réunion")
    publie_le = moment("Publié le")
    change_le = moment("Publié, ou rectifié, le")
    quorum_atteint = flag("Vide où aucun n’est demandé", null=True)
    points = List(Nested(ItemSchema), required=True)
    en_plus = text("Ce qui s’est dit hors de l’ordre du jour")
    sceau = text("Empreinte SHA-256 du compte rendu complet", null=True)
    page = text("Sa page", "https://maisonnee.example.org/conseil/reunions/9/compte-rendu")


class InstanceSchema(Schema):
    nom_court = text("Son nom dans les adresses", "comite-famille")
    nom = text("Nom", "Comité famille")
    type = text("conseil ou comite", "comite")
    theme = text("Pour qui", "famille")
    objet = text("Ce qu’elle fait, sans les noms de personnes")
    ouverte_le = day("Ouverte le")
    fermee_le = day("Fermée le", null=True)
    page = text("Sa page", "https://maisonnee.example.org/comites/comite-famille")


def written(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as they are sent, without the names of people; two statements."""
    named, items = people(), defaultdict(list)
    query = (
        select(AgendaItem.meeting_id, AgendaItem.title, AgendaItem.notes, AgendaItem.is_private)
        .where(AgendaItem.meeting_id.in_([row.id for row in rows]))
        .order_by(AgendaItem.meeting_id, AgendaItem.position)
    )
    for item in db.session.execute(query):
        items[item.meeting_id].append(_item(item, named))
    return [_minutes(row, items[row.id], named) for row in rows]


def _bodies(rows: Sequence[Any]) -> list[dict[str, Any]]:
    named = people()
    return [
        {
            "nom_court": row.slug,
            "nom": named.out_of(row.name),
            "type": row.kind,
            "theme": row.theme,
            "objet": named.out_of(row.purpose),
            "ouverte_le": row.created_on,
            "fermee_le": row.closed_on,
            "page": address_of("bodies.conseil")
            if row.kind == CONSEIL
            else address_of("bodies.show", slug=row.slug),
        }
        for row in rows
    ]


MINUTES = Resource("Comptes rendus", CompteRenduSchema, written)
BODIES = Resource("Instances", InstanceSchema, _bodies)


@MINUTES.many("/comptes-rendus", MinutesQuery, "Les comptes rendus publiés")
@public
def comptes_rendus(asked: Asked) -> Rows:
    return chosen(
        _rows(),
        asked,
        {
            **between(Meeting.starts_at),
            "instance": lambda slug: Meeting.body_id == slug_id(Body, slug),
        },
    )


@MINUTES.one("/comptes-rendus/<int:meeting_id>", "Le compte rendu d’une réunion")
@public
def compte_rendu(meeting_id: int) -> Rows:
    return _rows().where(Meeting.id == meeting_id)


@BODIES.many("/instances", BodiesQuery, "Le conseil de maison et les comités")
@public
def instances(asked: Asked) -> Rows:
    rows = select(
        Body.slug, Body.name, Body.kind, Body.theme, Body.purpose, Body.created_on, Body.closed_on
    ).order_by(Body.kind.desc(), Body.name)
    return chosen(
        rows,
        asked,
        {"type": lambda word: Body.kind == word, "theme": lambda word: Body.theme == word},
    )


def latest(wanted: int) -> list[dict[str, Any]]:
    """The last published; three statements."""
    rows = _rows().order_by(None).order_by(Meeting.published_at.desc())
    return MINUTES.first(rows, wanted)


def _item(item: Any, named: People) -> dict[str, Any]:
    return {
        "titre": named.out_of(item.title),
        "reserve": item.is_private,
        "texte": None if item.is_private else named.out_of(item.notes),
    }


def _minutes(row: Any, items: list[dict[str, Any]], named: People) -> dict[str, Any]:
    quorum = None
    if row.quorum_needed is not None and row.quorum_present is not None:
        there = row.quorum_present >= row.quorum_needed
        quorum = there and row.quorum_residents is not False
    return {
        "numero": f"{row.minutes_year}-{row.minutes_rank:02d}",
        "reunion": row.id,
        "titre": named.out_of(row.title),
        "instance": row.body,
        "lieu": named.out_of(row.place),
        "reunion_le": row.starts_at,
        "publie_le": row.published_at,
        "change_le": max(row.corrected_at or row.published_at, row.published_at),
        "quorum_atteint": quorum,
        "points": items,
        "en_plus": named.out_of(row.minutes),
        "sceau": row.minutes_sha256,
        "page": address_of("bodies.minutes", meeting_id=row.id),
    }


def _rows() -> Rows:
    corrected = select(func.max(MinutesAddendum.written_at)).where(
        MinutesAddendum.meeting_id == Meeting.id
    )
    return (
        select(
            Meeting.id,
            Meeting.minutes_year,
            Meeting.minutes_rank,
            Meeting.title,
            Meeting.place,
            Meeting.starts_at,
            Meeting.published_at,
            Meeting.quorum_needed,
            Meeting.quorum_present,
            Meeting.quorum_residents,
            Meeting.minutes,
            Meeting.minutes_sha256,
            corrected.correlate(Meeting).scalar_subquery().label("corrected_at"),
            Body.slug.label("body"),
        )
        .join(Body, Body.id == Meeting.body_id)
        .where(Meeting.minutes_status == "published")
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )
