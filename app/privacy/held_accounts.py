"""What the house holds of a person's account, family, adhésions and messages."""

from app.accounts import devices
from app.accounts.languages import spoken
from app.core.i18n import _l
from app.core.phones import in_pairs
from app.core.typography import card_fr, euros_fr
from app.privacy.holding import Fate, Holding, Shown
from app.privacy.treatments import ACCESS, ACCOUNT, ADHESIONS, CONSENTS, FAMILY, MESSAGES

SEXES = {"F": _l("Femme"), "H": _l("Homme")}
METHODS = {"password": _l("Mot de passe"), "card": _l("Carte"), "link": _l("Lien par e-mail")}
PURPOSES = {
    "public_profile": _l("Profil public"),
    "photo": _l("Photo"),
    "newsletter": _l("Lettre d’information"),
}
LINKS = {
    "register": _l("S’inscrire"),
    "enter": _l("Se connecter"),
    "reset": _l("Changer de mot de passe"),
}
KINDS = {"individual": _l("Individuelle"), "family": _l("Familiale")}
SINCE, UNTIL, ON = _l("Depuis"), _l("Jusqu’au"), _l("Le")

EMPTY_FILE: dict[str, object] = {
    "given_name": "",
    "family_name": "",
    "folded_name": "",
    "year_of_birth": None,
    "sex": None,
    "email": None,
    "email_confirmed_at": None,
    "phone": None,
    "languages": "",
    "nickname": None,
    "password_hash": None,
    "pin_hash": None,
    "quartier_id": None,
    "registered_by_id": None,
    "totp_secret": None,
    "totp_last_step": None,
    "last_seen_on": None,
    "inactivity_warnings": 0,
    "inactivity_warned_on": None,
    "merged_into_id": None,
    "silenced_until": None,
    "admitted_posts": 0,
    "vote_reminders": True,
    "closed_at": None,
}
"""What an erased file holds, besides a number that is no card's and the dates of its erasure."""

LEFT_IN_FILE = ("id", "card_number", "standing", "registered_at", "erased_at")
"""The card's number becomes no number, and the day of registration that of the erasure."""


def _season(year: int) -> str:
    """« 2026-2027 », of the year it starts in."""
    return f"{year}-{year + 1}"


def _spoken(codes: str) -> str:
    """« turc, arabe », of the codes kept."""
    return ", ".join(str(language.name) for language in spoken(codes))


