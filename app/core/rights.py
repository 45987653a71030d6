"""Who may do what, and where: one table that code, pages and documents all read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.i18n import _l


class Role(StrEnum):
    """What a grant gives; some hold for one body or one association only."""

    REFERENT = "referent"
    CONSEIL = "conseil"
    ASSOCIATION = "association"
    DESK = "desk"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"


SECOND_FACTOR_REQUIRED = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})
"""Roles whose holders prove twice who they are: a password can be read over a shoulder."""


class Scope(StrEnum):
    """How far a role's right reaches."""

    BODY = "body"
    ASSOCIATION = "association"
    ALL = "all"


class Right(StrEnum):
    """An act that takes a role. What any resident may do is said by each feature's policies."""

    REGISTER_PEOPLE = "register_people"
    GIVE_CODES = "give_codes"
    MERGE_PEOPLE = "merge_people"
    ASSIST_PEOPLE = "assist_people"
    TAKE_ADHESIONS = "take_adhesions"
    READ_AGREEMENTS = "read_agreements"
    OPEN_KIOSK = "open_kiosk"
    LINK_FAMILIES = "link_families"
    ERASE_PEOPLE = "erase_people"
    GIVE_ROLES = "give_roles"
    CHANGE_SETTINGS = "change_settings"
    READ_AUDIT = "read_audit"
    MODERATE = "moderate"
    SANCTION = "sanction"
    RUN_PROGRAMME = "run_programme"
    KEEP_PARTNERS = "keep_partners"
    REVIEW_ASSOCIATIONS = "review_associations"
    EDIT_ASSOCIATION = "edit_association"
    CONNECT_ASSOCIATION = "connect_association"
    OVERSEE_COLLECTIFS = "oversee_collectifs"
    CREATE_BODIES = "create_bodies"
    MANAGE_BODY = "manage_body"
    SEE_ROSTERS = "see_rosters"
    READ_DRAFT_MINUTES = "read_draft_minutes"
    DECIDE_PROPOSALS = "decide_proposals"
    OPEN_POLLS = "open_polls"
    COUNT_PAPER = "count_paper"
    SEE_ENTRIES = "see_entries"
    SET_TARGETS = "set_targets"
    IMPORT_PAST = "import_past"


@dataclass(frozen=True)
class Rule:
    """A right in words, its subject, and the roles that hold it with their reach."""

    right: Right
    subject: Any
    label: Any
    holders: dict[Role, Scope]


PEOPLE, CENTRE, ORDER = _l("Les personnes"), _l("Le centre"), _l("La modération")
LIFE, BODIES, FIGURES = _l("La vie du centre"), _l("Les instances"), _l("Les chiffres")

DIRECTION = {Role.DIRECTOR: Scope.ALL, Role.ADMINISTRATOR: Scope.ALL}
TEAM = {Role.DESK: Scope.ALL, **DIRECTION}
REFERENT = {Role.REFERENT: Scope.BODY, **DIRECTION}

RULES = {
    rule.right: rule
    for rule in (
        Rule(Right.REGISTER_PEOPLE, PEOPLE, _l("Chercher et inscrire une personne"), TEAM),
        Rule(Right.GIVE_CODES, PEOPLE, _l("Donner une carte et un nouveau code"), TEAM),
        Rule(Right.MERGE_PEOPLE, PEOPLE, _l("Réunir deux fiches en double"), TEAM),
        Rule(Right.ASSIST_PEOPLE, PEOPLE, _l("Agir pour une personne présente"), TEAM),
        Rule(Right.TAKE_ADHESIONS, PEOPLE, _l("Enregistrer une adhésion"), TEAM),
        Rule(
            Right.READ_AGREEMENTS,
            PEOPLE,
            _l("Voir qui accepte d’être en photo, présenté, ou de recevoir la lettre"),
            TEAM,
        ),
        Rule(Right.LINK_FAMILIES, PEOPLE, _l("Relier un enfant et son responsable légal"), TEAM),
        Rule(Right.OPEN_KIOSK, PEOPLE, _l("Mettre une tablette en mode borne"), TEAM),
        Rule(Right.ERASE_PEOPLE, PEOPLE, _l("Effacer une personne à sa demande"), DIRECTION),
        Rule(Right.GIVE_ROLES, PEOPLE, _l("Donner et retirer un rôle"), DIRECTION),
        Rule(Right.CHANGE_SETTINGS, CENTRE, _l("Changer les réglages du centre"), DIRECTION),
        Rule(Right.READ_AUDIT, CENTRE, _l("Lire le journal des actes de l’équipe"), DIRECTION),
        Rule(
            Right.MODERATE,
            ORDER,
            _l("Relire, masquer et rétablir un contenu"),
            {Role.REFERENT: Scope.BODY, **TEAM},
        ),
        Rule(Right.SANCTION, ORDER, _l("Suspendre la parole d’une personne"), DIRECTION),
        Rule(Right.RUN_PROGRAMME, LIFE, _l("Tenir le programme et les présences"), TEAM),
        Rule(
            Right.KEEP_PARTNERS,
            LIFE,
            _l("Tenir les partenaires, les dispositifs et les orientations"),
            TEAM,
        ),
        Rule(Right.REVIEW_ASSOCIATIONS, LIFE, _l("Valider une association"), TEAM),
        Rule(
            Right.EDIT_ASSOCIATION,
            LIFE,
            _l("Modifier la fiche d’une association"),
            {Role.ASSOCIATION: Scope.ASSOCIATION, **TEAM},
        ),
        Rule(
            Right.CONNECT_ASSOCIATION,
            LIFE,
            _l("Demander ou accepter une mise en relation"),
            {Role.ASSOCIATION: Scope.ASSOCIATION},
        ),
        Rule(Right.OVERSEE_COLLECTIFS, LIFE, _l("Voir et suivre les collectifs"), TEAM),
        Rule(
            Right.CREATE_BODIES,
            BODIES,
            _l("Créer une instance et y donner des sièges"),
            DIRECTION,
        ),
        Rule(
            Right.MANAGE_BODY,
            BODIES,
            _l("Convoquer, tenir les présences, écrire le compte rendu"),
            REFERENT,
        ),
        Rule(Right.SEE_ROSTERS, BODIES, _l("Voir la liste des membres d’un comité"), TEAM),
        Rule(
            Right.READ_DRAFT_MINUTES,
            BODIES,
            _l("Lire un compte rendu en projet"),
            {Role.CONSEIL: Scope.ALL, **REFERENT},
        ),
        Rule(
            Right.DECIDE_PROPOSALS,
            BODIES,
            _l("Publier, refuser et faire avancer une proposition"),
            REFERENT,
        ),
        Rule(Right.OPEN_POLLS, BODIES, _l("Ouvrir un vote"), REFERENT),
        Rule(
            Right.COUNT_PAPER,
            BODIES,
            _l("Tenir le vote sur papier : bulletins, liste, lecture"),
            {Role.REFERENT: Scope.BODY, **TEAM},
        ),
        Rule(Right.SEE_ENTRIES, FIGURES, _l("Voir les actes derrière un chiffre"), TEAM),
        Rule(Right.SET_TARGETS, FIGURES, _l("Fixer une cible"), DIRECTION),
        Rule(
            Right.IMPORT_PAST,
            FIGURES,
            _l("Reprendre les années d’avant la plateforme, et annuler une reprise"),
            DIRECTION,
        ),
    )
}
