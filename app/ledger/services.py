"""Write in the ledger: record an act, or void one with a reason."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol, TypedDict, Unpack

from blinker import signal
from flask import g, has_request_context
from sqlalchemy import select

from app.core.clock import civil_day, now
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.ledger.acts import Act, Channel
from app.ledger.live import is_live, is_no_void
from app.ledger.models import Entry

recorded = signal("ledger-recorded")
"""Sent with each new entry, inside its transaction; `voided=` is the entry it voids, if any."""


class Actor(Protocol):
    """What the ledger freezes of a person at the act."""

    @property
    def participation_key(self) -> str | None: ...
    @property
    def quartier_id(self) -> int | None: ...
    @property
    def sex(self) -> str | None: ...
    @property
    def standing(self) -> str: ...

    def age_band_on(self, day: date) -> str | None: ...


class Subject(Protocol):
    """Anything with a table, a number and a label."""

    __tablename__: str

    @property
    def id(self) -> int: ...
    @property
    def ledger_label(self) -> str: ...


class Facts(TypedDict, total=False):
    """What an act may say besides who and what (see `Entry`)."""

    kind: str | None
    role: str | None
    offsite: bool | None
    head_count: int | None
    estimated: bool
    minutes: int | None
    lead: str | None
    nature: str | None
    until: date | None
    age_band: str | None
    action_id: int | None
    partner_id: int | None
    body_id: int | None
    body_kind: str | None
    quartier_id: int | None
    association_id: int | None
    other_association_id: int | None


class Said(Facts, total=False):
    """All that an act may say: see `entry_of`."""

    actor: Actor | None
    subject: Subject | None
    when: datetime | date | None
    channel: Channel | None
    entered_by: Actor | None


def current_channel() -> Channel:
    """The channel of the request being served: online, unless the desk or a kiosk said so."""
    channel: Channel = g.get("channel", Channel.ONLINE) if has_request_context() else Channel.ONLINE
    return channel


def _typing_key() -> str | None:
    """Who types in the name of the person signed in, if someone does."""
    key: str | None = g.get("entered_by_key") if has_request_context() else None
    return key


def record(act: Act, **said: Unpack[Said]) -> Entry:
    """Append one act, inside the caller's transaction (see `entry_of`)."""
    entry = entry_of(act, **said)
    db.session.add(entry)
    db.session.flush()
    recorded.send(entry, voided=None)
    return entry


def entry_of(
    act: Act,
    *,
    actor: Actor | None = None,
    subject: Subject | None = None,
    when: datetime | date | None = None,
    channel: Channel | None = None,
    entered_by: Actor | None = None,
    **facts: Unpack[Facts],
) -> Entry:
    """What `record` writes, not written yet (see `bulk`, which writes many).

    Args:
        act: what was done.
        actor: who did it; nobody for an act of the house itself.
        subject: what it was done to.
        when: the moment (aware) or only the day, where a finer time would tell too much;
            the present moment by default.
        channel: the request's channel by default.
        entered_by: who typed it in, when it is not the actor; the person who acts for another
            in this request, by default.
        facts: `quartier_id` is the actor's by default.
    """
    moment = when if when is not None else now()
    entry = Entry(
        act=act.value,
        day=civil_day(moment) if isinstance(moment, datetime) else moment,
        happened_at=moment if isinstance(moment, datetime) else None,
        channel=(channel or current_channel()).value,
        entered_by_key=entered_by.participation_key if entered_by else _typing_key(),
        **facts,
    )
    if actor is not None:
        entry.participation_key = actor.participation_key
        entry.standing = actor.standing
        entry.sex = actor.sex
        entry.age_band = actor.age_band_on(entry.day)
        if "quartier_id" not in facts:
            entry.quartier_id = actor.quartier_id
    if subject is not None:
        entry.subject_type = subject.__tablename__
        entry.subject_id = subject.id
        entry.subject_label = subject.ledger_label[:200]
    return entry


def last_of(act: Act, subject: Subject) -> tuple[Entry, bool] | None:
    """The newest entry of an act on a subject, and whether it stands; None when there is none."""
    entry = db.session.scalars(
        select(Entry)
        .where(
            Entry.act == act.value,
            Entry.subject_type == subject.__tablename__,
            Entry.subject_id == subject.id,
            is_no_void(),
        )
        .order_by(Entry.id.desc())
        .limit(1)
    ).first()
    if entry is None:
        return None
    return entry, not db.session.query(Entry.id).filter_by(voids_id=entry.id).first()


OF_THE_VOID_ITSELF = ("id", "entered_at", "entered_by_key", "voids_id", "reason")


def void(entry: Entry, *, by: Actor, reason: str) -> Entry:
    """Cancel an entry by a new one that names it; the old one stays.

    Raises:
        Invalid: no reason, or the entry is itself a void.
        Conflict: it was voided before.
    """
    if not reason.strip():
        raise Invalid(_("Dites pourquoi cette ligne est annulée."), field="reason")
    if entry.voids_id is not None:
        raise Invalid(_("Une annulation ne s’annule pas."))
    if db.session.query(Entry.id).filter_by(voids_id=entry.id).first():
        raise Conflict(_("Cette ligne est déjà annulée."))
    cancelling = Entry(
        **facts_of(entry),
        voids_id=entry.id,
        reason=reason.strip(),
        entered_by_key=by.participation_key,
    )
    db.session.add(cancelling)
    db.session.flush()
    recorded.send(cancelling, voided=entry)
    return cancelling


def void_all(subject: Subject, acts: Sequence[Act], *, by: Actor, reason: str) -> None:
    """Cancel every entry of these acts about the subject that still counts, the oldest first.

    Raises:
        Invalid: no reason, and an entry to cancel.
    """
    live = select(Entry).where(
        Entry.subject_type == subject.__tablename__,
        Entry.subject_id == subject.id,
        Entry.act.in_([act.value for act in acts]),
        is_live(),
    )
    for entry in db.session.scalars(live.order_by(Entry.id)).all():
        void(entry, by=by, reason=reason)


def reinstate(entry: Entry, *, by: Actor) -> Entry:
    """Count again what was voided: a new entry, with the same facts, typed in by someone else.

    Raises:
        Conflict: the entry stands.
    """
    if not db.session.query(Entry.id).filter_by(voids_id=entry.id).first():
        raise Conflict(_("Cette ligne compte déjà."))
    again = Entry(**facts_of(entry), entered_by_key=by.participation_key)
    db.session.add(again)
    db.session.flush()
    recorded.send(again, voided=None)
    return again


def facts_of(entry: Entry) -> dict[str, object]:
    """What a void or a second writing of an entry says again."""
    return {
        column.name: getattr(entry, column.name)
        for column in Entry.__table__.columns
        if column.name not in OF_THE_VOID_ITSELF
    }
