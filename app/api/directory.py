"""Open data: associations, partners and quartiers; organisations, never the people in them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from apiflask import Schema
from apiflask.fields import List
from flask import abort
from sqlalchemy import select

from app.api.answering import day, flag, text
from app.api.asking import Asked, Listing, OneOf, Rows, Slug, chosen, slug_id
from app.api.people import people
from app.api.resources import Resource
from app.associations.families import FAMILIES
from app.associations.models import Association, AssociationPublic
from app.associations.publics import PUBLICS
from app.associations.queries import LISTED
from app.centre.models import Quartier
from app.core.db import db
from app.core.mail import address_of
from app.core.policies import public
from app.partners.models import Mission, Partner, PartnerMission, PartnerPublic, PartnerQuartier
from app.partners.queries import serves_quartier
from app.partners.words import PARTNER_KINDS


class AssociationsQuery(Listing):
    quartier = Slug("Quartier", "la-source")
    famille = OneOf("Famille d’objet social du répertoire national", FAMILIES)
    public = OneOf("Pour qui", PUBLICS)


class PartnersQuery(Listing):
    quartier = Slug("Quartier où il travaille", "la-source")
    type = OneOf("Type d’organisme", PARTNER_KINDS)


class AssociationSchema(Schema):
    nom_court = text("Son nom dans les adresses", "les-mains-vertes")
    nom = text("Nom", "Les Mains vertes")
    objet = text("Objet, sans les noms de personnes")
    activites = text("Activités, sans les noms de personnes")
    famille = text("Famille d’objet social", "024")
    famille_libelle = text("La même chose, en clair", "Environnement")
    publics = List(text("Pour qui", "familles"), required=True)
    quartier = text("Quartier", "la-source", null=True)
    rna = text("Numéro au répertoire national des associations", "W931234567", null=True)
    siren = text("Numéro SIREN", "123456782", null=True)
    site = text("Site de l’association", null=True)
    page = text("Sa page", "https://maisonnee.example.org/associations/les-mains-vertes")


class PartenaireSchema(Schema):
    nom_court = text("Son nom dans les adresses", "mission-locale")
    nom = text("Nom", "Mission locale")
    type = text("Type d’organisme", "emploi")
    type_libelle = text("La même chose, en clair", "Emploi et formation")
    objet = text("Ce qu’il fait, sans les noms de personnes")
    missions = List(text("Mission", "Emploi"), required=True)
    publics = List(text("Pour qui", "jeunes"), required=True)
    quartiers = List(
        text("Quartier", "la-source"),
        required=True,
        metadata={"description": "Où il travaille ; vide s’il travaille partout"},
    )
    site = text("Son site", null=True)
    page = text("Sa page", "https://maisonnee.example.org/partenaires/mission-locale")


class QuartierSchema(Schema):
    nom_court = text("Son nom dans les adresses et dans les filtres", "la-source")
    nom = text("Nom", "La Source")
    prioritaire = flag("Vrai pour un quartier prioritaire de la politique de la ville")
    retire_le = day("Retiré des listes le", null=True)


def _written(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as they are sent; two statements."""
    named = people()
    publics = _many(AssociationPublic.association_id, AssociationPublic.public, rows)
    return [
        {
            "nom_court": row.slug,
            "nom": named.out_of(row.name),
            "objet": named.out_of(row.purpose),
            "activites": named.out_of(row.activities),
            "famille": row.family,
            "famille_libelle": str(FAMILIES[row.family]),
            "publics": publics[row.id],
            "quartier": row.quartier,
            "rna": row.rna,
            "siren": row.siren,
            "site": named.out_of(row.website) if row.website else None,
            "page": address_of("associations.show", slug=row.slug),
        }
        for row in rows
    ]


def _partners(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as they are sent; four statements."""
    named = people()
    missions = _many(PartnerMission.partner_id, Mission.name, rows, Mission)
    publics = _many(PartnerPublic.partner_id, PartnerPublic.public, rows)
    places = _many(PartnerQuartier.partner_id, Quartier.slug, rows, Quartier)
    return [
        {
            "nom_court": row.slug,
            "nom": named.out_of(row.name),
            "type": row.kind,
            "type_libelle": str(PARTNER_KINDS[row.kind]),
            "objet": named.out_of(row.purpose),
            "missions": missions[row.id],
            "publics": publics[row.id],
            "quartiers": places[row.id],
            "site": named.out_of(row.website) if row.website else None,
            "page": address_of("partners.show", slug=row.slug),
        }
        for row in rows
    ]


def _quartiers(rows: Sequence[Any]) -> list[dict[str, Any]]:
    names = ("nom_court", "nom", "prioritaire", "retire_le")
    return [dict(zip(names, row, strict=True)) for row in rows]


ASSOCIATIONS = Resource("Associations", AssociationSchema, _written)
PARTNERS = Resource("Partenaires", PartenaireSchema, _partners)
QUARTIERS = Resource("Quartiers", QuartierSchema, _quartiers)


@ASSOCIATIONS.many("/associations", AssociationsQuery, "L’annuaire des associations")
@public
def associations(asked: Asked) -> Rows:
    theirs = select(AssociationPublic.association_id)
    return chosen(
        _associations(),
        asked,
        {
            "quartier": lambda slug: Association.quartier_id == slug_id(Quartier, slug),
            "famille": lambda code: Association.family == code,
            "public": lambda word: Association.id.in_(
                theirs.where(AssociationPublic.public == word)
            ),
        },
    )


@ASSOCIATIONS.one("/associations/<string:slug>", "Une association")
@public
def association(slug: str) -> Rows:
    known = slug if slug.isprintable() else abort(404)
    return _associations().where(Association.slug == known)


@PARTNERS.many("/partenaires", PartnersQuery, "Les partenaires du centre")
@public
def partenaires(asked: Asked) -> Rows:
    columns = (Partner.id, Partner.slug, Partner.name, Partner.kind, Partner.purpose)
    rows = (
        select(*columns, Partner.website)
        .where(Partner.archived_on.is_(None))
        .order_by(Partner.folded_name)
    )
    return chosen(
        rows,
        asked,
        {
            "quartier": lambda slug: serves_quartier(slug_id(Quartier, slug)),
            "type": lambda word: Partner.kind == word,
        },
    )


@QUARTIERS.many("/quartiers", Listing, "Les quartiers")
@public
def quartiers(asked: Asked) -> Rows:
    columns = (Quartier.slug, Quartier.name, Quartier.is_qpv, Quartier.retired_on)
    return select(*columns).order_by(Quartier.position, Quartier.name)


def _associations() -> Rows:
    return (
        select(
            Association.id,
            Association.slug,
            Association.name,
            Association.purpose,
            Association.activities,
            Association.family,
            Association.rna,
            Association.siren,
            Association.website,
            Quartier.slug.label("quartier"),
        )
        .outerjoin(Quartier, Quartier.id == Association.quartier_id)
        .where(*LISTED)
        .order_by(Association.folded_name)
    )


def _many(owner: Any, what: Any, rows: Sequence[Any], joined: Any = None) -> dict[int, list[str]]:
    """What each row has several of, in order; one statement."""
    query = select(owner, what).where(owner.in_([row.id for row in rows])).order_by(owner, what)
    if joined is not None:
        query = query.select_from(owner.class_).join(joined)
    found: dict[int, list[str]] = defaultdict(list)
    for number, word in db.session.execute(query):
        found[number].append(word)
    return found
