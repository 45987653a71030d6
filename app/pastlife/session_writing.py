"""Past sessions, written: as the programme keeps them, and as the ledger counts them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.i18n import _
from app.ledger.acts import Act, Channel
from app.ledger.models import Entry
from app.ledger.services import entry_of
from app.pastlife.sessions import NOON
from app.pastlife.values import moment_of, plain
from app.pastlife.writing import ACTIONS, SESSIONS, Of, Writing
from app.programme.kinds import TRAININGS
from app.programme.models import Action, Session


class SessionWriter:
    """Writes sessions held, their actions where they are new, and what the ledger keeps."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        rows = db.session.execute(
            select(
                Action.id,
                Action.title,
                Action.kind,
                Action.nature,
                Action.lead,
                Action.is_offsite,
                Action.quartier_id,
            ).order_by(Action.id.desc())
        )
        self._actions: dict[tuple[object, ...], int] = {
            (plain(row.title), *row[2:]): row.id for row in rows
        }

    def record(self, understood: Sequence[dict[str, Any]]) -> None:
        """A batch: the actions, the sessions, then the acts."""
        self._write_actions(understood)
        rows = [self._session(said) for said in understood]
        numbers = self._writing.add_many(SESSIONS, rows)
        self._writing.record(
            [
                entry
                for number, said in zip(numbers, understood, strict=True)
                for entry in self._acts(number, said)
            ]
        )

    def _write_actions(self, understood: Sequence[dict[str, Any]]) -> None:
        new = {_action_key(said): said for said in understood}
        new = {key: said for key, said in new.items() if key not in self._actions}
        rows = [
            Action(
                title=said["title"],
                kind=said["kind"],
                nature=said["nature"],
                lead=said["lead"],
                is_offsite=said["offsite"],
                quartier_id=said["quartier"],
                place=said["place"],
            )
            for said in new.values()
        ]
        numbers = self._writing.add(ACTIONS, rows)
        self._actions |= dict(zip(new, numbers, strict=True))

    def _session(self, said: dict[str, Any]) -> Session:
        starts_at = _starts_at(said)
        return Session(
            action_id=self._actions[_action_key(said)],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=said["minutes"]),
            status="held",
            head_count=said["people"],
            count_method="" if said["people"] is None else _method(said),
            counted_by="" if said["people"] is None else _("la reprise des années passées"),
            closed_at=now(),
            closed_by_id=self._writing.by.id,
        )

    def _acts(self, number: int, said: dict[str, Any]) -> list[Entry]:
        facts: dict[str, Any] = {
            "subject": Of(SESSIONS, number, said["title"]),
            "when": _starts_at(said) if said["at"] else date.fromisoformat(said["day"]),
            "channel": Channel.PAPER,
            "entered_by": self._writing.by,
            "kind": said["counts_as"],
            "lead": said["lead"],
            "offsite": said["offsite"],
            "action_id": self._actions[_action_key(said)],
            "quartier_id": said["quartier"],
        }
        held = {**facts, "nature": said["nature"], "minutes": said["minutes"]}
        entries = [
            entry_of(
                Act.SESSION_HELD,
                **held,
                head_count=said["people"],
                estimated=said["estimated"],
            )
        ]
        if said["counts_as"] in TRAININGS:
            offered = {**facts, "when": date.fromisoformat(said["day"])}
            entries.append(entry_of(Act.TRAINING_OFFERED, **offered))
        for partner in said["partners"]:
            entries.append(entry_of(Act.PARTNER_MET, **held, partner_id=partner))
        return entries


def _action_key(said: dict[str, Any]) -> tuple[object, ...]:
    names = ("kind", "nature", "lead", "offsite", "quartier")
    return (plain(said["title"]), *(said[name] for name in names))


def _starts_at(said: dict[str, Any]) -> datetime:
    at = time.fromisoformat(said["at"]) if said["at"] else NOON
    return moment_of(date.fromisoformat(said["day"]), at)


def _method(said: dict[str, Any]) -> str:
    return "estimation" if said["estimated"] else "compteur"
