"""Keys found to be one person's: nothing is rewritten, and they count as one."""

from blinker import signal
from sqlalchemy import delete, select

from app.core.db import db
from app.ledger.models import ParticipationAlias

people_changed = signal("ledger-people-changed")
"""Sent inside the transaction with `keys`, a set: what they count for has to be counted again."""


def same_people() -> dict[str, str]:
    """Each alias and the key it counts under, however many aliases lie between."""
    rows = db.session.execute(select(ParticipationAlias.key, ParticipationAlias.same_as))
    straight = {row.key: row.same_as for row in rows}
    return {key: _end(key, straight) for key in straight}


def keys_of(key: str | None) -> set[str]:
    """Every key that counts as the same person, this one included; none for nobody."""
    if key is None:
        return set()
    same = same_people()
    counted = same.get(key, key)
    return {counted, *(alias for alias, end in same.items() if end == counted)}


def join_keys(key: str, same_as: str) -> None:
    """From now on what was done under `key` counts as done under `same_as`; inside an act."""
    touched = keys_of(key) | keys_of(same_as)
    db.session.add(ParticipationAlias(key=key, same_as=same_as))
    db.session.flush()
    people_changed.send(keys=touched)


def part_keys(key: str) -> None:
    """The two are two people again; inside an act."""
    touched = keys_of(key)
    db.session.execute(delete(ParticipationAlias).where(ParticipationAlias.key == key))
    people_changed.send(keys=touched)


def _end(key: str, straight: dict[str, str]) -> str:
    seen: set[str] = set()
    while key in straight and key not in seen:
        seen.add(key)
        key = straight[key]
    return key
