"""What the house holds of what a person says, votes, attends and takes part in."""

from sqlalchemy import ColumnElement, select

from app.core.i18n import _l
from app.entraide.words import KINDS, SIDES, STATUS_WORDS
from app.privacy.holding import Fate, Holding, Shown
from app.privacy.treatments import (
    FIGURES,
    GROUPS,
    HELP,
    PROGRAMME,
    TEAM,
    VOTES,
    WRITINGS,
)
from app.privacy.wording import ACTS
from app.proposals.labels import LABELS
from app.voting.labels import CHANNELS
from app.voting.models import Emargement, Poll, RollEntry

ON, SINCE, TITLE, TEXT = _l("Le"), _l("Depuis"), _l("Titre"), _l("Texte")
PARTS = {"public": _l("Public"), "volunteer": _l("Bénévole")}
STATES = {status.value: label.label for status, label in LABELS.items()}


def not_yet_counted() -> ColumnElement[bool]:
    """On RollEntry: the poll is open and the person has voted, so its count still needs the row."""
    open_polls = select(Poll.id).where(Poll.status == "open")
    voted = select(Emargement.resident_id).where(
        Emargement.poll_id == RollEntry.poll_id, Emargement.resident_id == RollEntry.resident_id
    )
    return RollEntry.poll_id.in_(open_polls) & voted.exists()


HELD = (
    Holding(
        "proposals.author_id",
        WRITINGS,
        _l("Vos propositions"),
        Fate.CUT,
        (
            Shown("title", TITLE),
            Shown("status", _l("Où en est-elle"), STATES),
            Shown("created_at", ON),
            Shown("support_count", _l("Soutiens")),
            Shown("text", TEXT, only_in_file=True),
            Shown("moderation_note", _l("Note de modération")),
        ),
    ),
    Holding(
        "comments.author_id",
        WRITINGS,
        _l("Vos commentaires"),
        Fate.CUT,
        (
            Shown("posted_at", ON),
            Shown("proposal_id.title", _l("Sous la proposition")),
            Shown("debate_id.title", _l("Dans le débat")),
            Shown("text", TEXT),
        ),
    ),
    Holding(
        "debates.author_id",
        WRITINGS,
        _l("Débats que vous avez ouverts"),
        Fate.CUT,
        (Shown("title", TITLE), Shown("opened_at", ON), Shown("text", TEXT, only_in_file=True)),
    ),
    Holding(
        "supports.resident_id",
        WRITINGS,
        _l("Propositions que vous soutenez"),
        Fate.STAYS,
        (Shown("proposal_id.title", TITLE), Shown("given_at", ON)),
    ),
    Holding(
        "project_roles.resident_id",
        WRITINGS,
        _l("Vos parts dans des projets"),
        Fate.GOES,
        (
            Shown("project_id.proposal_id.title", _l("Projet")),
            Shown("role", _l("Part")),
            Shown("taken_at", SINCE),
        ),
    ),
    Holding(
        "proposal_steps.by_id",
        WRITINGS,
        _l("Étapes de propositions dont vous êtes l’auteur"),
        Fate.CUT,
        (
            Shown("proposal_id.title", TITLE),
            Shown("at", ON),
            Shown("to_status", _l("Étape"), STATES),
            Shown("reason", _l("Pourquoi")),
        ),
    ),
    Holding(
        "poll_roll.resident_id",
        VOTES,
        _l("Votes où vous êtes sur la liste"),
        Fate.GOES,
        (Shown("poll_id.title", _l("Vote")),),
        until=not_yet_counted,
    ),
    Holding(
        "emargements.resident_id",
        VOTES,
        _l("Votes auxquels vous avez participé"),
        Fate.STAYS,
        (
            Shown("poll_id>polls.title", _l("Vote")),
            Shown("day", ON),
            Shown("channel", _l("Comment"), CHANNELS),
        ),
    ),
    Holding(
        "poll_tellers.resident_id",
        VOTES,
        _l("Votes dont vous êtes du bureau"),
        Fate.STAYS,
        (Shown("poll_id.title", _l("Vote")), Shown("ready_at", ON), Shown("given_at", ON)),
    ),
    Holding(
        "public_ballots.resident_id",
        VOTES,
        _l("Vos bulletins dans les votes publics"),
        Fate.STAYS,
        (
            Shown("poll_id>polls.title", _l("Vote")),
            Shown("cast_at", ON),
            Shown("choice", _l("Bulletin"), only_in_file=True),
        ),
    ),
    Holding(
        "public_changes.resident_id",
        VOTES,
        _l("Vos premiers choix dans les votes publics"),
        Fate.STAYS,
        (
            Shown("poll_id>polls.title", _l("Vote")),
            Shown("replaced_at", ON),
            Shown("choice", _l("Bulletin"), only_in_file=True),
        ),
    ),
    Holding(
        "poll_proxies.principal_id",
        VOTES,
        _l("Vos procurations données"),
        Fate.GOES,
        (Shown("poll_id.title", _l("Vote")), Shown("given_at", ON)),
    ),
    Holding(
        "poll_proxies.holder_id",
        VOTES,
        _l("Vos procurations reçues"),
        Fate.GOES,
        (Shown("poll_id.title", _l("Vote")), Shown("given_at", ON)),
    ),
    Holding(
        "poll_claims.resident_id",
        VOTES,
        _l("Vos demandes d’inscription à un vote"),
        Fate.GOES,
        (
            Shown("poll_id.title", _l("Vote")),
            Shown("asked_at", ON),
            Shown("reason", _l("Pourquoi")),
            Shown("answer", _l("Réponse")),
        ),
    ),
    Holding(
        "poll_claims.answered_by_id", TEAM, _l("Demandes auxquelles vous avez répondu"), Fate.CUT
    ),
    Holding("paper_readings.by_id", TEAM, _l("Bulletins de papier lus par vous"), Fate.CUT),
    Holding("polls.created_by_id", TEAM, _l("Votes ouverts par vous"), Fate.CUT),
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
