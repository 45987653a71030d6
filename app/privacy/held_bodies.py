"""What the house holds of what a person does in the instances: seats, meetings, decisions."""

from app.bodies.labels import COLLEGES, END_CAUSES, ORIGINS, OUTCOMES, VOICE_WORDS
from app.core.i18n import _l
from app.mandates.role_labels import VOICES as ROLE_VOICES
from app.privacy.holding import Fate, Holding, Shown
from app.privacy.treatments import BODIES, TEAM

ON, SINCE, TITLE, TEXT = _l("Le"), _l("Depuis"), _l("Titre"), _l("Texte")
PRESENCES = {"present": _l("Présent"), "excused": _l("Excusé")}
SUITS = {"yes": _l("Oui"), "maybe": _l("S’il le faut"), "no": _l("Non")}

HELD = (
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
        "body_subscriptions.resident_id",
        BODIES,
        _l("Instances dont vous suivez les comptes rendus"),
        Fate.GOES,
        (Shown("body_id.name", _l("Instance")), Shown("since", SINCE)),
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
)
