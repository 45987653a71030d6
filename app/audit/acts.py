"""Every act of the team that the audit log knows, and how the journal calls it."""

from enum import StrEnum
from typing import Any

from app.core.i18n import _l


class AuditAct(StrEnum):
    """`subject:action`. Never renamed: a name in the log is for ever."""

    ROLE_GIVEN = "role:given"
    ROLE_ENDED = "role:ended"
    SETTING_CHANGED = "setting:changed"
    QUARTIER_ADDED = "quartier:added"
    CATEGORY_ADDED = "category:added"
    QUARTIER_CHANGED = "quartier:changed"
    CATEGORY_CHANGED = "category:changed"
    QUARTIER_RETIRED = "quartier:retired"
    CATEGORY_RETIRED = "category:retired"
    BODY_CREATED = "body:created"
    BODY_CLOSED = "body:closed"
    SEAT_GIVEN = "seat:given"
    SEAT_ENDED = "seat:ended"
    SEATS_SET = "seats:set"
    CALL_OPENED = "call:opened"
    DRAW_COMMITTED = "draw:committed"
    DRAW_DONE = "draw:done"
    DRAW_ANSWERED = "draw:answered"
    TEXT_ADOPTED = "text:adopted"
    ROLE_CHOSEN = "role:chosen"
    ASSOCIATION_APPROVED = "association:approved"
    ASSOCIATION_REFUSED = "association:refused"
    PARTNER_CHANGED = "partner:changed"
    CONVENTION_CHANGED = "convention:changed"
    ORIENTATION_UNDONE = "orientation:undone"
    PROPOSAL_MOVED = "proposal:moved"
    POLL_OPENED = "poll:opened"
    POLL_CANCELLED = "poll:cancelled"
    POLL_EXTENDED = "poll:extended"
    POLL_ENDED = "poll:ended"
    POLL_ARCHIVED = "poll:archived"
    SESSION_REOPENED = "session:reopened"
    ACTION_KIND_CHANGED = "action_kind:changed"
    PERSON_REGISTERED = "person:registered"
    PERSON_CORRECTED = "person:corrected"
    ERASURE_ASKED = "erasure:asked"
    ERASURE_CANCELLED = "erasure:cancelled"
    PERSON_ERASED = "person:erased"
    ACCOUNT_KEPT = "account:kept"
    PEOPLE_JOINED = "people:joined"
    PEOPLE_PARTED = "people:parted"
    PEOPLE_TOLD_APART = "people:told_apart"
    CODE_GIVEN = "code:given"
    SECOND_FACTOR_RESET = "second_factor:reset"
    CARDS_PRINTED = "cards:printed"
    ADHESION_TAKEN = "adhesion:taken"
    ADHESION_CANCELLED = "adhesion:cancelled"
    ASSISTANCE_STARTED = "assistance:started"
    ASSISTANCE_ENDED = "assistance:ended"
    KIOSK_OPENED = "kiosk:opened"
    KIOSK_CLOSED = "kiosk:closed"
    FAMILY_LINKED = "family:linked"
    FAMILY_UNLINKED = "family:unlinked"
    HOUSEHOLD_CHANGED = "household:changed"
    CONTENT_SHOWN = "content:shown"
    CONTENT_HIDDEN = "content:hidden"
    CONTENT_EDITED = "content:edited"
    RULING_UNDONE = "ruling:undone"
    SANCTION_GIVEN = "sanction:given"
    SANCTION_LIFTED = "sanction:lifted"
    PAST_IMPORTED = "past:imported"
    PAST_UNDONE = "past:undone"

    TELLER_READY = "teller:ready"
    TELLER_GAVE = "teller:gave"
    CLAIM_ANSWERED = "claim:answered"
    ROLL_PRINTED = "poll:roll_printed"
    PAPER_SIGNED = "poll:paper_signed"
    PAPER_UNSIGNED = "poll:paper_unsigned"
    PAPER_DROPPED = "poll:paper_dropped"
    PAPER_CLOSED = "poll:paper_closed"


