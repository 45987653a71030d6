"""What the centre gives to a project: noted once, taken back if it was an error."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _, _l
from app.ledger.acts import Act
from app.ledger.models import Entry
from app.ledger.services import record, void
from app.proposals.backing_models import Backing
from app.proposals.facts import body_facts
from app.proposals.models import Project
from app.proposals.policies import can_back

KINDS: dict[str, Any] = {
    "room": _l("Une salle"),
    "money": _l("De l’argent"),
    "time": _l("Du temps"),
    "equipment": _l("Du matériel"),
}
MOST_EUROS = 1_000_000
LONGEST_NOTE = 200


@dataclass(frozen=True)
class Backed:
    """A support as the page of the project says it; `amount` in euros."""

    id: int
    kind: Any
    note: str
    amount: int | None
    day: date


@atomic
def back_project(
    project: Project, by: Resident, *, kind: str, note: str, amount: int | None = None
) -> Backing:
    """Note what the centre gave to a project, even done since.

    Args:
        amount: in euros, for money only.

    Raises:
        Forbidden: neither of the team nor référent of its comité.
        Invalid: an unknown kind, nothing said, or an amount that does not go with it.
    """
    _check_may(by, project)
    note = note.strip()
    if kind not in KINDS:
        raise Invalid(_("Choisissez une aide de la liste."), field="kind")
    if not note:
        raise Invalid(_("Dites en quelques mots ce qui a été donné."), field="note")
    if (amount is not None) != (kind == "money"):
        raise Invalid(_("Le montant va avec une aide en argent."), field="amount")
    if amount is not None and not 1 <= amount <= MOST_EUROS:
        raise Invalid(_("Un montant entre 1 euro et un million."), field="amount")
    backing = Backing(
        project_id=project.id, kind=kind, note=note[:LONGEST_NOTE], amount_euros=amount
    )
    db.session.add(backing)
    db.session.flush()
    entry = record(
        Act.PROJECT_BACKED,
        subject=project,
        entered_by=by,
        **body_facts(
            project.proposal.body,
            kind=kind,
            association_id=project.association_id,
            quartier_id=project.proposal.quartier_id,
        ),
    )
    backing.ledger_entry_id = entry.id
    return backing


@atomic
def take_backing_back(backing: Backing, by: Resident) -> None:
    """It was an error: it is no longer shown, and no longer counts.

    Raises:
        Forbidden: neither of the team nor référent of its comité.
        Conflict: taken back before.
    """
    _check_may(by, backing.project)
    lock(backing)
    if backing.cancelled_at is not None:
        raise Conflict(_("Cette aide est déjà retirée."))
    backing.cancelled_at = now()
    entry = db.session.get(Entry, backing.ledger_entry_id)
    if entry is not None:
        void(entry, by=by, reason=_("Aide notée par erreur."))


def backings(project_id: int | None) -> list[Backed]:
    """What a project has been given, the oldest first; one statement, none without a project."""
    if project_id is None:
        return []
    rows = db.session.scalars(
        select(Backing)
        .where(Backing.project_id == project_id, Backing.cancelled_at.is_(None))
        .order_by(Backing.id)
    )
    return [Backed(row.id, KINDS[row.kind], row.note, row.amount_euros, row.day) for row in rows]


def _check_may(by: Resident, project: Project) -> None:
    if not can_back(by, project.proposal):
        raise Forbidden(_("L’équipe et le référent du comité notent les aides."))
