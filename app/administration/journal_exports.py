"""The journal as files: one to read, one to verify without trusting us."""

import json
from collections.abc import Iterator

from flask import Response, stream_with_context
from sqlalchemy import select

from app.administration.journal_queries import BATCH, Asked, every_line
from app.audit.models import AuditEntry
from app.audit.services import START, hashed_parts
from app.core.clock import PARIS
from app.core.csv import csv_file
from app.core.db import db
from app.core.i18n import _

HOW = (
    "hash = sha256 of the UTF-8 JSON list [id, at, act, by_id, subject_type, subject_id, "
    "details_digest, previous_hash], separators ', ', non-ASCII kept; the first previous_hash is "
    f"{START[:4]}… (64 zeros). details_digest = sha256 of salt followed by the JSON of details, "
    "keys sorted; details and salt are null once forgotten with a person."
)


def as_csv(asked: Asked) -> Response:
    """The lines asked for, with names, for a spreadsheet."""
    return csv_file("journal.csv", _rows(asked))


def as_json() -> Response:
    """The whole chain, people as numbers only, with what each hash is made of."""
    return Response(
        stream_with_context(_chain()),
        mimetype="application/json",
        headers={"Content-Disposition": 'attachment; filename="journal.json"'},
    )


def _rows(asked: Asked) -> Iterator[tuple[object, ...]]:
    yield (
        _("Ligne"),
        _("Quand"),
        _("Acte"),
        _("Par"),
        _("Sur"),
        _("Avant"),
        _("Après"),
        _("Motif"),
        _("Empreinte"),
    )
    for one in every_line(asked):
        details = one.details or {}
        yield (
            one.id,
            one.at.astimezone(PARIS).strftime("%Y-%m-%d %H:%M:%S"),
            one.act,
            one.by,
            one.subject,
            _written(details.get("before")),
            _written(details.get("after")),
            one.reason,
            one.hash,
        )


def _written(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _chain() -> Iterator[str]:
    yield '{"how": ' + json.dumps(HOW, ensure_ascii=False) + ', "entries": [\n'
    last, comma = 0, ""
    while True:
        query = select(AuditEntry).where(AuditEntry.id > last).order_by(AuditEntry.id).limit(BATCH)
        entries = db.session.scalars(query).all()
        for entry in entries:
            more = {"details": entry.details, "salt": entry.salt, "hash": entry.hash}
            yield comma + json.dumps(hashed_parts(entry) | more, ensure_ascii=False)
            comma = ",\n"
        if len(entries) < BATCH:
            break
        last = entries[-1].id
        db.session.expunge_all()
    yield "\n]}\n"