HELD = (
    Holding(
        "residents.id",
        ACCOUNT,
        _l("Vos informations"),
        Fate.STAYS,
        (
            Shown("given_name", _l("Prénom")),
            Shown("family_name", _l("Nom")),
            Shown("nickname", _l("Nom d’usage")),
            Shown("year_of_birth", _l("Année de naissance")),
            Shown("sex", _l("Femme ou homme"), SEXES),
            Shown("quartier_id.name", _l("Quartier")),
            Shown("email", _l("E-mail")),
            Shown("phone", _l("Téléphone"), says=in_pairs),
            Shown("languages", _l("Langues"), says=_spoken),
            Shown("card_number", _l("Carte"), says=card_fr),
            Shown("registered_at", _l("Inscription")),
            Shown("last_seen_on", _l("Dernière connexion")),
            Shown("silenced_until", _l("Parole suspendue jusqu’au")),
            Shown("vote_reminders", _l("Rappels des votes par e-mail"), needs="email"),
        ),
    ),
    Holding(
        "resident_words.resident_id",
        ACCOUNT,
        _l("Mots par lesquels l’accueil vous retrouve (tirés de vos informations)"),
        Fate.GOES,
        hidden=True,
    ),
    Holding(
        "sign_ins.resident_id",
        ACCESS,
        _l("Vos connexions"),
        Fate.GOES,
        (
            Shown("signed_in_at", ON),
            Shown("method", _l("Avec"), METHODS),
            Shown("device", _l("Appareil"), says=devices.words),
            Shown("device", _l("Ce que son navigateur dit de lui"), only_in_file=True),
            Shown("ended_at", _l("Fermée")),
        ),
    ),
    Holding(
        "sign_ins.acting_for_id",
        ACCESS,
        _l("Sessions ouvertes en ce moment en votre nom"),
        Fate.CUT,
        (Shown("signed_in_at", ON),),
        empties={"acting_as": None, "acting_until": None},
    ),
    Holding("recovery_codes.resident_id", ACCESS, _l("Codes de secours (illisibles)"), Fate.GOES),
    Holding(
        "calendar_keys.resident_id",
        ACCESS,
        _l("Adresse secrète de votre calendrier"),
        Fate.GOES,
        (Shown("made_at", SINCE),),
    ),
    Holding(
        "email_changes.resident_id",
        ACCESS,
        _l("Changement d’adresse en cours"),
        Fate.GOES,
        (Shown("new_email", _l("Nouvelle adresse")), Shown("asked_at", _l("Demandé"))),
    ),
    Holding(
        "mailed_links.email",
        ACCESS,
        _l("Liens demandés par e-mail, pas encore ouverts"),
        Fate.GOES,
        (Shown("asked_at", ON), Shown("kind", _l("Pour"), LINKS)),
        by="email",
    ),
    Holding(
        "household_members.resident_id",
        FAMILY,
        _l("Votre foyer"),
        Fate.GOES,
        (Shown("household_id.name", _l("Foyer")), Shown("joined_at", SINCE)),
    ),
    Holding(
        "guardianships.guardian_id",
        FAMILY,
        _l("Enfants dont vous répondez"),
        Fate.GOES,
        (
            Shown("child_id.given_name", _l("Enfant")),
            Shown("since", SINCE),
            Shown("ended_at", UNTIL),
        ),
    ),
    Holding(
        "guardianships.child_id",
        FAMILY,
        _l("Adultes qui répondent de vous"),
        Fate.GOES,
        (
            Shown("guardian_id.given_name", _l("Adulte")),
            Shown("since", SINCE),
            Shown("ended_at", UNTIL),
        ),
    ),
    Holding(
        "guardian_invitations.child_id",
        FAMILY,
        _l("Adultes invités à répondre de vous"),
        Fate.GOES,
        (Shown("asked_at", ON), Shown("accepted", _l("Accepté"))),
    ),
    Holding(
        "guardian_invitations.invited_id",
        FAMILY,
        _l("Enfants dont on vous demande de répondre"),
        Fate.GOES,
        (
            Shown("child_id.given_name", _l("Enfant")),
            Shown("asked_at", ON),
            Shown("accepted", _l("Accepté")),
        ),
    ),
    Holding(
        "guardian_invitations.invited_by_id",
        FAMILY,
        _l("Adultes que vous avez invités à répondre d’un enfant"),
        Fate.GOES,
        (Shown("asked_at", ON), Shown("accepted", _l("Accepté"))),
    ),
    Holding(
        "consents.resident_id",
        CONSENTS,
        _l("Vos accords"),
        Fate.GOES,
        (
            Shown("purpose", _l("Pour"), PURPOSES),
            Shown("given_at", _l("Répondu")),
            Shown("withdrawn_at", _l("Refusé ou repris")),
            Shown("text_version", _l("Texte lu")),
        ),
    ),
    Holding(
        "consents.given_by_id",
        CONSENTS,
        _l("Accords que vous avez donnés, pour vous ou pour un enfant"),
        Fate.GOES,
        (Shown("purpose", _l("Pour"), PURPOSES), Shown("given_at", _l("Donné"))),
    ),
    Holding(
        "adhesions.holder_id",
        ADHESIONS,
        _l("Adhésions à votre nom"),
        Fate.CUT,
        (
            Shown("season", _l("Saison"), says=_season),
            Shown("kind", _l("Adhésion"), KINDS),
            Shown("fee_cents", _l("Montant"), says=euros_fr),
            Shown("taken_at", ON),
            Shown("cancelled_at", _l("Annulée")),
        ),
    ),
    Holding(
        "adhesion_people.resident_id",
        ADHESIONS,
        _l("Adhésions qui vous couvrent"),
        Fate.STAYS,
        (Shown("season", _l("Saison"), says=_season), Shown("is_live", _l("En cours"))),
    ),
    Holding(
        "notifications.resident_id",
        MESSAGES,
        _l("Vos messages"),
        Fate.GOES,
        (Shown("created_at", ON), Shown("text", _l("Message")), Shown("read_at", _l("Lu"))),
    ),
    Holding(
        "outbox.to",
        MESSAGES,
        _l("E-mails envoyés"),
        Fate.GOES,
        (Shown("created_at", ON), Shown("subject", _l("Objet")), Shown("sent_at", _l("Parti"))),
        by="email",
    ),
)
