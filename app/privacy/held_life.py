"""What the house holds of what a person attends, joins, helps with, and counts for."""

from app.core.i18n import _l
from app.entraide.words import KINDS, SIDES, STATUS_WORDS
from app.privacy.holding import Fate, Holding, Shown
from app.privacy.treatments import FIGURES, GROUPS, HELP, PROGRAMME, TEAM
from app.privacy.wording import ACTS
from app.voting.labels import CHANNELS

ON, SINCE, TITLE, TEXT = _l("Le"), _l("Depuis"), _l("Titre"), _l("Texte")
PARTS = {"public": _l("Public"), "volunteer": _l("Bénévole")}

HELD = (
    Holding(
        "session_attendances.resident_id",
        PROGRAMME,
        _l("Séances où vous êtes venu"),
        Fate.STAYS,
        (
            Shown("session_id.action_id.title", _l("Action")),
            Shown("session_id.starts_at", ON),
            Shown("role", _l("Comme"), PARTS),
        ),
    ),
    Holding(
        "attendance_taps.resident_id",
        PROGRAMME,
        _l("Vos passages à l’entrée des séances"),
        Fate.GOES,
        (
            Shown("session_id.action_id.title", _l("Action")),
            Shown("tapped_at", ON),
        ),
    ),
    Holding(
        "session_registrations.resident_id",
        PROGRAMME,
        _l("Vos inscriptions à des séances"),
        Fate.GOES,
        (
            Shown("session_id.action_id.title", _l("Action")),
            Shown("session_id.starts_at", ON),
            Shown("registered_at", _l("Inscription")),
        ),
    ),
    Holding(
        "volunteer_signups.resident_id",
        PROGRAMME,
        _l("Vos coups de main promis"),
        Fate.GOES,
        (
            Shown("need_id.label", _l("Coup de main")),
            Shown("session_id>sessions.starts_at", ON),
            Shown("signed_up_at", _l("Inscription")),
        ),
    ),
    Holding("sessions.closed_by_id", TEAM, _l("Séances closes par vous"), Fate.CUT),
    Holding(
        "associations.listed_by_id",
        GROUPS,
        _l("Associations que vous avez inscrites"),
        Fate.CUT,
        (Shown("name", _l("Association")), Shown("listed_at", ON)),
    ),
    Holding(
        "collectif_members.resident_id",
        GROUPS,
        _l("Vos collectifs"),
        Fate.GOES,
        (
            Shown("collectif_id.name", _l("Collectif")),
            Shown("invited_at", _l("Invité")),
            Shown("accepted_at", _l("Accepté")),
        ),
    ),
    Holding("collectifs.referent_id", GROUPS, _l("Collectifs dont vous êtes référent"), Fate.CUT),
    Holding(
        "connections.asked_by_id",
        GROUPS,
        _l("Mises en relation demandées par vous"),
        Fate.CUT,
        (
            Shown("from_id.name", _l("Pour")),
            Shown("to_id.name", _l("Avec")),
            Shown("asked_at", ON),
            Shown("message", _l("Message")),
        ),
    ),
    Holding("connections.answered_by_id", GROUPS, _l("Mises en relation : vos réponses"), Fate.CUT),
    Holding(
        "help_notices.author_id",
        HELP,
        _l("Annonces d’entraide"),
        Fate.GOES,
        (
            Shown("posted_at", ON),
            Shown("side", _l("Offre ou demande"), SIDES),
            Shown("kind", _l("Pour quoi"), KINDS),
            Shown("title", TITLE),
            Shown("text", TEXT, only_in_file=True),
            Shown("when_words", _l("Quand")),
            Shown("status", _l("Où en est-elle"), STATUS_WORDS),
            Shown("lasts_until", _l("Jusqu’au")),
            Shown("moderation_note", _l("Note de modération")),
        ),
    ),
    Holding(
        "help_threads.other_id",
        HELP,
        _l("Réponses à des annonces d’entraide"),
        Fate.GOES,
        (Shown("notice_id.title", _l("Annonce")), Shown("started_at", ON)),
    ),
    Holding(
        "help_messages.author_id",
        HELP,
        _l("Messages privés d’entraide"),
        Fate.GOES,
        (
            Shown("sent_at", ON),
            Shown("thread_id.notice_id.title", _l("Annonce")),
            Shown("text", TEXT, only_in_file=True),
        ),
    ),
    Holding(
        "help_blocks.blocker_id",
        HELP,
        _l("Personnes avec qui l’échange est arrêté"),
        Fate.GOES,
        (Shown("since", SINCE), Shown("blocked_id.given_name", _l("Avec"))),
    ),
    Holding(
        "help_blocks.blocked_id",
        HELP,
        _l("Échanges arrêtés par quelqu’un d’autre : son choix reste à lui"),
        Fate.GOES,
        hidden=True,
    ),
    Holding(
        "participations.resident_id",
        FIGURES,
        _l("Votre numéro dans les chiffres"),
        Fate.GOES,
        (Shown("key", _l("Numéro tiré au hasard"), only_in_file=True),),
        hidden=True,
    ),
    Holding(
        "ledger_entries.participation_key",
        FIGURES,
        _l("Vos actes comptés"),
        Fate.STAYS,
        (
            Shown("day", ON),
            Shown("act", _l("Acte"), ACTS),
            Shown("subject_label", _l("À propos de")),
            Shown("channel", _l("Comment"), CHANNELS),
        ),
        by="participation_key",
    ),
    Holding(
        "ledger_entries.entered_by_key",
        TEAM,
        _l("Actes saisis par vous"),
        Fate.STAYS,
        by="participation_key",
    ),
)
