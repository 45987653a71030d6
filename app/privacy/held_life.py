"""What the house holds of what a person says, votes, attends and takes part in."""

from sqlalchemy import ColumnElement, select

from app.bodies.labels import COLLEGES, END_CAUSES, ORIGINS, OUTCOMES, VOICE_WORDS
from app.core.i18n import _l
from app.mandates.role_labels import VOICES as ROLE_VOICES
from app.privacy.holding import Fate, Holding, Shown
from app.privacy.treatments import (
    BODIES,
    FIGURES,
    GROUPS,
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
PRESENCES = {"present": _l("Présent"), "excused": _l("Excusé")}
SUITS = {"yes": _l("Oui"), "maybe": _l("S’il le faut"), "no": _l("Non")}
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
        "memberships.resident_id",
        BODIES,
        _l("Comités que vous suivez"),
        Fate.GOES,
        (
            Shown("body_id.name", _l("Comité")),
            Shown("joined_at", SINCE),
            Shown("left_at", _l("Quitté")),
        ),
    ),
    Holding(
        "mandates.resident_id",
        BODIES,
        _l("Vos sièges"),
        Fate.STAYS,
        (
            Shown("body_id.name", _l("Instance")),
            Shown("college", _l("Collège"), COLLEGES),
            Shown("origin", _l("Comment"), ORIGINS),
            Shown("starts_on", SINCE),
            Shown("ended_on", _l("Jusqu’au")),
            Shown("end_cause", _l("Pourquoi"), END_CAUSES),
            Shown("end_reason", _l("Raison écrite")),
        ),
        {"end_reason": None},
    ),
    Holding(
        "candidacies.resident_id",
        BODIES,
        _l("Vos candidatures à un siège"),
        Fate.GOES,
        (
            Shown("call_id.college", _l("Collège"), COLLEGES),
            Shown("stood_at", ON),
            Shown("text", _l("Votre texte")),
        ),
    ),
    Holding(
        "role_namings.voter_id",
        BODIES,
        _l("Personnes que vous avez nommées pour un rôle"),
        Fate.GOES,
        (Shown("election_id.title", _l("Rôle")), Shown("reason", _l("Pourquoi"))),
    ),
    Holding(
        "role_voices.voter_id",
        BODIES,
        _l("Votre voix dans les choix sans candidat"),
        Fate.GOES,
        (
            Shown("election_id>role_elections.title", _l("Rôle")),
            Shown("voice", _l("Voix"), ROLE_VOICES),
            Shown("reason", _l("Raison")),
        ),
    ),
    Holding(
        "role_namings.named_id",
        BODIES,
        _l("Choix où vous êtes nommé"),
        Fate.CUT,
        (Shown("election_id.title", _l("Rôle")),),
        {"reason": ""},
    ),
    Holding("role_namings.first_id", BODIES, _l("Choix où vous étiez nommé d’abord"), Fate.CUT),
    Holding(
        "role_elections.proposed_id",
        BODIES,
        _l("Rôles pour lesquels vous avez été proposé"),
        Fate.CUT,
        (Shown("title", _l("Rôle")), Shown("opened_at", ON)),
    ),
    Holding(
        "text_amendments.author_id",
        BODIES,
        _l("Changements que vous proposez dans des textes"),
        Fate.GOES,
        (
            Shown("said_at", ON),
            Shown("passage", _l("Passage")),
            Shown("words", _l("Votre texte")),
        ),
    ),
    Holding(
        "text_versions.proposed_by_id", TEAM, _l("Versions de textes proposées par vous"), Fate.CUT
    ),
    Holding(
        "draw_entries.resident_id",
        BODIES,
        _l("Tirages au sort où vous êtes sur la liste"),
        Fate.CUT,
        (
            Shown("draw_id.committed_at", ON),
            Shown("number", _l("Votre numéro")),
            Shown("stratum", _l("Groupe")),
        ),
    ),
    Holding(
        "meeting_attendances.resident_id",
        BODIES,
        _l("Vos réunions"),
        Fate.STAYS,
        (
            Shown("meeting_id.title", _l("Réunion")),
            Shown("meeting_id.starts_at", ON),
            Shown("status", _l("Vous étiez"), PRESENCES),
            Shown("present_from", _l("Noté à")),
            Shown("left_at", _l("Parti à")),
        ),
    ),
    Holding(
        "procurations.principal_id",
        BODIES,
        _l("Vos procurations données pour une réunion"),
        Fate.GOES,
        (Shown("meeting_id.title", _l("Réunion")), Shown("given_at", ON)),
    ),
    Holding(
        "procurations.holder_id",
        BODIES,
        _l("Vos procurations reçues pour une réunion"),
        Fate.GOES,
        (Shown("meeting_id.title", _l("Réunion")), Shown("given_at", ON)),
    ),
    Holding(
        "consent_voices.resident_id",
        BODIES,
        _l("Votre voix dans les décisions par consentement"),
        Fate.STAYS,
        (
            Shown("deliberation_id>deliberations.question", _l("Question")),
            Shown("number", _l("Tour")),
            Shown("said_at", ON),
            Shown("voice", _l("Voix"), VOICE_WORDS),
            Shown("reason", _l("Raison"), only_in_file=True),
        ),
    ),
    Holding(
        "date_answers.resident_id",
        BODIES,
        _l("Vos réponses sur des dates de réunion"),
        Fate.GOES,
        (Shown("slot_id.starts_at", ON), Shown("answer", _l("Réponse"), SUITS)),
    ),
    Holding("date_polls.asked_by_id", TEAM, _l("Dates demandées par vous"), Fate.CUT),
    Holding(
        "agenda_requests.author_id",
        BODIES,
        _l("Vos points demandés pour des réunions"),
        Fate.GOES,
        (
            Shown("meeting_id.title", _l("Réunion")),
            Shown("title", TITLE),
            Shown("reason", _l("Pourquoi")),
            Shown("asked_at", ON),
            Shown("answer", _l("Réponse")),
        ),
    ),
    Holding(
        "minutes_comments.author_id",
        BODIES,
        _l("Vos remarques sur des comptes rendus"),
        Fate.GOES,
        (
            Shown("meeting_id.title", _l("Réunion")),
            Shown("text", TEXT),
            Shown("written_at", ON),
        ),
    ),
    Holding("meetings.convened_by_id", TEAM, _l("Réunions convoquées par vous"), Fate.CUT),
    Holding(
        "decisions.owner_id",
        BODIES,
        _l("Décisions dont vous vous occupez"),
        Fate.CUT,
        (
            Shown("title", TITLE),
            Shown("body_id.name", _l("Instance")),
            Shown("decided_on", ON),
            Shown("due_on", _l("Échéance")),
            Shown("outcome", _l("Suite donnée"), OUTCOMES),
        ),
    ),
    Holding("decision_steps.by_id", TEAM, _l("Suites de décisions notées par vous"), Fate.CUT),
    Holding(
        "body_documents.added_by_id",
        BODIES,
        _l("Documents que vous avez ajoutés"),
        Fate.CUT,
        (Shown("title", TITLE), Shown("body_id.name", _l("Instance")), Shown("added_at", ON)),
    ),
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
