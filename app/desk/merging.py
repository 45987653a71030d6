"""Make one file of two that are one person's, and undo it (docs/decisions/0010)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from app.accounts.access_models import SignIn
from app.accounts.family_models import Guardianship
from app.accounts.languages import kept as spoken_codes
from app.accounts.models import Resident
from app.accounts.policies import can_join_people
from app.accounts.services import end_sign_ins
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.rights import Right
from app.desk import carrying
from app.desk.models import Merge
from app.ledger.aliases import join_keys, part_keys
from app.notifications.services import notify
from app.proposals.joining import count_supports_again, own_supports
from app.voting.joining import join_rolls, part_rolls

UNDO_WITHIN = timedelta(days=30)
FILLED = ("phone", "year_of_birth", "sex", "quartier_id", "nickname", "registered_by_id")
"""Taken from the joined file where the kept one says nothing."""
ACCOUNT = ("email", "email_confirmed_at", "password_hash")
"""Taken together, where the kept file has no address: it is how the person signs in."""


@atomic
def join_files(by: Resident, kept: Resident, merged: Resident, reason: str) -> Merge:
    """Everything that hangs from `merged` follows to `kept`; `merged` opens no more.

    Raises:
        Forbidden: not one of the team, or a file of the team joined by who gives no role.
        Invalid: no reason, the same file, one's own, a parent and their child, or a file to join
            that asks for a second factor: it is the one to keep.
        Conflict: one of them is joined already, or both have voted in an open poll.
    """
    _check(by, kept, merged, reason)
    for one in sorted((kept, merged), key=lambda person: person.id):
        lock(one)
    if not (kept.is_active and merged.is_active):
        raise Conflict(_("Une de ces fiches n’est plus utilisée. Relisez-les."))
    _check_second_factor(kept, merged)
    key, same_as = merged.participation_key, kept.participation_key
    rolls = join_rolls(kept.id, merged.id)
    _close(merged)
    supported = _supported_by(merged.id)
    moved, aside = carrying.carry(merged.id, kept.id)
    aside += [carrying.set_aside("supports", {"id": one}) for one in own_supports(kept.id)]
    supported += [one["row"]["proposal_id"] for one in aside if one["table"] == "supports"]
    count_supports_again(supported)
    merge = Merge(
        kept_id=kept.id,
        merged_id=merged.id,
        by_id=by.id,
        reason=reason.strip(),
        moved={
            "rows": moved,
            "aside": aside,
            "rolls": rolls,
            "supported": supported,
            "said": _fill(kept, merged),
        },
    )
    with unique_or(Conflict(_("Cette fiche vient d’être réunie à une autre."))):
        db.session.add(merge)
    if key and same_as:
        join_keys(key, same_as)
    note(AuditAct.PEOPLE_JOINED, by, kept, after={"merged": merged.id}, reason=reason.strip())
    text = _("Vos deux fiches au centre n’en font plus qu’une.")
    for one in (kept, merged):
        _tell(one, text, _("Si c’est une erreur, dites-le à l’accueil dans les trente jours."))
    db.session.flush()
    db.session.expire_all()
    return merge


@atomic
def part_files(by: Resident, merge: Merge) -> None:
    """Undo it: each file has again what it had, and what came since stays with the kept one.

    Raises:
        Forbidden: as for joining.
        Conflict: undone already, too late, or the kept file was itself joined or erased.
    """
    kept, merged = merge.kept, merge.merged
    if not may_join(by, kept, merged):
        raise Forbidden(_("Vous ne pouvez pas séparer ces fiches."))
    lock(merge)
    if not can_be_undone(merge, now()):
        raise Conflict(_("Cette réunion de fiches ne peut plus être défaite."))
    done = merge.moved
    merge.undone_at = now()
    merged.merged_into_id = None
    _give_back(kept, merged, done["said"])
    db.session.flush()
    carrying.carry_back(done["rows"], done["aside"], kept.id, merged.id)
    part_rolls(kept.id, merged.id, done["rolls"])
    count_supports_again(done["supported"])
    if merged.participation_key:
        part_keys(merged.participation_key)
    merge.moved = {}
    note(AuditAct.PEOPLE_PARTED, by, kept, after={"merged": merged.id})
    text = _("Votre fiche au centre est de nouveau à part.")
    for one in (kept, merged):
        _tell(one, text, _("Deux fiches avaient été réunies par erreur. Tout est remis en place."))
    db.session.flush()
    db.session.expire_all()


def can_be_undone(merge: Merge, at: datetime) -> bool:
    """For thirty days, while both files are there and the kept one was not joined in its turn."""
    return (
        merge.undone_at is None
        and at <= merge.merged_at + UNDO_WITHIN
        and merge.kept.is_active
        and merge.merged.erased_at is None
        and merge.merged.merged_into_id == merge.kept_id
    )


def may_join(by: Resident, one: Resident, other: Resident) -> bool:
    """The team; where one of the files holds a role of the team, whoever gives roles."""
    team = by.may(Right.GIVE_ROLES) or not (one.is_team or other.is_team)
    return can_join_people(by) and team and by.id not in (one.id, other.id)


def _check(by: Resident, kept: Resident, merged: Resident, reason: str) -> None:
    if kept.id == merged.id:
        raise Invalid(_("Choisissez deux fiches différentes."))
    if not may_join(by, kept, merged):
        raise Forbidden(_("Vous ne pouvez pas réunir ces fiches."))
    if not reason.strip():
        raise Invalid(_("Dites pourquoi c’est la même personne."), field="reason")
    pair = (kept.id, merged.id)
    link = select(Guardianship.id).where(
        Guardianship.guardian_id.in_(pair), Guardianship.child_id.in_(pair)
    )
    if db.session.scalar(link) is not None:
        raise Invalid(_("L’une répond de l’autre : ce sont un parent et son enfant."))


def _check_second_factor(kept: Resident, merged: Resident) -> None:
    """Its key is sealed for its own file, and what it protects must not open without it."""
    if merged.totp_secret is None:
        return
    if kept.totp_secret is None:
        raise Invalid(
            _("Cette fiche a une vérification en deux étapes : gardez-la, et joignez-lui l’autre."),
            field="kept",
        )
    raise Invalid(
        _(
            "Les deux fiches ont une vérification en deux étapes. La personne retire d’abord "
            "l’une des deux, dans « Mon compte »."
        ),
        field="kept",
    )


def _close(merged: Resident) -> None:
    """Sign out of the file, whoever was using it."""
    end_sign_ins(merged)
    db.session.execute(
        update(SignIn)
        .where(SignIn.acting_for_id == merged.id, SignIn.ended_at.is_(None))
        .values(ended_at=now())
        .execution_options(synchronize_session=False)
    )


def _supported_by(resident_id: int) -> list[int]:
    from_supports = carrying.table("supports")
    return list(
        db.session.scalars(
            select(from_supports.c.proposal_id).where(from_supports.c.resident_id == resident_id)
        )
    )


def _fill(kept: Resident, merged: Resident) -> dict[str, Any]:
    """Complete the kept file, close the other; gives what each said before."""
    before = {"kept": _said(kept), "merged": _said(merged)}
    merged.merged_into_id = kept.id
    if kept.email is None and merged.email is not None:
        account = {name: getattr(merged, name) for name in ACCOUNT}
        merged.email = None
        # The address is one person's at a time: freed, then taken.
        db.session.flush()
        for name, value in account.items():
            setattr(kept, name, value)
    for name in FILLED:
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(merged, name))
    both = [*kept.languages.split(","), *merged.languages.split(",")]
    kept.languages = spoken_codes(both)
    if merged.silenced_until is not None:
        kept.silenced_until = max(merged.silenced_until, kept.silenced_until or now())
    db.session.flush()
    before["after"] = _said(kept)
    return before


REMEMBERED = (*FILLED, "email", "email_confirmed_at", "languages", "silenced_until")


def _said(resident: Resident) -> dict[str, Any]:
    values = {name: getattr(resident, name) for name in REMEMBERED}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _give_back(kept: Resident, merged: Resident, said: dict[str, Any]) -> None:
    """What the kept file had taken, unless it was corrected since."""
    present = _said(kept)
    took_account = said["kept"]["email"] is None and said["merged"]["email"] is not None
    for name in REMEMBERED:
        if present[name] == said["after"][name]:
            setattr(kept, name, _value(said["kept"][name], name))
    if took_account and kept.email is None:
        kept.password_hash = None
        db.session.flush()
        for name in ("email", "email_confirmed_at"):
            setattr(merged, name, _value(said["merged"][name], name))


def _value(written: Any, name: str) -> Any:
    is_moment = name in ("email_confirmed_at", "silenced_until")
    return datetime.fromisoformat(written) if is_moment and written else written


def _tell(resident: Resident, text: str, body: str) -> None:
    notify(resident, text, "/moi/compte", body=body)
