"""What the house holds of what a person says and how they vote."""

from sqlalchemy import ColumnElement, select

from app.core.i18n import _l
from app.privacy.holding import Fate, Holding, Shown
from app.privacy.treatments import TEAM, VOTES, WRITINGS
from app.proposals.labels import LABELS
from app.voting.labels import CHANNELS
from app.voting.models import Emargement, Poll, RollEntry

ON, SINCE, TITLE, TEXT = _l("Le"), _l("Depuis"), _l("Titre"), _l("Texte")
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
)
