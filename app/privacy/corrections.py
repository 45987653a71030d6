"""What a person corrects by themselves."""

from typing import Any

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import today
from app.core.db import atomic, lock
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.search_text import fold

NAMES = ("given_name", "family_name")


@atomic
def correct_oneself(person: Resident, **said: Any) -> list[str]:
    """Keep what the person says of themselves; gives the names of what changed.

    Where the desk had seen who they are, a change of name is noted for the team: what, not to what.

    Raises:
        Invalid: an impossible year of birth, or one that a child changes alone.
    """
    lock(person)
    year = said.get("year_of_birth")
    if year is not None and not 1900 <= year <= today().year:
        raise Invalid(_("Cette année de naissance n’est pas possible."), field="year_of_birth")
    changed = [name for name, value in said.items() if getattr(person, name) != value]
    if "year_of_birth" in changed and (person.has_guardian or person.is_under_15_on(today())):
        raise Invalid(
            _(
                "L’année de naissance d’un enfant se corrige à l’accueil, avec un adulte qui "
                "répond de lui."
            ),
            field="year_of_birth",
        )
    for name in changed:
        setattr(person, name, said[name])
    person.folded_name = fold(f"{person.family_name} {person.given_name}")[:130]
    if person.registered_by_id is not None and any(name in changed for name in NAMES):
        note(AuditAct.PERSON_CORRECTED, person, person, after={"fields": sorted(changed)})
    return changed
