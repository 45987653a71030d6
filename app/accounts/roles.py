"""What each role is called."""

from typing import Any

from app.core.i18n import _l
from app.core.rights import Role

ROLE_WORDS: dict[Role, Any] = {
    Role.REFERENT: _l("Référent d’un comité"),
    Role.CONSEIL: _l("Membre du conseil de maison"),
    Role.ASSOCIATION: _l("Représentant d’une association"),
    Role.DESK: _l("Accueil"),
    Role.DIRECTOR: _l("Direction"),
    Role.ADMINISTRATOR: _l("Administration"),
}


def in_words(role: Role) -> str:
    """« Référent d’un comité »."""
    return str(ROLE_WORDS[role])
