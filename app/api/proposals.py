"""Open data: what residents propose, without who."""

from collections.abc import Iterable
from typing import Any

from apiflask import Schema
from apiflask.fields import List, Nested
from flask import abort
from sqlalchemy import Select, func, select

from app.accounts.models import Resident
from app.api.answering import (
    REFUSED,
    UNKNOWN,
    Listed,
    Source,
    first,
    listed,
    moment,
    number,
    paged,
    source,
    text,
)
from app.api.asking import Dated, OneOf, Slug, between, slug_id
from app.api.blueprint import bp, limit
from app.api.people import people
from app.bodies.models import Body
from app.centre.models import Category, Quartier
from app.core.mail import address_of
from app.core.policies import public
from app.proposals.labels import BY_SLUG, LABELS
from app.proposals.models import HIDDEN, Proposal, ProposalStep, Status
from app.proposals.queries import PUBLIC

SHOWN = {slug: LABELS[status].label for slug, status in BY_SLUG.items() if status not in HIDDEN}


class ProposalsQuery(Dated):
    quartier = Slug("Quartier", "la-source")
    instance = Slug("Comité à qui elle s’adresse", "comite-famille")
    categorie = Slug("Sujet", "cadre-de-vie")
    etat = OneOf("Où elle en est", SHOWN)


class PropositionSchema(Schema):
    id = number("Numéro", 12)
    titre = text("Titre", "Des bancs à l’ombre")
    texte = text("Texte, en Markdown, sans les noms de personnes")
    etat = text("Où elle en est", "soutiens")
    etat_libelle = text("La même chose, en clair", "Cherche des soutiens")
    categorie = text("Sujet", "cadre-de-vie")
    quartier = text("Quartier", "la-source", null=True)
    instance = text("Comité", "comite-famille", null=True)
    cout_estime = number("Coût estimé, en euros", 800, null=True)
    soutiens = number("Soutiens reçus", 31)
    commentaires = number("Commentaires", 4)
    publiee_le = moment("Publiée le")
    changee_le = moment("Dernier changement d’état")
    page = text("Sa page", "https://maisonnee.example.org/propositions/12")


class PropositionsSchema(Listed):
    donnees = List(Nested(PropositionSchema), required=True)


class OnePropositionSchema(Source):
    proposition = Nested(PropositionSchema, required=True)


@bp.get("/propositions")
@bp.input(ProposalsQuery, location="query", arg_name="asked")
@bp.output(PropositionsSchema)
@bp.doc(summary="Les propositions publiées", tags=["Propositions"], responses=REFUSED)
@limit
@public
def propositions(asked: dict[str, Any]) -> dict[str, Any]:
    page = paged(_filtered(asked), asked)
    return listed(page, written(page.items))


@bp.get("/propositions/<int:proposal_id>")
@bp.output(OnePropositionSchema)
@bp.doc(summary="Une proposition", tags=["Propositions"], responses=UNKNOWN)
@limit
@public
def proposition(proposal_id: int) -> dict[str, Any]:
    found = written(first(_rows().where(Proposal.id == proposal_id), 1))
    return {**source(), "proposition": found[0]} if found else abort(404)


def latest(wanted: int) -> list[dict[str, Any]]:
    """The last published; two statements."""
    return written(first(_rows(), wanted))


def written(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows as they are sent, without the names of people; one statement."""
    named = people()
    found = []
    for row in rows:
        own = (row.given_name, row.family_name, row.nickname)
        label = LABELS[Status(row.status)]
        found.append(
            {
                "id": row.id,
                "titre": named.out_of(row.title, *own),
                "texte": named.out_of(row.text, *own),
                "etat": label.slug,
                "etat_libelle": str(label.label),
                "categorie": row.category,
                "quartier": row.quartier,
                "instance": row.body,
                "cout_estime": row.estimated_cost,
                "soutiens": row.support_count,
                "commentaires": row.comment_count,
                "publiee_le": row.published_at,
                "changee_le": max(row.changed_at or row.published_at, row.published_at),
                "page": address_of("proposals.show", proposal_id=row.id),
            }
        )
    return found


def _filtered(asked: dict[str, Any]) -> Select[*tuple[Any, ...]]:
    query = _rows().where(*between(Proposal.published_at, asked))
    if "quartier" in asked:
        query = query.where(Proposal.quartier_id == slug_id(Quartier, asked["quartier"]))
    if "instance" in asked:
        query = query.where(Proposal.body_id == slug_id(Body, asked["instance"]))
    if "categorie" in asked:
        query = query.where(Proposal.category_id == slug_id(Category, asked["categorie"]))
    if "etat" in asked:
        query = query.where(Proposal.status == BY_SLUG[asked["etat"]].value)
    return query


def _rows() -> Select[*tuple[Any, ...]]:
    changed = select(func.max(ProposalStep.at)).where(ProposalStep.proposal_id == Proposal.id)
    return (
        select(
            Proposal.id,
            Proposal.title,
            Proposal.text,
            Proposal.status,
            Proposal.estimated_cost,
            Proposal.support_count,
            Proposal.comment_count,
            Proposal.published_at,
            changed.correlate(Proposal).scalar_subquery().label("changed_at"),
            Category.slug.label("category"),
            Quartier.slug.label("quartier"),
            Body.slug.label("body"),
            Resident.given_name,
            Resident.family_name,
            Resident.nickname,
        )
        .join(Category, Category.id == Proposal.category_id)
        .outerjoin(Quartier, Quartier.id == Proposal.quartier_id)
        .outerjoin(Body, Body.id == Proposal.body_id)
        .outerjoin(Resident, Resident.id == Proposal.author_id)
        .where(*PUBLIC)
        .order_by(Proposal.published_at.desc(), Proposal.id.desc())
    )
