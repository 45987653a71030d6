"""Asking someone signed in to show again that it is them, before what could lock them out."""

from datetime import timedelta

from app.accounts.access_models import SignIn
from app.accounts.models import Resident
from app.accounts.second_factor_services import check_code
from app.core.clock import now
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.security import secret_matches

FRESH = timedelta(minutes=15)


def what_proves(resident: Resident) -> str:
    """What the person may write as a proof, in words; empty when they have nothing to write."""
    known = []
    if resident.password_hash:
        known.append(_("votre mot de passe"))
    if resident.totp_secret:
        known.append(_("le code du moment sur votre téléphone"))
    if not known and resident.pin_hash:
        known.append(_("le code de votre carte"))
    return _(" ou ").join(known)


def prove(resident: Resident, typed: str | None, sign_in: SignIn | None) -> None:
    """Accept a secret of the person's own; without a password, a recent sign-in by mail too.

    A card's code does not stand for a password: six digits read over a shoulder would be enough
    to take the account away.

    Raises:
        Invalid: with what to do.
    """
    has_strong = bool(resident.password_hash or resident.totp_secret)
    if typed and (secret_matches(resident.password_hash, typed) or _by_code(resident, typed)):
        return
    code = "".join((typed or "").split())
    if not has_strong and resident.pin_hash and secret_matches(resident.pin_hash, code):
        return
    recent = sign_in is not None and sign_in.signed_in_at > now() - FRESH
    if not has_strong and recent and sign_in is not None and sign_in.method == "link":
        return
    if has_strong or resident.pin_hash:
        raise Invalid(_("Ce n’est pas cela. Essayez encore."), field="proof")
    raise Invalid(
        _("Demandez un lien de connexion, suivez-le, puis revenez ici dans le quart d’heure.")
    )


def _by_code(resident: Resident, typed: str) -> bool:
    return resident.totp_secret is not None and check_code(resident, typed)
