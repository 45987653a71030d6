"""Open data: what residents propose, without who."""

from collections.abc import Sequence
from typing import Any

from apiflask import Schema
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.api.answering import moment, number, text
from app.api.asking import Asked, Dated, OneOf, Rows, Slug, between, chosen, slug_id
from app.api.people import people
from app.api.resources import Resource
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


def written(rows: Sequence[Any]) -> list[dict[str, Any]]:
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


PROPOSALS = Resource("Propositions", PropositionSchema, written)


@PROPOSALS.many("/propositions", ProposalsQuery, "Les propositions publiées")
@public
def propositions(asked: Asked) -> Rows:
    return chosen(
        _rows(),
        asked,
        {
            **between(Proposal.published_at),
            "quartier": lambda slug: Proposal.quartier_id == slug_id(Quartier, slug),
            "instance": lambda slug: Proposal.body_id == slug_id(Body, slug),
            "categorie": lambda slug: Proposal.category_id == slug_id(Category, slug),
            "etat": lambda word: Proposal.status == BY_SLUG[word].value,
        },
    )


@PROPOSALS.one("/propositions/<int:proposal_id>", "Une proposition")
@public
def proposition(proposal_id: int) -> Rows:
    return _rows().where(Proposal.id == proposal_id)


def latest(wanted: int) -> list[dict[str, Any]]:
    """The last published; two statements."""
    return PROPOSALS.first(_rows(), wanted)


def _rows() -> Rows:
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