AUDIT_WORDS: dict[AuditAct, Any] = {
    AuditAct.ROLE_GIVEN: _l("Rôle donné"),
    AuditAct.ROLE_ENDED: _l("Rôle retiré"),
    AuditAct.SETTING_CHANGED: _l("Réglage changé"),
    AuditAct.QUARTIER_ADDED: _l("Quartier ajouté"),
    AuditAct.CATEGORY_ADDED: _l("Catégorie ajoutée"),
    AuditAct.QUARTIER_CHANGED: _l("Quartier modifié"),
    AuditAct.CATEGORY_CHANGED: _l("Catégorie modifiée"),
    AuditAct.QUARTIER_RETIRED: _l("Quartier retiré ou remis"),
    AuditAct.CATEGORY_RETIRED: _l("Catégorie retirée ou remise"),
    AuditAct.BODY_CREATED: _l("Instance ouverte"),
    AuditAct.BODY_CLOSED: _l("Instance fermée"),
    AuditAct.SEAT_GIVEN: _l("Siège donné au conseil"),
    AuditAct.SEAT_ENDED: _l("Siège terminé au conseil"),
    AuditAct.SEATS_SET: _l("Nombre de sièges du conseil changé"),
    AuditAct.CALL_OPENED: _l("Appel à candidatures ouvert"),
    AuditAct.DRAW_COMMITTED: _l("Liste d’un tirage au sort figée"),
    AuditAct.DRAW_DONE: _l("Tirage au sort effectué"),
    AuditAct.DRAW_ANSWERED: _l("Réponse d’une personne tirée au sort"),
    AuditAct.TEXT_ADOPTED: _l("Règlement ou charte adopté par une instance"),
    AuditAct.ROLE_CHOSEN: _l("Personne choisie sans candidat pour un rôle"),
    AuditAct.ASSOCIATION_APPROVED: _l("Association acceptée à l’annuaire"),
    AuditAct.ASSOCIATION_REFUSED: _l("Association renvoyée à corriger"),
    AuditAct.PARTNER_CHANGED: _l("Partenaire ajouté, rangé ou remis"),
    AuditAct.CONVENTION_CHANGED: _l("Convention enregistrée, modifiée ou reconduite"),
    AuditAct.ORIENTATION_UNDONE: _l("Orientation annulée"),
    AuditAct.PROPOSAL_MOVED: _l("Proposition publiée, refusée ou avancée"),
    AuditAct.POLL_OPENED: _l("Vote ouvert ou annoncé"),
    AuditAct.POLL_CANCELLED: _l("Vote annulé"),
    AuditAct.POLL_EXTENDED: _l("Vote prolongé"),
    AuditAct.POLL_ENDED: _l("Vote secret d’une réunion clos avant l’heure, tous ayant voté"),
    AuditAct.POLL_ARCHIVED: _l("Vote rangé aux archives, ou repris"),
    AuditAct.SESSION_REOPENED: _l("Feuille de présence rouverte"),
    AuditAct.ACTION_KIND_CHANGED: _l("Type d’action ajouté ou changé"),
    AuditAct.PERSON_REGISTERED: _l("Personne inscrite"),
    AuditAct.PERSON_CORRECTED: _l("Fiche corrigée"),
    AuditAct.ERASURE_ASKED: _l("Effacement demandé à l’accueil"),
    AuditAct.ERASURE_CANCELLED: _l("Effacement annulé"),
    AuditAct.PERSON_ERASED: _l("Personne effacée"),
    AuditAct.ACCOUNT_KEPT: _l("Compte gardé : la personne a répondu"),
    AuditAct.PEOPLE_JOINED: _l("Deux fiches réunies"),
    AuditAct.PEOPLE_PARTED: _l("Deux fiches séparées de nouveau"),
    AuditAct.PEOPLE_TOLD_APART: _l("Deux fiches reconnues différentes"),
    AuditAct.CODE_GIVEN: _l("Nouveau code donné"),
    AuditAct.SECOND_FACTOR_RESET: _l("Vérification en deux étapes remise à zéro"),
    AuditAct.CARDS_PRINTED: _l("Carte imprimée"),
    AuditAct.ADHESION_TAKEN: _l("Adhésion enregistrée"),
    AuditAct.ADHESION_CANCELLED: _l("Adhésion annulée"),
    AuditAct.ASSISTANCE_STARTED: _l("Accompagnement commencé"),
    AuditAct.ASSISTANCE_ENDED: _l("Accompagnement terminé"),
    AuditAct.KIOSK_OPENED: _l("Borne ouverte"),
    AuditAct.KIOSK_CLOSED: _l("Borne fermée"),
    AuditAct.FAMILY_LINKED: _l("Enfant relié à un responsable légal"),
    AuditAct.FAMILY_UNLINKED: _l("Lien défait entre un enfant et un responsable légal"),
    AuditAct.HOUSEHOLD_CHANGED: _l("Foyer changé"),
    AuditAct.CONTENT_SHOWN: _l("Contenu publié ou laissé visible"),
    AuditAct.CONTENT_HIDDEN: _l("Contenu masqué"),
    AuditAct.CONTENT_EDITED: _l("Contenu modifié par la modération"),
    AuditAct.RULING_UNDONE: _l("Décision de modération annulée"),
    AuditAct.SANCTION_GIVEN: _l("Parole suspendue"),
    AuditAct.SANCTION_LIFTED: _l("Suspension levée"),
    AuditAct.PAST_IMPORTED: _l("Années passées reprises d’un fichier"),
    AuditAct.PAST_UNDONE: _l("Reprise d’années passées annulée"),
    AuditAct.TELLER_READY: _l("Clé d’un bureau de vote prête"),
    AuditAct.TELLER_GAVE: _l("Mots d’un bureau de vote donnés"),
    AuditAct.CLAIM_ANSWERED: _l("Réponse à une demande d’inscription sur la liste d’un vote"),
    AuditAct.ROLL_PRINTED: _l("Feuille de signatures d’un vote imprimée"),
    AuditAct.PAPER_SIGNED: _l("Vote sur papier noté sur la liste"),
    AuditAct.PAPER_UNSIGNED: _l("Vote sur papier retiré de la liste"),
    AuditAct.PAPER_DROPPED: _l("Pile de bulletins de papier à relire"),
    AuditAct.PAPER_CLOSED: _l("Bulletins de papier au complet"),
}
