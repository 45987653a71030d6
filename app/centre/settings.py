"""The rules in force: those the centre has set, and the default of the others."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from flask import current_app, g, has_request_context
from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session, SessionTransaction

from app.centre.models import EVER, Setting
from app.centre.rule_table import RULES
from app.core.clock import today
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import _

MOST_BANDS = 8

Version = tuple[date, Any]
"""From which day on, and what a rule says from then on."""


@dataclass(frozen=True)
class InForce:
    """What the rules say on a day, and what each of those that were set has said, in order."""

    day: date
    values: dict[str, Any]
    versions: dict[str, list[Version]]


_kept: dict[str, tuple[int, InForce]] = {}
"""By centre: the stamp under which its settings were read, and what they were."""


def default(key: str) -> Any:
    """What a rule says where the centre has set nothing; its name comes from the server."""
    return current_app.config["CENTRE_NAME"] if key == "centre_name" else RULES[key].default


def rules() -> dict[str, Any]:
    """Every setting in force today; see `_in_force`."""
    return _in_force().values


def rule(key: str) -> Any:
    """One setting in force today."""
    return rules()[key]


def versions(key: str) -> list[Version]:
    """What a rule has said since the beginning, in order."""
    return _in_force().versions.get(key) or [(EVER, default(key))]


def rule_on(key: str, day: date) -> Any:
    """What one of them said on a day."""
    return [value for since, value in versions(key) if since <= day][-1]


def _in_force() -> InForce:
    """At most one SQL statement a request, or a transaction elsewhere.

    Where the request has read the database's change stamp, what was read under it still holds.
    """
    place = g if has_request_context() else None
    found: InForce | None = (
        place.get("rules") if place is not None else db.session().info.get("rules")
    )
    day = today()
    if found is not None and found.day == day:
        return found
    stamp = g.get("page_stamp") if has_request_context() else None
    kept = _kept.get(current_app.config["CENTRE_NAME"])
    if stamp is not None and kept is not None and (kept[0], kept[1].day) == (stamp, day):
        read = kept[1]
    else:
        read = _read(day)
        if stamp is not None:
            _kept[current_app.config["CENTRE_NAME"]] = (stamp, read)
    if place is not None:
        place.rules = read
    else:
        db.session().info["rules"] = read
    return read


def _read(day: date) -> InForce:
    stored = db.session.execute(
        select(Setting.key, Setting.since, Setting.value).order_by(Setting.key, Setting.since)
    )
    versions: dict[str, list[Version]] = {}
    for row in stored:
        said = versions.setdefault(row.key, [])
        if not said and row.since > EVER:
            said.append((EVER, default(row.key)))
        said.append((row.since, row.value))
    values = {key: default(key) for key in RULES}
    for key, said in versions.items():
        values[key] = [value for since, value in said if since <= day][-1]
    return InForce(day, values, versions)


@event.listens_for(db.session, "after_transaction_end")
def _read_again(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("rules", None)


def change(key: str, value: Any, since: date = EVER) -> tuple[Any, Any] | None:
    """Set a rule, inside the caller's act; (before, after), or None where nothing changes.

    Setting the default for ever forgets what was set: a later version's default will then hold.

    Args:
        since: the first day it holds; what was set for a later one is forgotten.

    Raises:
        Invalid: outside of what the rule admits.
    """
    check(key, value)
    wanted, usual = _plain(value), _plain(default(key))
    former = _of(key) or [(EVER, usual)]
    kept = [one for one in former if one[0] < since]
    held = kept[-1][1] if kept else usual
    new = [*kept, (since, wanted)] if wanted != held or not kept else kept
    if new == former:
        return None
    later = Setting.key == key, Setting.since >= since
    db.session.execute(delete(Setting).where(*later))
    if wanted != held:
        db.session.add(Setting(key=key, since=since, value=wanted))
    db.session.flush()
    db.session().info.pop("rules", None)
    if has_request_context():
        g.pop("rules", None)
    return former[-1][1], wanted


def _of(key: str) -> list[Version]:
    """What is written of a rule, the default before it where there is none."""
    return [(since, _plain(value)) for since, value in _read(today()).versions.get(key, [])]


def check(key: str, value: Any) -> None:
    """Refuse what a rule does not admit.

    Raises:
        Invalid: `field` is the rule's key.
    """
    definition = RULES[key]
    if isinstance(definition.default, tuple):
        _check_bands(key, value)
    elif isinstance(definition.default, bool):
        return
    elif isinstance(definition.default, int) and not (definition.low <= value <= definition.high):
        raise Invalid(
            _("Entre %(low)d et %(high)d.", low=definition.low, high=definition.high), field=key
        )


def _check_bands(key: str, starts: Any) -> None:
    definition = RULES[key]
    rising = all(low < high for low, high in pairwise(starts))
    within = all(definition.low <= start <= definition.high for start in starts)
    if not (1 <= len(starts) <= MOST_BANDS and rising and within):
        raise Invalid(
            _(
                "Écrivez de 1 à %(most)d âges, du plus petit au plus grand, "
                "entre %(low)d et %(high)d.",
                most=MOST_BANDS,
                low=definition.low,
                high=definition.high,
            ),
            field=key,
        )


def _plain(value: Any) -> Any:
    """As JSON gives it back."""
    return list(value) if isinstance(value, tuple) else value
