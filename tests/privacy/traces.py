"""Looking for someone in the whole database and in every file of the instance."""

import email
from collections.abc import Iterator
from email.policy import default
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select, text

from app.core.db import Model, db, is_sqlite
from app.privacy.holding import Fate
from app.privacy.inventory import HOLDINGS
from tests.privacy.loud import MARKS, YEAR, Loud

WHERE_KEYS_STAY = ("ledger_entries", "indicator_marks", "participation_aliases")
"""Their lines name nobody once the key leads to no one."""

OUTSIDE_THE_MODELS = ("alembic_version", "search_fts")


def in_tables(loud: Loud) -> Iterator[str]:
    """Each column of each row, of whatever table, that still says who she was."""
    for table in Model.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            for name, value in row.items():
                found = str(value).lower()
                if any(mark in found for mark in MARKS) or value == YEAR:
                    yield f"{table.name}.{name}: {value}"
                if loud.card in found:
                    yield f"{table.name}.{name}: the card"
                if loud.key in found and table.name not in WHERE_KEYS_STAY:
                    yield f"{table.name}.{name}: the key"


def in_ties(loud: Loud) -> Iterator[str]:
    """Each column that should no longer lead to her file, and does."""
    for holding in HOLDINGS:
        if holding.fate is Fate.STAYS or holding.by != "id" or holding.through or holding.until:
            continue
        table = Model.metadata.tables[holding.table]
        if db.session.scalar(select(table.c[holding.name]).where(table.c[holding.name] == loud.id)):
            yield f"{holding.column}: a tie"


def in_files() -> Iterator[str]:
    """Each file of the instance that holds a mark: SQLite's own, its log, the mails."""
    folder = Path(current_app.config["INSTANCE"])
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        if path.suffix == ".eml":
            message = email.message_from_bytes(content, policy=default)
            parts = [p.get_content() for p in message.walk() if p.get_content_maintype() == "text"]
            content = "\n".join((str(message["To"]), str(message["Subject"]), *parts)).encode()
        for mark in MARKS:
            if mark.encode() in content.lower() or mark.title().encode() in content:
                yield f"{path.name}: {mark}"


def counts() -> dict[str, Any]:
    """What must not change: the ledger, the figures, and the numbers shown beside things."""
    queries = {
        "entries": "SELECT count(*) FROM ledger_entries "
        "WHERE act NOT IN ('mandate:ended', 'proposal:withdrawn')",
        "marks": "SELECT count(*), sum(m1 + m2 + m3 + m4 + m5 + m6 + m7 + m8 + m9 + m10 "
        "+ m11 + m12) FROM indicator_marks",
        "proposals": "SELECT count(*), sum(support_count), sum(comment_count) FROM proposals",
        "supports": "SELECT count(*) FROM supports",
        "comments": "SELECT count(*) FROM comments",
        "debates": "SELECT count(*) FROM debates",
        "ballots": "SELECT count(*) FROM secret_ballots",
        "signed": "SELECT count(*) FROM emargements JOIN polls ON polls.id = poll_id "
        "WHERE polls.status = 'open'",
        "rolls": "SELECT sum(roll_size) FROM polls",
        "sessions": "SELECT count(*), sum(head_count) FROM sessions",
        "came": "SELECT count(*) FROM session_attendances",
        "met": "SELECT count(*) FROM meeting_attendances",
        "seats": "SELECT count(*) FROM mandates",
        "adhesions": "SELECT count(*), sum(fee_cents) FROM adhesions",
        "covered": "SELECT count(*) FROM adhesion_people",
        "cases": "SELECT count(*) FROM moderation_cases",
        "reports": "SELECT count(*) FROM moderation_reports",
        "rulings": "SELECT count(*) FROM moderation_rulings",
        "people": "SELECT count(*) FROM residents",
    }
    found = {name: tuple(db.session.execute(text(sql)).one()) for name, sql in queries.items()}
    db.session.rollback()
    return found


def everywhere(loud: Loud) -> list[str]:
    """Every trace."""
    found = [*in_tables(loud), *in_ties(loud)]
    db.session.rollback()
    files = [*in_files()] if is_sqlite() else [one for one in in_files() if ".db" not in one]
    return found + files
