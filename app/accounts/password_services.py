"""A password of one's own: changed, or set by someone who had none."""

from app.accounts.access_models import SignIn
from app.accounts.models import Resident
from app.accounts.passwords import check_password
from app.accounts.proof import prove
from app.accounts.session_services import end_others
from app.core.db import atomic
from app.core.i18n import _
from app.core.mail import send_mail
from app.core.security import hash_secret


def change_password(
    resident: Resident, proof: str | None, password: str, sign_in: SignIn | None
) -> None:
    """Set a password; every other device is signed out, and the person is told by mail.

    Raises:
        Invalid: a wrong proof, or a weak password.
    """
    prove(resident, proof, sign_in)
    check_password(password, resident.given_name, resident.family_name, resident.email)
    # Hashed before the act begins: an act holds the database.
    set_password(resident, hash_secret(password), sign_in)


@atomic
def set_password(resident: Resident, password_hash: str, sign_in: SignIn | None) -> None:
    """The act of `change_password`."""
    resident.password_hash = password_hash
    if sign_in is not None:
        end_others(resident, sign_in)
    if resident.email and resident.email_confirmed_at:
        text = _("Votre mot de passe vient d’être changé.")
        body = _("Si ce n’était pas vous, choisissez-en vite un autre à cette adresse.")
        url = "/connexion/oubli"
        send_mail(resident.email, "notice", resident=resident, text=text, body=body, url=url)
