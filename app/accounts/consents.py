"""What rests on agreement alone: the sentences people read, and who must agree.

A sentence that changes takes a new version: whoever agreed to the old one is asked again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from app.accounts.family_models import Purpose
from app.accounts.models import Resident
from app.core.clock import today
from app.core.i18n import _l

OF_AGE = 18


@dataclass(frozen=True)
class Sentence:
    """A purpose in plain words. `every_guardian`: of a child, all of them must agree."""

    purpose: Purpose
    label: Any
    text: Any
    version: str
    every_guardian: bool = False


SENTENCES = {
    sentence.purpose: sentence
    for sentence in (
        Sentence(
            Purpose.PUBLIC_PROFILE,
            _l("Être visible sur le site"),
            _l(
                "Le centre peut présenter la personne sur une page publique, avec son prénom ou son"
                " surnom. Sans cet accord, ce nom paraît seulement sous ce qu’elle écrit."
            ),
            "2026-3",
        ),
        Sentence(
            Purpose.PHOTO,
            _l("Être en photo"),
            _l(
                "Le centre peut publier des photos où l’on reconnaît la personne : sur ce site,"
                " dans son journal et sur ses affiches. Jamais ailleurs, et jamais pour vendre."
            ),
            "2026-1",
            every_guardian=True,
        ),
        Sentence(
            Purpose.NEWSLETTER,
            _l("Recevoir la lettre du centre"),
            _l(
                "Le centre peut envoyer sa lettre d’information, une fois par mois au plus."
                " Chaque lettre permet de dire non."
            ),
            "2026-1",
        ),
    )
}


def is_effective(
    sentence: Sentence, resident: Resident, givers: Collection[int], guardians: Collection[int]
) -> bool:
    """Whether those who agreed are all those who must; `guardians` are a child's live ones.

    From 15 on a person decides alone; before, the child and a guardian both do, and for photos
    every guardian. Photos of people from 15 to 17 take their parents' signature on paper.
    """
    if not resident.is_active or resident.id not in givers:
        return False
    if not resident.is_under_15_on(today()):
        return not (sentence.every_guardian and is_minor(resident))
    agreed = [guardian in givers for guardian in guardians]
    return bool(agreed) and (all(agreed) if sentence.every_guardian else any(agreed))


def is_minor(resident: Resident) -> bool:
    """Whether they may be under 18."""
    year = resident.year_of_birth
    return year is not None and today().year - year <= OF_AGE
