"""Say what the centre aims at."""

from app.centre.settings import rule
from app.core.clock import today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.typography import number_fr
from app.indicators.matrix import INDICATORS, OBJECTIVES
from app.indicators.models import Evaluation, PublishedFigure, PublishedYear, Target
from app.indicators.periods import civil_year
from app.indicators.policies import Person, can_see_entries, can_set_target
from app.indicators.queries import figures

HIGHEST_TARGET = 1_000_000
LONGEST_REASON, LONGEST_ANALYSIS = 500, 20_000


@atomic
def set_target(person: Person, code: str, year: int, value: int | None, reason: str = "") -> None:
    """Set the target of an indicator for a civil year, and say why; None takes it away.

    Silent in the ledger: an aim is not an act that counts.

    Raises:
        Forbidden: only the director sets targets.
        Invalid: no such indicator, year or number.
        Conflict: the year is published, or someone else was setting it at the same moment.
    """
    if not can_set_target(person):
        raise Forbidden(_("Seule la direction fixe un objectif."))
    if code not in INDICATORS or not 2000 <= year <= 2100:
        raise Invalid(_("Cet indicateur ou cette année n’existe pas."), field="annee")
    if value is not None and not 0 <= value <= HIGHEST_TARGET:
        raise Invalid(_("Écrivez un nombre entre 0 et un million."), field="valeur")
    if len(reason.strip()) > LONGEST_REASON:
        too_long = _("C’est trop long : %(max)s caractères au plus.", max=number_fr(LONGEST_REASON))
        raise Invalid(too_long, field="raison")
    if db.session.get(PublishedYear, year) is not None:
        locked = _("L’année %(year)s est publiée : ses objectifs ne changent plus.", year=year)
        raise Conflict(locked)
    if value is None:
        db.session.query(Target).filter_by(code=code, year=year).delete()
        return
    with unique_or(Conflict(_("Quelqu’un vient de fixer cet objectif. Relisez-le."))):
        db.session.merge(
            Target(
                code=code,
                year=year,
                value=value,
                reason=reason.strip(),
                set_on=today(),
                set_by_id=person.id,
            )
        )


@atomic
def publish_year(person: Person, year: int) -> None:
    """Keep the figures of a civil year as they are given out: corrections show beside them.

    Silent in the ledger: nothing is done that counts.

    Raises:
        Forbidden: only the director publishes.
        Invalid: the year is not over.
        Conflict: it is published already.
    """
    if not can_set_target(person):
        raise Forbidden(_("Seule la direction publie les chiffres d’une année."))
    if not 2000 <= year < today().year:
        raise Invalid(_("Une année se publie quand elle est finie."))
    with unique_or(Conflict(_("Les chiffres de cette année sont déjà publiés."))):
        db.session.add(PublishedYear(year=year, published_on=today(), by_id=person.id))
    db.session.add_all(
        PublishedFigure(year=year, code=figure.code, value=figure.value or 0)
        for figure in figures(civil_year(year), public=False)
    )


@atomic
def write_evaluation(person: Person, objective: str, text: str, version: int) -> None:
    """Write what is said of an objective over the present agrément.

    Silent in the ledger: words on what was done are not an act that counts.

    Args:
        version: the one that was read, 0 when nothing was written.

    Raises:
        Forbidden: not of the team.
        Invalid: no such objective, or a text too long.
        Conflict: someone else wrote it meanwhile; both texts are still there.
    """
    if not can_see_entries(person):
        raise Forbidden(_("L’équipe écrit cette analyse, avec les comités."))
    if objective not in OBJECTIVES:
        raise Invalid(_("Cet objectif n’existe pas."))
    if len(text) > LONGEST_ANALYSIS:
        raise Invalid(
            _("C’est trop long : %(max)s caractères au plus.", max=number_fr(LONGEST_ANALYSIS))
        )
    stale = Conflict(_("Quelqu’un d’autre a écrit ici entre-temps. Sa version est au-dessus."))
    place = (rule("agrement_year"), objective)
    kept = db.session.get(Evaluation, place, populate_existing=True)
    if (kept.version if kept is not None else 0) != version:
        raise stale
    if kept is None:
        first_year, _objective = place
        with unique_or(stale):
            db.session.add(
                Evaluation(
                    first_year=first_year, objective=objective, text=text, written_on=today()
                )
            )
        return
    lock(kept)
    if kept.version != version:
        raise stale
    kept.text, kept.version, kept.written_on = text, version + 1, today()
