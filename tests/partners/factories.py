"""Partners and what hangs from them, made with only the fields that matter; each call commits."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db
from app.core.rights import Role
from app.partners import conventions, schemes, services, together
from app.partners.conventions import ConventionDetails
from app.partners.details import PartnerDetails
from app.partners.models import Convention, Mission, Partner, Scheme
from app.partners.schemes import SchemeDetails
from app.programme.models import Action, Session
from tests.factories import make_with_role

_numbers = count(1)


def make_team() -> Resident:
    return make_with_role(Role.DESK)


def make_partner(name: str | None = None, **fields: Any) -> Partner:
    details = PartnerDetails(
        name=name or f"Partenaire {next(_numbers)}",
        kind=fields.pop("kind", "institution"),
        **fields,
    )
    return services.add_partner(make_team(), details)


def mission(name: str) -> int:
    """The number of a mission that the house has from the start."""
    return db.session.scalars(select(Mission.id).where(Mission.name == name)).one()


def make_convention(
    partner: Partner | None = None, ends_on: date | None = None, **fields: Any
) -> Convention:
    """One that began a year ago, unless told otherwise."""
    ends_on = ends_on or today() + timedelta(days=300)
    fields.setdefault("title", f"Convention {next(_numbers)}")
    fields.setdefault("starts_on", min(today(), ends_on) - timedelta(days=365))
    details = ConventionDetails(ends_on=ends_on, **fields)
    return conventions.save_convention(make_team(), partner or make_partner(), details)


def make_scheme(title: str | None = None, **fields: Any) -> Scheme:
    fields.setdefault("text", "Cinquante euros de moins.")
    details = SchemeDetails(title=title or f"Aide {next(_numbers)}", **fields)
    return schemes.save_scheme(make_team(), details)


def bring(session: Session, *partners: Partner) -> None:
    """These partners are there at a session."""
    parts = {partner.id: "present" for partner in partners}
    together.set_session_partners(make_team(), session, parts)


def join(action: Action, parts: Mapping[Partner, str]) -> None:
    """These partners take part in an action."""
    given = {partner.id: part for partner, part in parts.items()}
    together.set_action_partners(make_team(), action, given)
