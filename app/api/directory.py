"""Open data: associations, partners and quartiers; organisations, never the people in them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from apiflask import Schema
from apiflask.fields import List, Nested
from flask import abort
from sqlalchemy import Select, select

from app.api.answering import (
    REFUSED,
    UNKNOWN,
    Listed,
    Source,
    day,
    first,
    flag,
    listed,
    paged,
    source,
    text,
)
from app.api.asking import Listing, OneOf, Slug, slug_id
from app.api.blueprint import bp, limit
from app.api.people import people
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


class AssociationsSchema(Listed):
    donnees = List(Nested(AssociationSchema), required=True)


class OneAssociationSchema(Source):
    association = Nested(AssociationSchema, required=True)


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


class PartenairesSchema(Listed):
    donnees = List(Nested(PartenaireSchema), required=True)


class QuartierSchema(Schema):
    nom_court = text("Son nom dans les adresses et dans les filtres", "la-source")
    nom = text("Nom", "La Source")
    prioritaire = flag("Vrai pour un quartier prioritaire de la politique de la ville")
    retire_le = day("Retiré des listes le", null=True)


class QuartiersSchema(Listed):
    donnees = List(Nested(QuartierSchema), required=True)


@bp.get("/associations")
@bp.input(AssociationsQuery, location="query", arg_name="asked")
@bp.output(AssociationsSchema)
@bp.doc(summary="L’annuaire des associations", tags=["Associations"], responses=REFUSED)
@limit
@public
def associations(asked: dict[str, Any]) -> dict[str, Any]:
    query = _associations()
    if "quartier" in asked:
        query = query.where(Association.quartier_id == slug_id(Quartier, asked["quartier"]))
    if "famille" in asked:
        query = query.where(Association.family == asked["famille"])
    if "public" in asked:
        theirs = select(AssociationPublic.association_id)
        serving = theirs.where(AssociationPublic.public == asked["public"])
        query = query.where(Association.id.in_(serving))
    page = paged(query, asked)
    return listed(page, _written(page.items))


@bp.get("/associations/<string:slug>")
@bp.output(OneAssociationSchema)
@bp.doc(summary="Une association", tags=["Associations"], responses=UNKNOWN)
@limit
@public
def association(slug: str) -> dict[str, Any]:
    known = slug if slug.isprintable() else abort(404)
    found = _written(first(_associations().where(Association.slug == known), 1))
    return {**source(), "association": found[0]} if found else abort(404)


@bp.get("/partenaires")
@bp.input(PartnersQuery, location="query", arg_name="asked")
@bp.output(PartenairesSchema)
@bp.doc(summary="Les partenaires du centre", tags=["Partenaires"], responses=REFUSED)
@limit
@public
def partenaires(asked: dict[str, Any]) -> dict[str, Any]:
    columns = (Partner.id, Partner.slug, Partner.name, Partner.kind, Partner.purpose)
    query = (
        select(*columns, Partner.website)
        .where(Partner.archived_on.is_(None))
        .order_by(Partner.folded_name)
    )
    if "quartier" in asked:
        query = query.where(serves_quartier(slug_id(Quartier, asked["quartier"])))
    if "type" in asked:
        query = query.where(Partner.kind == asked["type"])
    page = paged(query, asked)
    return listed(page, _partners(page.items))


@bp.get("/quartiers")
@bp.input(Listing, location="query", arg_name="asked")
@bp.output(QuartiersSchema)
@bp.doc(summary="Les quartiers", tags=["Quartiers"], responses=REFUSED)
@limit
@public
def quartiers(asked: dict[str, Any]) -> dict[str, Any]:
    columns = (Quartier.slug, Quartier.name, Quartier.is_qpv, Quartier.retired_on)
    page = paged(select(*columns).order_by(Quartier.position, Quartier.name), asked)
    rows = [
        dict(zip(("nom_court", "nom", "prioritaire", "retire_le"), row, strict=True))
        for row in page.items
    ]
    return listed(page, rows)


def _associations() -> Select[*tuple[Any, ...]]:
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


def _many(owner: Any, what: Any, rows: Sequence[Any], joined: Any = None) -> dict[int, list[str]]:
    """What each row has several of, in order; one statement."""
    query = select(owner, what).where(owner.in_([row.id for row in rows])).order_by(owner, what)
    if joined is not None:
        query = query.select_from(owner.class_).join(joined)
    found: dict[int, list[str]] = defaultdict(list)
    for number, word in db.session.execute(query):
        found[number].append(word)
    return found
