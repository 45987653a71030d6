"""Whom an association serves, as people read it."""

from typing import Any

from app.core.i18n import _l

PUBLICS: dict[str, Any] = {
    "enfants": _l("Enfants"),
    "jeunes": _l("Jeunes"),
    "adultes": _l("Adultes"),
    "familles": _l("Familles"),
    "seniors": _l("Seniors"),
    "tous": _l("Tout le monde"),
}
