"""The rules in force: those the centre has set, and the default of the others."""

from itertools import pairwise
from typing import Any

from flask import current_app, g, has_request_context
from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from app.centre.models import Setting
from app.centre.rule_table import RULES
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import _

MOST_BANDS = 8

_kept: dict[str, tuple[int, dict[str, Any]]] = {}
"""By centre: the stamp under which its settings were read, and what they were."""


def default(key: str) -> Any:
    """What a rule says where the centre has set nothing; its name comes from the server."""
    return current_app.config["CENTRE_NAME"] if key == "centre_name" else RULES[key].default


def rules() -> dict[str, Any]:
    """Every setting in force; at most one SQL statement a request, or a transaction elsewhere.

    Where the request has read the database's change stamp, what was read under it still holds.
    """
    place = g if has_request_context() else None
    found: dict[str, Any] | None = (
        place.get("rules") if place is not None else db.session().info.get("rules")
    )
    if found is not None:
        return found
    stamp = g.get("page_stamp") if has_request_context() else None
    kept = _kept.get(current_app.config["CENTRE_NAME"])
    if stamp is not None and kept is not None and kept[0] == stamp:
        values = kept[1]
    else:
        values = {key: default(key) for key in RULES}
        stored = db.session.execute(select(Setting.key, Setting.value))
        values.update({row.key: row.value for row in stored})
        if stamp is not None:
            _kept[current_app.config["CENTRE_NAME"]] = (stamp, values)
    if place is not None:
        place.rules = values
    else:
        db.session().info["rules"] = values
    return values


@event.listens_for(db.session, "after_transaction_end")
def _read_again(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("rules", None)


def rule(key: str) -> Any:
    """One setting in force."""
    return rules()[key]


def change(key: str, value: Any) -> tuple[Any, Any] | None:
    """Set a rule, inside the caller's act; (before, after), or None where nothing changes.

    Setting the default forgets what was set: a later version's default will then hold.

    Raises:
        Invalid: outside of what the rule admits.
    """
    check(key, value)
    stored, usual, wanted = db.session.get(Setting, key), _plain(default(key)), _plain(value)
    before = stored.value if stored else usual
    if before == wanted:
        return None
    if stored is None:
        db.session.add(Setting(key=key, value=wanted))
    elif wanted == usual:
        db.session.delete(stored)
    else:
        stored.value = wanted
    db.session.flush()
    db.session().info.pop("rules", None)
    if has_request_context():
        g.pop("rules", None)
    return before, wanted


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
