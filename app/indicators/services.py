"""Say what the centre aims at."""

from app.core.db import atomic, db, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.indicators.matrix import INDICATORS
from app.indicators.models import Target
from app.indicators.policies import Person, can_set_target

HIGHEST_TARGET = 1_000_000


@atomic
def set_target(person: Person, code: str, year: int, value: int | None) -> None:
    """Set the target of an indicator for a civil year; None takes it away.

    Silent in the ledger: an aim is not an act that counts.

    Raises:
        Forbidden: only the director sets targets.
        Invalid: no such indicator, year or number.
        Conflict: someone else was setting it at the same moment.
    """
    if not can_set_target(person):
        raise Forbidden(_("Seule la direction fixe un objectif."))
    if code not in INDICATORS or not 2000 <= year <= 2100:
        raise Invalid(_("Cet indicateur ou cette année n’existe pas."), field="annee")
    if value is not None and not 0 <= value <= HIGHEST_TARGET:
        raise Invalid(_("Écrivez un nombre entre 0 et un million."), field="valeur")
    if value is None:
        db.session.query(Target).filter_by(code=code, year=year).delete()
        return
    with unique_or(Conflict(_("Quelqu’un vient de fixer cet objectif. Relisez-le."))):
        db.session.merge(Target(code=code, year=year, value=value))
