"""The team's journal, searched and read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from app.accounts.models import Resident
from app.administration import journal_subjects
from app.administration.journal_words import rules_in_words
from app.audit.acts import AUDIT_WORDS, AuditAct
from app.audit.models import AuditEntry
from app.core.charter import CHARTER
from app.core.clock import PARIS
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import Page, paginate
from app.core.search_text import fold

SIZE, BATCH = 40, 500


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty means everything."""

    act: str = ""
    who: str = ""
    about: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def count(self) -> int:
        """How many of them are in use."""
        return sum(bool(value) for value in vars(self).values())


@dataclass(frozen=True)
class Line:
    """A line of the journal, its people and things under their names of today."""

    id: int
    at: datetime
    act: str
    by: str
    by_id: int | None
    subject: str
    subject_type: str | None
    subject_id: int | None
    details: dict[str, Any] | None
    hash: str
    previous_hash: str

    @property
    def reason(self) -> str:
        """Why, in words: moderation gives the rule of the house that it went by."""
        said = str((self.details or {}).get("reason") or "")
        return str(CHARTER[said].label) if said in CHARTER else said


def lines(asked: Asked, number: int) -> Page[Line]:
    """From the last; three statements, however long the journal."""
    page = paginate(_query(asked).order_by(AuditEntry.id.desc()), number, SIZE, scalars=True)
    return Page(_named(page.items), page.number, page.size, page.total)


def line(entry_id: int) -> Line | None:
    """One line; two statements."""
    entry = db.session.get(AuditEntry, entry_id)
    return _named([entry])[0] if entry else None


def every_line(asked: Asked) -> Iterator[Line]:
    """From the first, batch by batch, for a file."""
    last = 0
    while True:
        query = _query(asked).where(AuditEntry.id > last).order_by(AuditEntry.id).limit(BATCH)
        entries = db.session.scalars(query).all()
        yield from _named(entries)
        if len(entries) < BATCH:
            return
        last = entries[-1].id
        db.session.expunge_all()


def act_words(act: str) -> str:
    """What an act is called; an act of before keeps its own name."""
    return str(AUDIT_WORDS[AuditAct(act)]) if act in set(AuditAct) else act


def _named(entries: Any) -> list[Line]:
    keys = {(one.subject_type, one.subject_id) for one in entries if one.subject_id is not None}
    names = journal_subjects.names_of(
        keys | {("residents", one.by_id) for one in entries if one.by_id is not None}
    )
    gone = journal_subjects.gone()
    return [
        Line(
            id=one.id,
            at=one.at,
            act=act_words(one.act),
            by=_("la maison") if one.by_id is None else names.get(("residents", one.by_id), gone),
            by_id=one.by_id,
            subject=journal_subjects.in_words(one.subject_type, one.subject_id, names)
            or rules_in_words(one.details),
            subject_type=one.subject_type,
            subject_id=one.subject_id,
            details=one.details,
            hash=one.hash,
            previous_hash=one.previous_hash,
        )
        for one in entries
    ]


def _query(asked: Asked) -> Select[AuditEntry]:
    query = select(AuditEntry)
    if asked.act:
        query = query.where(AuditEntry.act == asked.act)
    if asked.who:
        query = query.where(AuditEntry.by_id.in_(_people(asked.who)))
    if asked.about:
        query = query.where(_about(asked.about))
    if asked.words:
        reason = AuditEntry.details["reason"].as_string()
        query = query.where(reason.icontains(asked.words, autoescape=True))
    if asked.since:
        query = query.where(AuditEntry.at >= _midnight(asked.since))
    if asked.until:
        query = query.where(AuditEntry.at < _midnight(asked.until + timedelta(days=1)))
    return query


def _about(about: str) -> ColumnElement[bool]:
    """A kind of thing by its table, or a person by their name."""
    if about in journal_subjects.KINDS:
        return AuditEntry.subject_type == about
    people = AuditEntry.subject_id.in_(_people(about))
    return (AuditEntry.subject_type == "residents") & people


def _people(words: str) -> Select[int]:
    query = select(Resident.id)
    for word in fold(words).split() or [words]:
        query = query.where(Resident.folded_name.contains(word, autoescape=True))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)
