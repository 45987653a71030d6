"""Roles: who holds which, where and until when."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now, today
from app.core.db import Model
from app.core.rights import Scope


class Grant(Model):
    """A role given to a person, for a time, in a scope.

    `ends_on` is the last day it holds, when that was said at the start: from the day after it
    gives no right, whether or not the nightly round has written `ended_at`.
    """

    __tablename__ = "grants"
    __table_args__ = (
        Index(
            "uq_grants_live",
            "resident_id",
            "role",
            text("coalesce(body_id, 0)"),
            text("coalesce(association_id, 0)"),
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    association_id: Mapped[int | None] = mapped_column(ForeignKey("associations.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    ends_on: Mapped[date | None]
    end_reason: Mapped[str | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id", ondelete="SET NULL"))

    @property
    def is_live(self) -> bool:
        """Whether it gives its rights today."""
        return self.ended_at is None and (self.ends_on is None or self.ends_on >= today())

    def reaches(self, scope: Scope, body_id: int | None, association_id: int | None) -> bool:
        """Whether a right of this reach holds there."""
        if scope is Scope.ALL:
            return True
        if scope is Scope.BODY:
            return body_id is not None and self.body_id == body_id
        return association_id is not None and self.association_id == association_id


def live_grant() -> ColumnElement[bool]:
    """Condition on Grant: it gives its rights today, as `Grant.is_live`."""
    return and_(Grant.ended_at.is_(None), or_(Grant.ends_on.is_(None), Grant.ends_on >= today()))
