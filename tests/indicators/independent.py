"""The 27 numbers by plain SQL, written from the rules of the house and not from our definitions.

One statement for each figure, over the live lines of the ledger; `:a` and `:b` are the first and
the last day. People are told apart by `who`, the key under which their aliases count.
"""

from datetime import date

from sqlalchemy import Date, bindparam, text

from app.core.db import db

LIVE = """
WITH RECURSIVE chain(k, target) AS (
    SELECT key, same_as FROM participation_aliases
    UNION SELECT chain.k, p.same_as FROM chain JOIN participation_aliases p ON p.key = chain.target
), final AS (
    SELECT k, target FROM chain
    WHERE target NOT IN (SELECT key FROM participation_aliases)
), live AS (
    SELECT e.*, COALESCE(final.target, e.participation_key) AS who
    FROM ledger_entries e LEFT JOIN final ON final.k = e.participation_key
    WHERE e.voids_id IS NULL
      AND e.id NOT IN (SELECT voids_id FROM ledger_entries WHERE voids_id IS NOT NULL)
), period AS (SELECT * FROM live WHERE day >= :a AND day <= :b)
SELECT """
HELD = "FROM period WHERE act = 'session:held'"
CAME = "FROM period WHERE act = 'session:attended'"
SUBJECT = "COUNT(DISTINCT subject_type || '/' || subject_id)"
VALID = """FROM live WHERE act = 'adhesion:taken' AND day <= :b
    AND (CASE WHEN until > day THEN until ELSE day END) >= :a"""
COMITE = """FROM period WHERE body_kind = 'comite' AND act IN ('meeting:attended',
    'proposal:admitted', 'comment:posted', 'poll:participated')"""
PROJECT = """FROM period WHERE (act = 'project:role_taken'
    OR (act = 'session:attended' AND kind = 'seance_projet'))"""

