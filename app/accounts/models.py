"""Residents, their sign-ins and what they may do."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    case,
    column,
    exists,
    func,
    or_,
    table,
    true,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.accounts.role_models import Grant
from app.centre.age_bands import age_band
from app.core.clock import now, today
from app.core.db import Model
from app.core.i18n import _
from app.core.rights import RULES, Right, Role, Scope
from app.ledger.acts import Standing

CHILDREN = "enfant"
"""The theme of the comité where those under 15 speak."""

UNSURE_AGE = 15
"""Whoever reaches 15 this year may not have had their birthday yet."""

_links = table("guardianships", column("guardian_id"), column("child_id"), column("ended_at"))


def _live_link(side: ColumnElement[Any], resident_id: Any) -> Any:
    """Whether someone is on this side of a live guardianship."""
    live = (side == resident_id, _links.c.ended_at.is_(None))
    return exists().where(*live).correlate_except(_links)


class Resident(Model):
    """A person known to the centre; e-mail and password are both optional.

    `languages`: ISO 639 codes spoken at the desk, between commas. `totp_secret` is sealed with
    the site's key; the last step used is kept, so that a code serves once. `closed_at`: the
    account is closed while its erasure waits. Once `erased_at` is set the row names nobody: what
    others answered to still hangs from it. `admitted_posts` counts what they wrote that others
    could read: the first ones may wait (docs/decisions/0014). `vote_reminders`: they want a mail
    when a vote that waits for them closes soon.
    """

    __tablename__ = "residents"
    __table_args__ = (
        CheckConstraint("sex IN ('F', 'H')", name="sex"),
        CheckConstraint("year_of_birth BETWEEN 1900 AND 2100", name="year_of_birth"),
        Index("ix_residents_folded_name", "folded_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    given_name: Mapped[str] = mapped_column(String(60))
    family_name: Mapped[str] = mapped_column(String(60))
    folded_name: Mapped[str] = mapped_column(String(130))
    year_of_birth: Mapped[int | None]
    sex: Mapped[str | None] = mapped_column(String(1))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    email_confirmed_at: Mapped[datetime | None]
    phone: Mapped[str | None] = mapped_column(String(30))
    languages: Mapped[str] = mapped_column(String(60), default="")
    nickname: Mapped[str | None] = mapped_column(String(40))
    card_number: Mapped[str] = mapped_column(String(8), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"))
    standing: Mapped[str] = mapped_column(String(12), default=Standing.HABITANT.value)
    registered_at: Mapped[datetime] = mapped_column(default=now)
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    has_guardian: Mapped[bool] = column_property(_live_link(_links.c.child_id, id))
    has_children: Mapped[bool] = column_property(_live_link(_links.c.guardian_id, id))
    totp_secret: Mapped[str | None] = mapped_column(String(200))
    totp_last_step: Mapped[int | None]
    last_seen_on: Mapped[date | None]
    inactivity_warnings: Mapped[int] = mapped_column(default=0)
    inactivity_warned_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    silenced_until: Mapped[datetime | None]
    admitted_posts: Mapped[int] = mapped_column(default=0, server_default="0")
    vote_reminders: Mapped[bool] = mapped_column(default=True, server_default=true())
    closed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    grants: Mapped[list[Grant]] = relationship(foreign_keys=Grant.resident_id, lazy="selectin")
    participation: Mapped["Participation | None"] = relationship(
        back_populates="resident", lazy="joined", cascade="all, delete-orphan"
    )

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether they may sign in: not erased, nor about to be, nor made one with another."""
        gone = self.erased_at or self.closed_at or self.merged_into_id
        return gone is None

    @hybrid_property
    def called(self) -> str:
        """What children read of someone, and others of a child: a nickname, or the given name."""
        if self.erased_at is not None:
            return _("Ancien habitant")
        return self.nickname or self.given_name

    @called.inplace.expression
    @classmethod
    def _called_in_sql(cls) -> ColumnElement[str]:
        return case(
            (cls.erased_at.is_not(None), _("Ancien habitant")),
            else_=func.coalesce(func.nullif(cls.nickname, ""), cls.given_name),
        )

    @hybrid_property
    def display_name(self) -> str:
        """What others read: as `called`, with the family's initial from the age of 16 on."""
        if self.erased_at is not None or self.nickname or not self.family_name:
            return self.called
        if self.is_under_15_on(today()):
            return self.called
        return f"{self.given_name} {self.family_name[:1]}."

    @display_name.inplace.expression
    @classmethod
    def _display_name_in_sql(cls) -> ColumnElement[str]:
        """The same in SQL, NULL where an outer join finds nobody."""
        alone = or_(
            cls.erased_at.is_not(None),
            cls.nickname != "",
            cls.family_name == "",
            cls.year_of_birth >= today().year - UNSURE_AGE,
        )
        initial = func.substr(cls.family_name, 1, 1)
        return case((alone, cls.called), else_=cls.given_name + " " + initial + ".")

    @hybrid_property
    def full_name(self) -> str:
        """For the desk and the person alone."""
        return f"{self.given_name} {self.family_name}".strip()

    @full_name.inplace.expression
    @classmethod
    def _full_name_in_sql(cls) -> ColumnElement[str]:
        return func.trim(cls.given_name + " " + cls.family_name)

    @property
    def is_confirmed(self) -> bool:
        """The e-mail was confirmed, or the desk saw the person."""
        return self.email_confirmed_at is not None or self.registered_by_id is not None

    @property
    def is_silenced(self) -> bool:
        """Whether a sanction keeps them from writing now; they still vote and support."""
        return self.silenced_until is not None and self.silenced_until > now()

    def is_under_15_on(self, day: date) -> bool:
        """Whether they may be under 15: a year of birth alone is sure once the year has passed."""
        return self.year_of_birth is not None and day.year - self.year_of_birth <= UNSURE_AGE

    def takes_part_in(self, theme: str | None) -> bool:
        """Whether they may speak and act, in a comité of this theme or outside of any.

        Once confirmed; under 15, in the comité of children alone, while a guardian answers for
        them (docs/decisions/0012-children.md).
        """
        if self.is_under_15_on(today()):
            return self.has_guardian and theme == CHILDREN
        return self.is_confirmed

    @property
    def participation_key(self) -> str | None:
        return self.participation.key if self.participation else None

    @property
    def ledger_label(self) -> str:
        return ""

    def age_band_on(self, day: date) -> str | None:
        """The band of the age reached in the year of `day`; None when the year is not known."""
        if self.year_of_birth is None:
            return None
        return age_band(day.year - self.year_of_birth)

    @property
    def live_grants(self) -> list[Grant]:
        """The roles held today; none once the account is erased or made one with another."""
        return [grant for grant in self.grants if grant.is_live] if self.is_active else []

    def has_role(self, role: Role, *, body_id: int | None = None) -> bool:
        """Whether the role is held, for this body where one is named; of rights, ask `may`."""
        return any(
            grant.role == role and body_id in (None, grant.body_id) for grant in self.live_grants
        )

    def represents(self, association_id: int) -> bool:
        """Whether the person speaks for this association; of rights, ask `may`."""
        return any(
            grant.role == Role.ASSOCIATION and grant.association_id == association_id
            for grant in self.live_grants
        )

    def may(
        self, right: Right, *, body_id: int | None = None, association_id: int | None = None
    ) -> bool:
        """Whether a live role gives this right here (see `core.rights`)."""
        holders = RULES[right].holders
        return any(
            grant.role in holders
            and grant.reaches(holders[Role(grant.role)], body_id, association_id)
            for grant in self.live_grants
        )

    def may_somewhere(self, right: Right) -> bool:
        """Whether a live role gives this right in one place at least."""
        holders = RULES[right].holders
        return any(grant.role in holders for grant in self.live_grants)

    def bodies_where(self, right: Right) -> frozenset[int]:
        """The instances where a role of that instance gives this right."""
        return frozenset(
            grant.body_id
            for grant in self.live_grants
            if grant.body_id is not None
            and RULES[right].holders.get(Role(grant.role)) is Scope.BODY
        )

    def associations_where(self, right: Right) -> frozenset[int]:
        """The associations where a role of that association gives this right."""
        return frozenset(
            grant.association_id
            for grant in self.live_grants
            if grant.association_id is not None
            and RULES[right].holders.get(Role(grant.role)) is Scope.ASSOCIATION
        )

    @property
    def is_team(self) -> bool:
        """Desk, director or administrator: for words only, rights are asked of `may`."""
        return any(
            grant.role in (Role.DESK, Role.DIRECTOR, Role.ADMINISTRATOR)
            for grant in self.live_grants
        )


class Participation(Model):
    """The only link between a person and the ledger; erasing the person drops this row."""

    __tablename__ = "participations"

    key: Mapped[str] = mapped_column(
        String(32), primary_key=True, default=lambda: secrets.token_hex(16)
    )
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), unique=True
    )
    resident: Mapped[Resident] = relationship(back_populates="participation")
