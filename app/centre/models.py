"""Where the centre is, and what it may set."""

from datetime import date

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Quartier(Model):
    """A part of the commune; `is_qpv` marks the priority ones of the politique de la ville.

    Once `retired_on` is set it is no longer offered; what happened there keeps it.
    """

    __tablename__ = "quartiers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    is_qpv: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    retired_on: Mapped[date | None]

    @property
    def ledger_label(self) -> str:
        return self.name


class Category(Model):
    """What a proposal is about; retired as a quartier is."""

    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    retired_on: Mapped[date | None]


EVER = date(1900, 1, 1)
"""Since when a rule holds that no day bounds: before anything the ledger may hold."""


class Setting(Model):
    """A rule of the centre, from a day on, that differs from what held before.

    What holds first is the default (see `centre.rule_table`). Only the rules of what counts have
    days: the others are replaced, and hold since `EVER`.
    """

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True, default=EVER)
    value: Mapped[object] = mapped_column(JSON)