DAYS = (bindparam("a", type_=Date), bindparam("b", type_=Date))
QUERIES = {
    "1.1.1": f"COUNT(*) {HELD} AND offsite",
    "1.1.1.quartiers": f"COUNT(DISTINCT quartier_id) {HELD} AND offsite",
    "1.1.2": f"COUNT(DISTINCT action_id) {HELD} AND lead = 'ville'",
    "1.1.2.seances": f"COUNT(*) {HELD} AND lead = 'ville'",
    "1.1.3": f"COALESCE(SUM(head_count), 0) {HELD} AND offsite",
    "1.1.3.estimees": f"COALESCE(SUM(head_count), 0) {HELD} AND offsite AND estimated",
    "1.2.1": f"COUNT(DISTINCT action_id) {HELD} AND NOT offsite AND kind IN "
    "('activite', 'service', 'animation_quartier', 'fete_quartier')",
    "1.2.1.seances": f"COUNT(*) {HELD} AND NOT offsite AND kind IN "
    "('activite', 'service', 'animation_quartier', 'fete_quartier')",
    "1.2.2": f"COUNT(DISTINCT day) {CAME} AND kind = 'journee_reseau' AND standing = 'team'",
    "1.2.2.agents": f"COUNT(*) {CAME} AND kind = 'journee_reseau' AND standing = 'team'",
    "1.2.3": f"COUNT(*) {VALID}",
    "1.2.3.individus": f"COUNT(*) {VALID} AND kind = 'individual'",
    "1.2.3.familles": f"COUNT(*) {VALID} AND kind = 'family'",
    "1.2.3.personnes": f"COALESCE(SUM(head_count), 0) {VALID}",
    "1.3.1": f"COUNT(*) {HELD} AND kind = 'rencontre_communication'",
    "1.3.2": f"COUNT(*) {HELD} AND kind = 'reunion_partenariale' AND nature = 'echange' "
    "AND lead = 'centre'",
    "1.3.2.heures": f"COALESCE(SUM(minutes), 0) / 60.0 {HELD} AND kind = 'reunion_partenariale' "
    "AND nature = 'echange' AND lead = 'centre'",
    "1.3.3": f"COUNT(DISTINCT who) {CAME} AND kind = 'formation_concept'",
    "1.3.3.equipe": f"COUNT(DISTINCT who) {CAME} AND kind = 'formation_concept' "
    "AND standing = 'team'",
    "1.3.3.benevoles": f"COUNT(DISTINCT who) {CAME} AND kind = 'formation_concept' "
    "AND standing <> 'team'",
    "2.1.1": f"COALESCE(SUM(minutes), 0) / 60.0 {HELD} AND kind = 'reunion_partenariale'",
    "2.1.1.reunions": f"COUNT(*) {HELD} AND kind = 'reunion_partenariale'",
    "2.1.2": f"{SUBJECT} FROM period WHERE act = 'partner:met'",
    "2.1.2.partenaires": "COUNT(DISTINCT partner_id) FROM period WHERE act = 'partner:met'",
    "2.1.3": f"{SUBJECT} FROM period WHERE act = 'action:started'",
    "2.2.1": f"COUNT(*) {HELD} AND nature = 'coordination'",
    "2.2.1.heures": f"COALESCE(SUM(minutes), 0) / 60.0 {HELD} AND nature = 'coordination'",
    "2.2.2": f"{SUBJECT} FROM period WHERE act = 'project:realised' AND role = 'habitants'",
    "2.2.3": f"COUNT(DISTINCT who) {PROJECT} AND standing = 'habitant'",
    "2.2.3.exterieurs": f"COUNT(DISTINCT who) {PROJECT} AND standing = 'outside'",
    "2.3.1": f"COUNT(*) {HELD} AND kind = 'appui_projet'",
    "2.3.1.heures": f"COALESCE(SUM(minutes), 0) / 60.0 {HELD} AND kind = 'appui_projet'",
    "2.3.2": "COUNT(*) FROM period WHERE act = 'training:offered'",
    "2.3.2.tenues": f"COUNT(*) {HELD} AND kind IN ('formation_equipe', 'formation_concept')",
    "2.3.3": f"{SUBJECT} FROM period WHERE act = 'project:backed'",
    "2.3.3.aides": "COUNT(*) FROM period WHERE act = 'project:backed'",
    "3.1.1": "COUNT(DISTINCT body_id) FROM period WHERE act = 'body:first_met'",
    "3.1.1.nouvelles": "COUNT(DISTINCT body_id) FROM period WHERE act = 'body:created'",
    "3.1.1.actives": "COUNT(DISTINCT body_id) FROM period WHERE act = 'meeting:held'",
    "3.1.2": f"COUNT(*) {HELD} AND kind = 'presentation_concept'",
    **{
        f"3.1.2.{audience}": f"COUNT(*) {HELD} AND kind = 'presentation_concept' "
        f"AND nature = '{audience}'"
        for audience in ("habitants", "partenaires", "elus", "equipe")
    },
    "3.1.3": f"{SUBJECT} FROM period WHERE act = 'meeting:held' AND body_kind = 'conseil'",
    "3.1.3.sans_quorum": f"{SUBJECT} FROM period WHERE act = 'meeting:held_without_quorum' "
    "AND body_kind = 'conseil'",
    "3.2.1": f"COUNT(*) {HELD} AND offsite",
    "3.2.1.quartiers": f"COUNT(DISTINCT quartier_id) {HELD} AND offsite",
    "3.2.2": f"COUNT(DISTINCT who) {CAME} AND offsite AND role = 'volunteer' "
    "AND standing = 'habitant'",
    "3.2.2.exterieurs": f"COUNT(DISTINCT who) {CAME} AND offsite AND role = 'volunteer' "
    "AND standing = 'outside'",
    "3.2.3": f"COUNT(DISTINCT who) {COMITE} AND standing = 'habitant'",
    "3.2.3.exterieurs": f"COUNT(DISTINCT who) {COMITE} AND standing = 'outside'",
    "3.3.1": "COUNT(DISTINCT who) FROM period WHERE act = 'project:role_taken' "
    "AND association_id IS NOT NULL AND standing = 'habitant'",
    "3.3.1.exterieurs": "COUNT(DISTINCT who) FROM period WHERE act = 'project:role_taken' "
    "AND association_id IS NOT NULL AND standing = 'outside'",
    "3.3.2": f"{SUBJECT} FROM period WHERE act = 'connection:accepted' "
    "OR (act = 'session:held' AND kind = 'rencontre_associations')",
    "3.3.2.associations": "COUNT(DISTINCT one) FROM (SELECT association_id AS one, act, kind "
    "FROM period UNION ALL SELECT other_association_id, act, kind FROM period) AS both_sides "
    "WHERE act = 'connection:accepted' OR (act = 'session:held' AND "
    "kind = 'rencontre_associations')",
    "3.3.3": f"{SUBJECT} FROM period WHERE act = 'collectif:formed'",
}


def independent(start: date, end: date) -> dict[str, float]:
    """Code → value between two days, both in it; hours to the hundredth."""
    found: dict[str, float] = {}
    for code, sql in QUERIES.items():
        number = db.session.scalar(text(LIVE + sql).bindparams(*DAYS), {"a": start, "b": end})
        found[code] = round(float(number), 2)
    return found
