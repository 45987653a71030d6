"""Type in what the platform cannot count for the yearly survey."""

import re
from collections.abc import Mapping

from app.accounts.models import Resident
from app.administration.senacs_models import SurveyAnswer
from app.administration.senacs_questions import sections_of
from app.core.clock import now
from app.core.db import atomic, db, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.indicators.periods import FIRST_YEAR, LAST_YEAR
from app.indicators.policies import can_set_target

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,2})?\Z", re.ASCII)


@atomic
def save_answers(person: Resident, year: int, typed: Mapping[str, str]) -> None:
    """Keep each number under its question's code; an empty one takes the answer away.

    What is typed again as it was keeps its author and its day. Silent in the ledger: numbers for
    a survey are not acts of participation.

    Raises:
        Forbidden: only the direction answers.
        Invalid: no such year or question, or no number; `field` is the question's code.
        Conflict: someone else was answering at the same moment.
    """
    if not can_set_target(person):
        raise Forbidden(_("Seule la direction répond à cette enquête."))
    asked = {it.code for section in sections_of(year) for it in section.questions}
    if not FIRST_YEAR <= year < LAST_YEAR or not set(typed) <= asked:
        raise Invalid(_("Cette question n’existe pas pour cette année."))
    kept = {it.code: it for it in db.session.query(SurveyAnswer).filter_by(year=year)}
    for code, text in typed.items():
        value = _number(code, text)
        answer = kept.get(code)
        if not value:
            if answer is not None:
                db.session.delete(answer)
        elif answer is None:
            db.session.add(SurveyAnswer(year=year, code=code, value=value, by_id=person.id))
        elif answer.value != value:
            answer.value, answer.by_id, answer.at = value, person.id, now()
    with unique_or(Conflict(_("Quelqu’un vient d’écrire ces réponses. Relisez-les."))):
        db.session.flush()


def _number(code: str, text: str) -> str:
    """« 1 250,5 » as « 1250.5 »; nothing for nothing."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    if plain and not _NUMBER.match(plain):
        raise Invalid(_("Écrivez un nombre, par exemple 12 ou 6,5."), field=code)
    return plain
