"""The journal of a poll: what happened to it, each line chained to the one before."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.voting.models import Poll, PollEvent, PollOption, RollEntry

START = "0" * 64


class Kind(StrEnum):
    """What can happen to a poll."""

    CREATED = "created"
    REVISED = "revised"
    TAKEN_BACK = "taken_back"
    OPENED = "opened"
    ROLL_CHANGED = "roll_changed"
    EXTENDED = "extended"
    REMINDED = "reminded"
    PAPER_READ = "paper_read"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"
    UNARCHIVED = "unarchived"
    DECIDED = "decided"


def append(poll: Poll, kind: Kind, **facts: Any) -> PollEvent:
    """One more line, inside the caller's act, which holds the poll's row.

    `facts` name nobody: they are published.
    """
    last = db.session.scalars(
        select(PollEvent).where(PollEvent.poll_id == poll.id).order_by(PollEvent.number.desc())
    ).first()
    event = PollEvent(
        poll_id=poll.id,
        number=last.number + 1 if last else 1,
        kind=kind.value,
        at=now(),
        facts=facts,
        previous_hash=last.hash if last else START,
    )
    event.hash = hash_of(event)
    db.session.add(event)
    db.session.flush()
    return event


def has_begun(poll: Poll) -> bool:
    """Whether the poll was announced once: its journal cannot be unsaid."""
    lines = select(PollEvent.number).where(PollEvent.poll_id == poll.id).limit(1)
    return poll.id is not None and db.session.scalar(lines) is not None


def roll_facts(poll: Poll) -> dict[str, Any]:
    """What a line says of the roll: its length, and a digest which any other roll changes."""
    people = db.session.scalars(
        select(RollEntry.resident_id)
        .where(RollEntry.poll_id == poll.id)
        .order_by(RollEntry.resident_id)
    ).all()
    return {"roll": len(people), "roll_sha256": _digest([poll.id, *people])}


def rules_facts(poll: Poll) -> dict[str, Any]:
    """What a line says of the rules and of the options, frozen at opening."""
    options = db.session.execute(
        select(PollOption.id, PollOption.label)
        .where(PollOption.poll_id == poll.id)
        .order_by(PollOption.position)
    ).all()
    said = [
        poll.method,
        poll.rules,
        poll.electorate,
        poll.body_id,
        poll.is_secret,
        poll.quorum_percent,
        poll.proxies_most,
        poll.has_paper,
        poll.quorum_represented,
        [[option.id, option.label] for option in options],
    ]
    return {"rules_sha256": _digest(said)}


def note_roll(poll: Poll) -> None:
    """The roll was rightly changed: someone was added, erased, or had two files."""
    append(poll, Kind.ROLL_CHANGED, **roll_facts(poll))


def polls_of(resident_id: int) -> list[Poll]:
    """The polls whose roll names a person, to note that it does no more once they are erased."""
    named = select(RollEntry.poll_id).where(RollEntry.resident_id == resident_id)
    return list(db.session.scalars(select(Poll).where(Poll.id.in_(named)).order_by(Poll.id)))


def faults(poll: Poll) -> Iterator[str]:
    """What is wrong with a poll's journal, or differs from what it says; nothing when it holds."""
    previous, said = START, {}
    events = db.session.scalars(
        select(PollEvent).where(PollEvent.poll_id == poll.id).order_by(PollEvent.number)
    ).all()
    for place, event in enumerate(events, start=1):
        if (event.number, event.previous_hash) != (place, previous) or event.hash != hash_of(event):
            yield "journal"
        said.update(event.facts)
        previous = event.hash
    for name, found in ({**roll_facts(poll), **rules_facts(poll)} if said else {}).items():
        if name in said and said[name] != found:
            yield name.removesuffix("_sha256")


def hash_of(event: PollEvent) -> str:
    """What the next line repeats: SHA-256 of the JSON list that the journal's page describes."""
    moment = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [event.poll_id, event.number, event.kind, moment, event.facts, event.previous_hash]
    return _digest(parts)


def _digest(parts: Any) -> str:
    written = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
