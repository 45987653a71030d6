"""Note an act of the team in the chain, and check the chain."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC
from typing import Protocol

from sqlalchemy import select, update

from app.audit.acts import AuditAct
from app.audit.models import AuditEntry, AuditHead
from app.core.clock import now
from app.core.db import atomic, db, lock

START = "0" * 64


class Person(Protocol):
    """Someone with a number."""

    @property
    def id(self) -> int: ...


class Subject(Protocol):
    """Anything with a table and a number."""

    __tablename__: str

    @property
    def id(self) -> int: ...


def note(
    act: AuditAct,
    by: Person | None,
    subject: Subject | None = None,
    *,
    before: object = None,
    after: object = None,
    reason: str | None = None,
) -> AuditEntry:
    """Append one line, inside the caller's act.

    Args:
        by: who did it; nobody for the command line and for jobs.
        before, after: what changed, as JSON can hold it. Of a person's data name the fields
            that changed, not their values: they would outlive the person's erasure elsewhere.
    """
    head = db.session.get_one(AuditHead, 1)
    lock(head)
    said = {"before": before, "after": after, "reason": reason}
    details = {key: value for key, value in said.items() if value is not None}
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        id=head.count + 1,
        at=now(),
        act=act.value,
        by_id=by.id if by else None,
        subject_type=subject.__tablename__ if subject else None,
        subject_id=subject.id if subject else None,
        details=details,
        salt=salt,
        details_digest=_digest(salt, details),
        previous_hash=head.hash,
    )
    entry.hash = _hash(entry)
    db.session.add(entry)
    head.hash, head.count = entry.hash, entry.id
    db.session.flush()
    return entry


@atomic
def forget_details(subject_type: str, subject_id: int) -> int:
    """Empty what was written about a subject, the chain still holding; how many lines."""
    emptied = db.session.execute(
        update(AuditEntry)
        .where(
            AuditEntry.subject_type == subject_type,
            AuditEntry.subject_id == subject_id,
            AuditEntry.salt.is_not(None),
        )
        .values(details=None, salt=None)
        .execution_options(synchronize_session=False)
        .returning(AuditEntry.id)
    )
    return len(emptied.all())


def faults() -> Iterator[str]:
    """What is wrong with the chain, line by line; nothing when it holds."""
    previous, last = START, 0
    for entry in db.session.scalars(
        select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)
    ):
        if entry.id != last + 1:
            yield f"{last + 1} : ligne absente"
        if entry.previous_hash != previous:
            yield f"{entry.id} : ne suit pas la ligne d’avant"
        if entry.hash != _hash(entry):
            yield f"{entry.id} : a été changée"
        if entry.salt is not None and entry.details_digest != _digest(entry.salt, entry.details):
            yield f"{entry.id} : son détail a été changé"
        previous, last = entry.hash, entry.id
    head = db.session.get_one(AuditHead, 1)
    if (head.hash, head.count) != (previous, last):
        yield f"{head.count} : la fin du journal manque"


def _digest(salt: str, details: dict[str, object] | None) -> str:
    written = json.dumps(details, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{salt}{written}".encode()).hexdigest()


def hashed_parts(entry: AuditEntry) -> dict[str, object]:
    """What an entry's hash is made of, in this order."""
    return {
        "id": entry.id,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "act": entry.act,
        "by_id": entry.by_id,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "details_digest": entry.details_digest,
        "previous_hash": entry.previous_hash,
    }


def length() -> int:
    """How many lines the journal says it has."""
    return db.session.get_one(AuditHead, 1).count


def _hash(entry: AuditEntry) -> str:
    parts = tuple(hashed_parts(entry).values())
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
