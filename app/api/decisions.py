"""Open data: what was decided, and what became of it, without who answers for it."""

from collections.abc import Iterable
from typing import Any

from apiflask import Schema
from apiflask.fields import List, Nested
from flask import abort
from sqlalchemy import Select, func, select

from app.api.answering import (
    REFUSED,
    UNKNOWN,
    Listed,
    Source,
    day,
    first,
    listed,
    moment,
    number,
    paged,
    source,
    text,
)
from app.api.asking import Dated, OneOf, Slug, slug_id
from app.api.blueprint import bp, limit
from app.api.people import people
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


class DecisionsSchema(Listed):
    donnees = List(Nested(DecisionSchema), required=True)


class OneDecisionSchema(Source):
    decision = Nested(DecisionSchema, required=True)


@bp.get("/decisions")
@bp.input(DecisionsQuery, location="query", arg_name="asked")
@bp.output(DecisionsSchema)
@bp.doc(summary="Le relevé de décisions", tags=["Décisions"], responses=REFUSED)
@limit
@public
def decisions(asked: dict[str, Any]) -> dict[str, Any]:
    page = paged(_filtered(asked), asked)
    return listed(page, written(page.items))


@bp.get("/decisions/<int:year>-<int:rank>")
@bp.output(OneDecisionSchema)
@bp.doc(summary="Une décision", tags=["Décisions"], responses=UNKNOWN)
@limit
@public
def decision(year: int, rank: int) -> dict[str, Any]:
    query = _rows().where(Decision.year == year, Decision.rank == rank)
    found = written(first(query, 1))
    return {**source(), "decision": found[0]} if found else abort(404)


def latest(wanted: int) -> list[dict[str, Any]]:
    """The last decided; two statements."""
    return written(first(_rows(), wanted))


def written(rows: Iterable[Any]) -> list[dict[str, Any]]:
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


def _filtered(asked: dict[str, Any]) -> Select[*tuple[Any, ...]]:
    query = _rows()
    if "debut" in asked:
        query = query.where(Decision.decided_on >= asked["debut"])
    if "fin" in asked:
        query = query.where(Decision.decided_on <= asked["fin"])
    if "instance" in asked:
        query = query.where(Decision.body_id == slug_id(Body, asked["instance"]))
    if "suite" in asked:
        query = query.where(Decision.outcome == asked["suite"])
    return query


def _rows() -> Select[*tuple[Any, ...]]:
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
