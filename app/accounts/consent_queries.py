"""What someone agreed to, when, and what is missing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from app.accounts.consents import SENTENCES, Sentence, is_effective
from app.accounts.family_models import Consent, Guardianship, Purpose
from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db


@dataclass(frozen=True)
class Answer:
    """Someone whose agreement is asked; `outdated_since` when they agreed to an older text.

    `refused_at`: when they last said no, while they have not said yes again.
    """

    resident_id: int
    name: str
    agreed_at: datetime | None
    outdated_since: datetime | None
    refused_at: datetime | None


@dataclass(frozen=True)
class Asked:
    """A purpose for one person: who must agree, and whether it holds."""

    sentence: Sentence
    answers: Sequence[Answer]
    is_effective: bool

    def of(self, resident_id: int) -> Answer | None:
        """The answer of one person, if theirs is asked."""
        return next((one for one in self.answers if one.resident_id == resident_id), None)


@dataclass(frozen=True)
class Past:
    """A line of history."""

    sentence: Sentence
    name: str
    version: str
    given_at: datetime
    withdrawn_at: datetime | None
    is_refusal: bool


@dataclass(frozen=True)
class Agreements:
    """All that the page of one person's agreements shows."""

    asked: Sequence[Asked]
    history: Sequence[Past]


def agreements(resident: Resident) -> Agreements:
    """What is asked of someone and what was answered; two statements."""
    people = [(resident.id, resident.called), *_guardians(resident)]
    rows = db.session.execute(
        select(Consent, Resident.display_name)
        .join(Resident, Resident.id == Consent.given_by_id)
        .where(Consent.resident_id == resident.id)
        .order_by(Consent.id.desc())
    ).all()
    asked = []
    for sentence in SENTENCES.values():
        live = {
            row.Consent.given_by_id: row.Consent
            for row in rows
            if row.Consent.purpose == sentence.purpose and row.Consent.withdrawn_at is None
        }
        refused = {
            row.Consent.given_by_id: row.Consent.withdrawn_at
            for row in reversed(rows)
            if row.Consent.purpose == sentence.purpose and row.Consent.given_by_id not in live
        }
        good = {giver for giver, given in live.items() if given.text_version == sentence.version}
        answers = [
            Answer(
                number,
                name,
                live[number].given_at if number in good else None,
                live[number].given_at if number in live and number not in good else None,
                refused.get(number),
            )
            for number, name in people
        ]
        guardians = [number for number, _name in people[1:]]
        asked.append(Asked(sentence, answers, is_effective(sentence, resident, good, guardians)))
    by_name = {sentence.purpose.value: sentence for sentence in SENTENCES.values()}
    history = [
        Past(
            by_name[given.purpose],
            name,
            given.text_version,
            given.given_at,
            given.withdrawn_at,
            given.is_refusal,
        )
        for given, name in rows
    ]
    return Agreements(asked, history)


@dataclass(frozen=True)
class Agreed:
    """Someone for whom a purpose may be served; `email` once it is confirmed."""

    resident_id: int
    name: str
    year_of_birth: int | None
    email: str | None
    since: datetime


def who_agree(purpose: Purpose) -> list[Agreed]:
    """Everyone for whom the purpose rests on live agreements, by name; two statements.

    Agreements to a sentence that has changed since are none.
    """
    sentence = SENTENCES[purpose]
    live = (
        Consent.purpose == purpose.value,
        Consent.text_version == sentence.version,
        Consent.withdrawn_at.is_(None),
    )
    rows = db.session.execute(
        select(Resident, Consent.given_by_id, Consent.given_at)
        .join(Consent, Consent.resident_id == Resident.id)
        .where(*live)
        .order_by(Resident.folded_name, Resident.id)
        .options(lazyload(Resident.grants), lazyload(Resident.participation))
    ).all()
    links = db.session.execute(
        select(Guardianship.child_id, Guardianship.guardian_id).where(
            Guardianship.child_id.in_(select(Consent.resident_id).where(*live)),
            Guardianship.ended_at.is_(None),
        )
    )
    guardians: dict[int, list[int]] = defaultdict(list)
    for child_id, guardian_id in links:
        guardians[child_id].append(guardian_id)
    given: dict[Resident, dict[int, datetime]] = defaultdict(dict)
    for person, giver, at in rows:
        given[person][giver] = at
    return [
        Agreed(
            person.id,
            person.full_name,
            person.year_of_birth,
            person.email if person.email_confirmed_at else None,
            max(said.values()),
        )
        for person, said in given.items()
        if is_effective(sentence, person, said.keys(), guardians[person.id])
    ]


def _guardians(resident: Resident) -> list[tuple[int, str]]:
    if not resident.is_under_15_on(today()):
        return []
    rows = db.session.execute(
        select(Resident.id, Resident.display_name)
        .join(Guardianship, Guardianship.guardian_id == Resident.id)
        .where(Guardianship.child_id == resident.id, Guardianship.ended_at.is_(None))
        .order_by(Guardianship.id)
    )
    return [(row[0], row[1]) for row in rows]
