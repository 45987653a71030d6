"""Open data: the programme, to come and past."""

from collections.abc import Sequence
from typing import Any

from apiflask import Schema
from sqlalchemy import select

from app.api.answering import flag, moment, number, text
from app.api.asking import Asked, Dated, OneOf, Rows, Slug, between, chosen, slug_id
from app.api.people import people
from app.api.resources import Resource
from app.centre.models import Quartier
from app.core.clock import now
from app.core.mail import address_of
from app.core.policies import public
from app.programme.kinds import KINDS, PUBLIC_WORDS
from app.programme.models import Action, ActionKind, Session
from app.programme.queries import places_left

STATES = {"planned": "prevue", "held": "tenue", "cancelled": "annulee"}
_STATUS = {word: status for status, word in STATES.items()}


class SessionsQuery(Dated):
    quartier = Slug("Quartier", "la-source")
    type = OneOf("Type d’action, tel que les indicateurs le comptent", KINDS)
    public = OneOf("Pour qui", PUBLIC_WORDS)
    etat = OneOf("Prévue, tenue ou annulée", _STATUS)


class SeanceSchema(Schema):
    id = number("Numéro", 40)
    action = number("Numéro de l’action dont elle est une séance", 8)
    titre = text("Titre", "Atelier vélo")
    description = text("Description, en Markdown, sans les noms de personnes")
    type = text("Type, tel que les indicateurs le comptent", "activite")
    type_libelle = text("Type, tel que le centre le dit", "Activité")
    public = text("Pour qui", "familles")
    debut = moment("Début")
    fin = moment("Fin")
    etat = text("prevue, tenue ou annulee", "prevue")
    lieu = text("Lieu", "Salle commune")
    quartier = text("Quartier", "la-source", null=True)
    hors_les_murs = flag("Vrai hors du centre")
    sur_inscription = flag("Vrai s’il faut s’inscrire")
    places = number("Places par séance ; vide sans limite", 12, null=True)
    places_restantes = number("Places libres ; vide sans limite", 5, null=True)
    page = text("Sa page", "https://maisonnee.example.org/programme/8")


def written(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as they are sent, without the names of people; one statement."""
    named = people()
    return [
        {
            "id": row.id,
            "action": row.action_id,
            "titre": named.out_of(row.title),
            "description": named.out_of(row.description),
            "type": row.counts_as,
            "type_libelle": row.label,
            "public": row.public,
            "debut": row.starts_at,
            "fin": row.ends_at,
            "etat": STATES[row.status],
            "lieu": named.out_of(row.place),
            "quartier": row.quartier,
            "hors_les_murs": row.is_offsite,
            "sur_inscription": row.takes_registrations,
            "places": row.capacity,
            "places_restantes": row.places_left,
            "page": address_of("programme.show", action_id=row.action_id),
            "changee_le": row.changed_at,
        }
        for row in rows
    ]


SESSIONS = Resource("Programme", SeanceSchema, written)


@SESSIONS.many("/seances", SessionsQuery, "Le programme, à venir et passé")
@public
def seances(asked: Asked) -> Rows:
    return chosen(
        _rows(),
        asked,
        {
            **between(Session.starts_at),
            "quartier": lambda slug: Action.quartier_id == slug_id(Quartier, slug),
            "type": lambda word: ActionKind.counts_as == word,
            "public": lambda word: Action.public == word,
            "etat": lambda word: Session.status == _STATUS[word],
        },
    )


@SESSIONS.one("/seances/<int:session_id>", "Une séance")
@public
def seance(session_id: int) -> Rows:
    return _rows().where(Session.id == session_id)


def coming(wanted: int) -> list[dict[str, Any]]:
    """The next, cancelled ones too: those who had read of them must know; two statements."""
    query = _rows().order_by(None).order_by(Session.starts_at, Session.id)
    return SESSIONS.first(query.where(Session.ends_at > now()), wanted)


def _rows() -> Rows:
    return (
        select(
            Session.id,
            Session.action_id,
            Session.starts_at,
            Session.ends_at,
            Session.status,
            Session.changed_at,
            Action.title,
            Action.description,
            Action.public,
            Action.place,
            Action.is_offsite,
            Action.takes_registrations,
            Action.capacity,
            ActionKind.counts_as,
            ActionKind.label,
            Quartier.slug.label("quartier"),
            places_left().label("places_left"),
        )
        .join(Action, Action.id == Session.action_id)
        .join(ActionKind, ActionKind.code == Action.kind)
        .outerjoin(Quartier, Quartier.id == Action.quartier_id)
        .order_by(Session.starts_at.desc(), Session.id.desc())
    )
