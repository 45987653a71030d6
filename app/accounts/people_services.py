"""Correcting what the centre keeps of a person, at the desk."""

from typing import Any

from sqlalchemy import delete

from app.accounts.access_models import EmailChange
from app.accounts.models import Resident
from app.accounts.policies import can_correct
from app.accounts.services import check_year, resend_confirmation
from app.accounts.taking_part import check_may_have_address
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.db import atomic, db, unique_or
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _
from app.core.mail import send_mail
from app.core.search_text import fold


@atomic
def correct_person(desk: Resident, resident: Resident, **said: Any) -> list[str]:
    """Keep what the person at the desk says of themselves; gives the names of what changed.

    A new address has to be confirmed, and the old one is told, since a mail opens the account.

    Raises:
        Forbidden: not one of the team, or the file of someone of the direction.
        Conflict: someone else has this address.
        Invalid: an impossible year of birth, or an address for a child with nobody.
    """
    if not can_correct(desk, resident):
        raise Forbidden(_("Vous ne pouvez pas corriger cette fiche."))
    check_year(said.get("year_of_birth"))
    if "email" in said:
        said["email"] = str(said["email"] or "").strip().lower() or None
    changed = [name for name, value in said.items() if getattr(resident, name) != value]
    if not changed:
        return []
    before = resident.email
    with unique_or(Conflict(_("Une personne inscrite a déjà cette adresse."), field="email")):
        for name in changed:
            setattr(resident, name, said[name])
        resident.folded_name = fold(f"{resident.family_name} {resident.given_name}")[:130]
        if {"email", "year_of_birth"} & set(changed):
            check_may_have_address(resident, resident.email)
        db.session.flush()
    if "email" in changed:
        _new_address(resident, before)
    note(AuditAct.PERSON_CORRECTED, desk, resident, after={"fields": sorted(changed)})
    return changed


def _new_address(resident: Resident, before: str | None) -> None:
    resident.email_confirmed_at = None
    # One asked before would go through with nobody at the address to say no.
    db.session.execute(delete(EmailChange).where(EmailChange.resident_id == resident.id))
    resend_confirmation(resident)
    if before:
        text = _("Votre adresse e-mail a été changée à l’accueil du centre.")
        body = _("Si vous n’avez rien demandé, dites-le vite à l’accueil.")
        send_mail(before, "notice", resident=resident, text=text, body=body, url="/")
