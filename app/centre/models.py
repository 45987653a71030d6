"""Where the centre is, and what it may set."""

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Quartier(Model):
    """A part of the commune; `is_qpv` marks the priority ones of the politique de la ville."""

    __tablename__ = "quartiers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    is_qpv: Mapped[bool] = mapped_column(default=False)

    @property
    def ledger_label(self) -> str:
        return self.name


class Category(Model):
    """What a proposal is about."""

    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)


class Setting(Model):
    """A rule of the centre that differs from its default (see `centre.settings`)."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[object] = mapped_column(JSON)
