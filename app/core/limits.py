"""Rate limits on what can be guessed or flooded."""

from flask import Response
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

limiter = Limiter(key_func=get_remote_address, headers_enabled=False)


def failed(response: Response) -> bool:
    """Only refused tries count."""
    return response.status_code in (401, 403, 422)


def by_person() -> str:
    """Whoever is signed in, wherever they type: a shared tablet or wi-fi costs nobody else."""
    if current_user.is_authenticated:
        return f"person|{current_user.id}"
    return get_remote_address()
