"""What becomes of each thing that hangs from a file, when it is joined to another.

A test compares this table with the database: a new foreign key to `residents` must be listed.
"""

from typing import Any

from app.core.i18n import _l

TEAM = _l("Actes au nom de l’équipe")
FAMILY, HOUSE, MEMBERSHIP = _l("Famille et foyer"), _l("Présences"), _l("Adhésions")
IDEAS, SUPPORTS, WORDS = _l("Propositions"), _l("Soutiens"), _l("Commentaires et débats")
SEATS, ASSOCIATIONS = _l("Places dans les instances"), _l("Associations")
READ, REPORTS = _l("Contenus relus par la modération"), _l("Signalements envoyés")
SUSPENSIONS = _l("Suspensions du droit d’écrire")
OUTINGS = _l("Inscriptions aux séances")
HELP = _l("Entraide : annonces et messages")
TOLD, ROLES, DESK = _l("Messages reçus"), _l("Rôles"), _l("Accompagnements à l’accueil")

MOVES: dict[str, Any] = {
    "adhesion_people.resident_id": MEMBERSHIP,
    "adhesions.holder_id": MEMBERSHIP,
    "adhesions.taken_by_id": TEAM,
    "agenda_requests.author_id": WORDS,
    "aim_links.linked_by_id": TEAM,
    "assistances.agent_id": TEAM,
    "assistances.resident_id": DESK,
    "associations.listed_by_id": ASSOCIATIONS,
    "attendance_taps.resident_id": HOUSE,
    "body_documents.added_by_id": TEAM,
    "body_subscriptions.resident_id": TOLD,
    "candidacies.resident_id": SEATS,
    "collectif_members.resident_id": ASSOCIATIONS,
    "collectifs.referent_id": ASSOCIATIONS,
    "comments.author_id": WORDS,
    "connections.answered_by_id": ASSOCIATIONS,
    "connections.asked_by_id": ASSOCIATIONS,
    "consents.given_by_id": FAMILY,
    "consents.resident_id": FAMILY,
    "date_answers.resident_id": SEATS,
    "date_polls.asked_by_id": TEAM,
    "debates.author_id": WORDS,
    "decisions.owner_id": SEATS,
    "grants.ended_by_id": TEAM,
    "grants.given_by_id": TEAM,
    "grants.resident_id": ROLES,
    "guardian_invitations.child_id": FAMILY,
    "guardian_invitations.invited_by_id": FAMILY,
    "guardian_invitations.invited_id": FAMILY,
    "guardianships.child_id": FAMILY,
    "guardianships.ended_by_id": FAMILY,
    "guardianships.guardian_id": FAMILY,
    "guardianships.linked_by_id": TEAM,
    "help_blocks.blocked_id": HELP,
    "help_blocks.blocker_id": HELP,
    "help_messages.author_id": HELP,
    "help_notices.author_id": HELP,
    "help_threads.other_id": HELP,
    "household_members.resident_id": FAMILY,
    "indicator_targets.set_by_id": TEAM,
    "kiosks.opened_by_id": TEAM,
    "mandates.resident_id": SEATS,
    "meeting_attendances.resident_id": HOUSE,
    "meetings.convened_by_id": TEAM,
    "memberships.resident_id": SEATS,
    "minutes_comments.author_id": WORDS,
    "moderation_cases.author_id": READ,
    "moderation_cases.decided_by_id": TEAM,
    "moderation_reports.reporter_id": REPORTS,
    "moderation_rulings.by_id": TEAM,
    "notifications.resident_id": TOLD,
    "past_imports.by_id": TEAM,
    "past_imports.undone_by_id": TEAM,
    "polls.created_by_id": TEAM,
    "project_roles.resident_id": IDEAS,
    "proposals.author_id": IDEAS,
    "published_years.by_id": TEAM,
    "residents.merged_into_id": DESK,
    "residents.registered_by_id": TEAM,
    "role_elections.proposed_id": SEATS,
    "role_namings.first_id": SEATS,
    "role_namings.named_id": SEATS,
    "sanctions.by_id": TEAM,
    "sanctions.resident_id": SUSPENSIONS,
    "schemes.checked_by_id": TEAM,
    "session_attendances.resident_id": HOUSE,
    "session_registrations.resident_id": OUTINGS,
    "sessions.closed_by_id": TEAM,
    "supports.resident_id": SUPPORTS,
    "text_amendments.author_id": SEATS,
    "survey_answers.by_id": TEAM,
    "text_versions.proposed_by_id": TEAM,
    "volunteer_signups.resident_id": OUTINGS,
}
"""Follows the person, and how the page calls it. A row that would be there twice is set aside."""
COUNTED_ELSEWHERE = frozenset({"adhesions.holder_id"})
"""Moves, and is not counted again: whoever holds a membership is one of those it covers."""

STAYS: dict[str, str] = {
    "calendar_keys.resident_id": "an address is one file's: the one kept has its own",
    "consent_voices.resident_id": "history is frozen by the database",
    "decision_steps.by_id": "history is frozen by the database",
    "draw_entries.resident_id": "the list is frozen by the database; the kept file has the seat",
    "email_changes.resident_id": "a change of address under way dies with the file",
    "erasure_requests.asked_by_id": "a file asked to be erased is not joined",
    "erasure_requests.resident_id": "a file asked to be erased is not joined",
    "merges.by_id": "says who joined two files",
    "merges.kept_id": "the story of the files themselves",
    "merges.merged_id": "the story of the files themselves",
    "participations.resident_id": "a key is joined to the other in the ledger's aliases",
    "paper_readings.by_id": "history: who read a pile of paper",
    "past_lines.resident_id": "a line that waits is read again before it is imported",
    "poll_claims.answered_by_id": "history: who answered",
    "poll_claims.resident_id": "a claim is answered to the file that made it",
    "poll_proxies.holder_id": "the proxies of a file joined are given again",
    "poll_proxies.principal_id": "the proxies of a file joined are given again",
    "poll_roll.resident_id": "open rolls are joined by voting.joining, closed ones are history",
    "poll_tellers.resident_id": "a share of a key is one file's: the join waits for the poll's end",
    "procurations.holder_id": "the procurations of a file joined are given again",
    "procurations.principal_id": "the procurations of a file joined are given again",
    "proposal_steps.by_id": "history is frozen by the database",
    "recovery_codes.resident_id": "a secret of an account that no longer opens",
    "resident_words.resident_id": "kept by accounts.word_models",
    "role_namings.voter_id": "who spoke in a round, by the file that did",
    "sign_ins.acting_for_id": "ended",
    "sign_ins.resident_id": "ended",
    "told_apart.first_id": "what was said of that very file",
    "told_apart.second_id": "what was said of that very file",
}
"""Does not follow, and why."""
