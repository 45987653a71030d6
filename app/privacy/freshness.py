"""Whether someone has just signed in: nothing more is asked before they carry their data away."""

from datetime import timedelta

from app.accounts.access_models import SignIn
from app.core.clock import now

FRESH = timedelta(minutes=10)


def is_fresh(sign_in: SignIn | None) -> bool:
    """Signed in less than ten minutes ago, on this device."""
    return sign_in is not None and sign_in.signed_in_at > now() - FRESH
