"""The ledger's one table. Database triggers refuse any change or deletion."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import Model


class Entry(Model):
    """One act, with what was true of the person and the place when it happened.

    Identifiers of other features are plain numbers on purpose: an entry outlives
    whatever it speaks of. `head_count` is in people, `minutes` in clock minutes. `lead` says who
    led an action, `nature` what a meeting of partners was for (codes of `programme.kinds`);
    `until` is the last day on which what the act gives is valid.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint("head_count >= 0", name="head_count_positive"),
        CheckConstraint("minutes >= 0", name="minutes_positive"),
        CheckConstraint("(voids_id IS NULL) = (reason IS NULL)", name="void_has_reason"),
        Index("ix_ledger_entries_act_day", "act", "day"),
        Index("ix_ledger_entries_subject", "subject_type", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]
    happened_at: Mapped[datetime | None]
    entered_at: Mapped[datetime] = mapped_column(default=now)
    participation_key: Mapped[str | None] = mapped_column(String(32), index=True)
    entered_by_key: Mapped[str | None] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(12))

    subject_type: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    subject_label: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[str | None] = mapped_column(String(40))
    role: Mapped[str | None] = mapped_column(String(40))
    offsite: Mapped[bool | None]
    head_count: Mapped[int | None]
    estimated: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int | None]
    lead: Mapped[str | None] = mapped_column(String(12))
    nature: Mapped[str | None] = mapped_column(String(20))
    until: Mapped[date | None]

    action_id: Mapped[int | None]
    partner_id: Mapped[int | None]
    body_id: Mapped[int | None]
    body_kind: Mapped[str | None] = mapped_column(String(20))
    quartier_id: Mapped[int | None]
    association_id: Mapped[int | None]
    other_association_id: Mapped[int | None]

    standing: Mapped[str | None] = mapped_column(String(12))
    sex: Mapped[str | None] = mapped_column(String(1))
    age_band: Mapped[str | None] = mapped_column(String(8))

    voids_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    reason: Mapped[str | None]


class ParticipationAlias(Model):
    """Two keys of one person, found out later: both count once, under `same_as`.

    Entries keep the key they were written with. `same_as` may itself be an alias.
    """

    __tablename__ = "participation_aliases"
    __table_args__ = (CheckConstraint("key <> same_as", name="two_keys"),)

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    same_as: Mapped[str] = mapped_column(String(32))
