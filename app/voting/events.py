"""The journal of a poll: what happened to it, each line chained to the one before."""

import hashlib
import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select

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
    ENDED = "ended"
    REMINDED = "reminded"
    PAPER_READ = "paper_read"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"
    UNARCHIVED = "unarchived"
    DECIDED = "decided"


LAST = {"open": Kind.OPENED, "closed": Kind.CLOSED, "cancelled": Kind.CANCELLED}
"""The line without which a poll would not be what it is, by its status."""


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
    return {"rules_sha256": hashlib.sha256(rules_written(poll)).hexdigest()}


def rules_written(poll: Poll) -> bytes:
    """The very bytes whose SHA-256 a line says; `package` publishes them and names each place."""
    options = db.session.execute(
        select(PollOption.id, PollOption.label)
        .where(PollOption.poll_id == poll.id)
        .order_by(PollOption.position)
    ).all()
    dates = (poll.opens_at, poll.claims_until, poll.extendable_until)
    said = [
        poll.title,
        poll.text,
        poll.method,
        poll.rules,
        poll.electorate,
        poll.body_id,
        poll.is_secret,
        poll.quorum_percent,
        poll.proxies_most,
        poll.has_paper,
        poll.quorum_represented,
        poll.tellers_needed,
        [_moment(one) if one else None for one in dates],
        [[option.id, option.label] for option in options],
    ]
    return _written(said)


def note_roll(poll: Poll) -> None:
    """The roll was rightly changed: someone was added, erased, or had two files."""
    append(poll, Kind.ROLL_CHANGED, **roll_facts(poll))


def hold_polls_of(people: Collection[int] | Select[int]) -> list[Poll]:
    """The polls whose roll names any of these people, held to note that it does no more."""
    named = select(RollEntry.poll_id).where(RollEntry.resident_id.in_(people))
    query = select(Poll).where(Poll.id.in_(named)).order_by(Poll.id).with_for_update(of=Poll)
    return list(db.session.scalars(query))


def faults(poll: Poll) -> Iterator[str]:
    """What is wrong with a poll's journal, or differs from what it says; nothing when it holds."""
    previous, kinds = START, set()
    said: dict[str, Any] = {}
    events = db.session.scalars(
        select(PollEvent).where(PollEvent.poll_id == poll.id).order_by(PollEvent.number)
    ).all()
    for place, event in enumerate(events, start=1):
        if (event.number, event.previous_hash) != (place, previous) or event.hash != hash_of(event):
            yield "journal"
        said.update(event.facts)
        kinds.add(event.kind)
        previous = event.hash
    result = poll.result or {}
    # Polls that were over before there were journals have no line, and no such number.
    last = LAST.get(poll.status)
    if last is not None and last not in kinds and (kinds or "quorum_there" in result):
        yield "journal"
    found = {**roll_facts(poll), **rules_facts(poll), "closes_at": _moment(poll.closes_at)}
    found |= {"turnout": poll.turnout, "ballots_sha256": result.get("sha256")}
    if "closes_at" in said:
        said["closes_at"] = _moment(datetime.fromisoformat(said["closes_at"]))
    for name in sorted(said.keys() & found.keys()):
        if said[name] != found[name]:
            yield name.removesuffix("_sha256")


def hash_of(event: PollEvent) -> str:
    """What the next line repeats: SHA-256 of the JSON list that the journal's page describes."""
    moment = _moment(event.at)
    parts = [event.poll_id, event.number, event.kind, moment, event.facts, event.previous_hash]
    return _digest(parts)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _digest(parts: Any) -> str:
    return hashlib.sha256(_written(parts)).hexdigest()


def _written(parts: Any) -> bytes:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()
