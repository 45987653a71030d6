"""What the house holds of acts of the team: on a person, for them, and by them."""

from app.accounts.roles import ROLE_WORDS
from app.audit.acts import AUDIT_WORDS
from app.core.charter import CHARTER
from app.core.i18n import _l
from app.privacy.holding import Fate, Holding, Shown
from app.privacy.treatments import DESK, ORDER, PAST, RIGHTS, TEAM

RULES = {key: rule.label for key, rule in CHARTER.items()}
OUTCOMES = {"kept": _l("Gardé"), "hidden": _l("Masqué"), "edited": _l("Modifié")}
SINCE, UNTIL, ON = _l("Depuis"), _l("Jusqu’au"), _l("Le")

HELD = (
    Holding(
        "residents.registered_by_id",
        TEAM,
        _l("Personnes que vous avez inscrites"),
        Fate.STAYS,
    ),
    Holding("residents.merged_into_id", DESK, _l("Autres fiches réunies à la vôtre"), Fate.CUT),
    Holding("guardianships.ended_by_id", TEAM, _l("Liens familiaux défaits par vous"), Fate.CUT),
    Holding("guardianships.linked_by_id", TEAM, _l("Liens familiaux notés par vous"), Fate.CUT),
    Holding("adhesions.taken_by_id", TEAM, _l("Adhésions enregistrées par vous"), Fate.CUT),
    Holding(
        "assistances.resident_id",
        DESK,
        _l("L’accueil a agi pour vous"),
        Fate.GOES,
        (
            Shown("started_at", ON),
            Shown("ended_at", UNTIL),
            Shown("agent_id.given_name", _l("Avec")),
        ),
    ),
    Holding(
        "assisted_acts.assistance_id",
        DESK,
        _l("Ce qui a été fait"),
        Fate.GOES,
        (Shown("done_at", ON), Shown("said", _l("Ce qui a été fait"))),
        through="assistances.resident_id",
    ),
    Holding("assistances.agent_id", TEAM, _l("Personnes que vous avez aidées"), Fate.CUT),
    Holding("schemes.checked_by_id", TEAM, _l("Dispositifs vérifiés par vous"), Fate.CUT),
    Holding("aim_links.linked_by_id", TEAM, _l("Liens au projet social posés par vous"), Fate.CUT),
    Holding("indicator_targets.set_by_id", TEAM, _l("Objectifs fixés par vous"), Fate.CUT),
    Holding("published_years.by_id", TEAM, _l("Années publiées par vous"), Fate.CUT),
    Holding("survey_answers.by_id", TEAM, _l("Réponses d’enquête écrites par vous"), Fate.CUT),
    Holding("past_imports.by_id", TEAM, _l("Reprises d’années passées faites par vous"), Fate.CUT),
    Holding(
        "past_imports.undone_by_id",
        TEAM,
        _l("Reprises d’années passées annulées par vous"),
        Fate.CUT,
    ),
    Holding(
        "past_lines.resident_id",
        PAST,
        _l("Lignes d’un tableau d’années passées, en attente"),
        Fate.GOES,
    ),
    Holding(
        "past_lines.folded_name",
        PAST,
        _l("Lignes en attente au même nom : peut-être une autre personne"),
        Fate.GOES,
        by="folded_name",
        hidden=True,
    ),
    Holding(
        "past_lines.card_number",
        PAST,
        _l("Lignes en attente à ce numéro de carte"),
        Fate.GOES,
        by="card_number",
    ),
    Holding(
        "past_additions.row_id",
        PAST,
        _l("Fiche créée d’après un tableau d’années passées"),
        Fate.GOES,
        where={"what": "residents"},
    ),
    Holding("kiosks.opened_by_id", TEAM, _l("Bornes ouvertes par vous"), Fate.CUT),
    Holding(
        "merges.kept_id",
        DESK,
        _l("Fiches réunies à la vôtre"),
        Fate.GOES,
        (Shown("merged_at", ON), Shown("undone_at", _l("Défait"))),
    ),
    Holding("merges.merged_id", DESK, _l("Votre fiche réunie à une autre"), Fate.GOES),
    Holding("merges.by_id", TEAM, _l("Fiches réunies par vous"), Fate.CUT),
    Holding("told_apart.first_id", DESK, _l("Fiche distinguée d’une autre"), Fate.GOES),
    Holding("told_apart.second_id", DESK, _l("Fiche distinguée d’une autre (bis)"), Fate.GOES),
    Holding(
        "audit_entries.subject_id",
        DESK,
        _l("Actes de l’équipe sur votre fiche"),
        Fate.STAYS,
        (Shown("at", ON), Shown("act", _l("Acte"), AUDIT_WORDS)),
        where={"subject_type": "residents"},
    ),
    Holding("audit_entries.by_id", TEAM, _l("Actes notés au journal de l’équipe"), Fate.STAYS),
    Holding(
        "grants.resident_id",
        TEAM,
        _l("Vos rôles"),
        Fate.GOES,
        (
            Shown("role", _l("Rôle"), ROLE_WORDS),
            Shown("body_id.name", _l("Instance")),
            Shown("association_id.name", _l("Association")),
            Shown("given_at", SINCE),
            Shown("ended_at", UNTIL),
            Shown("reason", _l("Pourquoi")),
        ),
    ),
    Holding("grants.given_by_id", TEAM, _l("Rôles donnés par vous"), Fate.CUT),
    Holding("grants.ended_by_id", TEAM, _l("Rôles retirés par vous"), Fate.CUT),
    Holding(
        "moderation_cases.author_id",
        ORDER,
        _l("Vos textes relus"),
        Fate.CUT,
        (
            Shown("opened_at", ON),
            Shown("outcome", _l("Décision"), OUTCOMES),
            Shown("rule", _l("Règle"), RULES),
            Shown("note", _l("Explication")),
            Shown("contest", _l("Votre réponse")),
        ),
    ),
    Holding(
        "moderation_rulings.case_id",
        ORDER,
        _l("Décisions prises sur vos textes"),
        Fate.STAYS,
        (
            Shown("at", ON),
            Shown("outcome", _l("Décision"), OUTCOMES),
            Shown("rule", _l("Règle"), RULES),
        ),
        through="moderation_cases.author_id",
    ),
    Holding(
        "moderation_reports.case_id",
        ORDER,
        _l("Signalements de vos textes"),
        Fate.STAYS,
        (Shown("reported_at", ON), Shown("rule", _l("Règle"), RULES)),
        empties={"words": ""},
        through="moderation_cases.author_id",
    ),
    Holding(
        "moderation_reports.reporter_id",
        ORDER,
        _l("Ce que vous avez signalé"),
        Fate.CUT,
        (
            Shown("reported_at", ON),
            Shown("rule", _l("Règle"), RULES),
            Shown("words", _l("Vos mots")),
        ),
        empties={"words": ""},
    ),
    Holding("moderation_cases.decided_by_id", TEAM, _l("Textes relus par vous"), Fate.CUT),
    Holding("moderation_rulings.by_id", TEAM, _l("Décisions de modération"), Fate.CUT),
    Holding(
        "sanctions.resident_id",
        ORDER,
        _l("Parole suspendue"),
        Fate.GOES,
        (Shown("since", SINCE), Shown("until", UNTIL), Shown("reason", _l("Pourquoi"))),
    ),
    Holding("sanctions.by_id", TEAM, _l("Suspensions décidées par vous"), Fate.CUT),
    Holding(
        "erasure_requests.resident_id",
        RIGHTS,
        _l("Vos demandes d’effacement"),
        Fate.STAYS,
        (
            Shown("asked_at", ON),
            Shown("due_at", _l("Prévu")),
            Shown("cancelled_at", _l("Annulée")),
        ),
    ),
    Holding("erasure_requests.asked_by_id", RIGHTS, _l("Effacements demandés par vous"), Fate.CUT),
)
