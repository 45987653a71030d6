"""The kinds of action that the centre adds, renames and puts away."""

import secrets

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre.services import check_direction
from app.core.clock import now
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Invalid
from app.core.i18n import _
from app.programme.kinds import KINDS
from app.programme.models import ActionKind


@atomic
def add_kind(person: Resident, label: str, counts_as: str) -> ActionKind:
    """Add a kind; what it counts as is said once, so that figures never change their meaning.

    Raises:
        Forbidden: not the direction.
        Invalid: no name, or it counts as nothing known.
        Conflict: there is one of this name.
    """
    check_direction(person)
    if counts_as not in KINDS:
        raise Invalid(_("Choisissez dans la liste."), field="counts_as")
    kind = ActionKind(code=f"centre_{secrets.token_hex(6)}", label=_name(label))
    kind.counts_as = counts_as
    with unique_or(_taken()):
        db.session.add(kind)
    said = {"label": kind.label, "counts_as": counts_as}
    note(AuditAct.ACTION_KIND_CHANGED, person, after=said)
    return kind


@atomic
def rename_kind(person: Resident, kind: ActionKind, label: str) -> None:
    """Call it otherwise; figures do not move. Raises as `add_kind`."""
    check_direction(person)
    lock(kind)
    before = kind.label
    with unique_or(_taken()):
        kind.label = _name(label)
    if kind.label != before:
        after = {"label": kind.label}
        note(AuditAct.ACTION_KIND_CHANGED, person, before={"label": before}, after=after)


@atomic
def archive_kind(person: Resident, kind: ActionKind, *, away: bool) -> None:
    """Offer it no more for new actions, or again; those that have it keep it.

    Raises:
        Forbidden: not the direction.
        Conflict: it is so already.
    """
    check_direction(person)
    lock(kind)
    if (kind.archived_at is not None) is away:
        raise Conflict(_("C’est déjà fait."))
    kind.archived_at = now() if away else None
    note(AuditAct.ACTION_KIND_CHANGED, person, after={"label": kind.label, "archived": away})


def _name(label: str) -> str:
    if not label.strip():
        raise Invalid(_("Donnez un nom."), field="label")
    return label.strip()[:60]


def _taken() -> Conflict:
    return Conflict(_("Ce nom est déjà dans la liste."), field="label")
