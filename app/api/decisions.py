"""Open data: what was decided, and what became of it, without who answers for it."""

from collections.abc import Sequence
from typing import Any

from apiflask import Schema
from sqlalchemy import func, select

from app.api.answering import day, moment, number, text
from app.api.asking import Asked, Dated, OneOf, Rows, Slug, chosen, slug_id
from app.api.people import people
from app.api.resources import Resource
from app.bodies.decision_models import Decision, DecisionStep
from app.bodies.labels import OUTCOMES
from app.bodies.models import Body, Meeting
from app.core.mail import address_of
from app.core.policies import public


class DecisionsQuery(Dated):
    instance = Slug("Instance qui a décidé", "conseil")
    suite = OneOf("Suite donnée", OUTCOMES)


class DecisionSchema(Schema):
    numero = text("Numéro", "2026-14")
    titre = text("Ce qui est décidé", "Poser deux bancs")
    texte = text("Ce qu’il faut en savoir, en Markdown, sans les noms de personnes")
    suite = text("Suite donnée", "transmis")
    suite_libelle = text("La même chose, en clair", "Transmis à la Ville")
    raison = text("Raison d’un refus", null=True)
    instance = text("Instance", "conseil")
    decidee_le = day("Décidée le")
    echeance = day("À faire avant le", null=True)
    changee_le = moment("Dernière nouvelle")
    proposition = number("Proposition, s’il y en a une", 12, null=True)
    page = text("Sa page", "https://maisonnee.example.org/conseil/decisions/2026-14")


def written(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as they are sent, without the names of people; one statement."""
    named = people()
    return [
        {
            "numero": f"{row.year}-{row.rank:02d}",
            "titre": named.out_of(row.title),
            "texte": named.out_of(row.text),
            "suite": row.outcome,
            "suite_libelle": str(OUTCOMES[row.outcome]),
            "raison": named.out_of(row.reason) if row.reason else None,
            "instance": row.body,
            "decidee_le": row.decided_on,
            "echeance": row.due_on,
            "changee_le": row.changed_at or row.starts_at,
            "proposition": row.proposal_id,
            "page": address_of("bodies.decision", number=f"{row.year}-{row.rank:02d}"),
        }
        for row in rows
    ]


DECISIONS = Resource("Décisions", DecisionSchema, written)


@DECISIONS.many("/decisions", DecisionsQuery, "Le relevé de décisions")
@public
def decisions(asked: Asked) -> Rows:
    return chosen(
        _rows(),
        asked,
        {
            "debut": lambda day: Decision.decided_on >= day,
            "fin": lambda day: Decision.decided_on <= day,
            "instance": lambda slug: Decision.body_id == slug_id(Body, slug),
            "suite": lambda word: Decision.outcome == word,
        },
    )


@DECISIONS.one("/decisions/<int:year>-<int:rank>", "Une décision")
@public
def decision(year: int, rank: int) -> Rows:
    return _rows().where(Decision.year == year, Decision.rank == rank)


def latest(wanted: int) -> list[dict[str, Any]]:
    """The last decided; two statements."""
    return DECISIONS.first(_rows(), wanted)


def _rows() -> Rows:
    changed = select(func.max(DecisionStep.at)).where(DecisionStep.decision_id == Decision.id)
    return (
        select(
            Decision.year,
            Decision.rank,
            Decision.title,
            Decision.text,
            Decision.outcome,
            Decision.reason,
            Decision.decided_on,
            Decision.due_on,
            Decision.proposal_id,
            Meeting.starts_at,
            changed.correlate(Decision).scalar_subquery().label("changed_at"),
            Body.slug.label("body"),
        )
        .join(Body, Body.id == Decision.body_id)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .order_by(Decision.year.desc(), Decision.rank.desc())
    )
