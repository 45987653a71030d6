"""Open data answer as their description says, name nobody, and cost the same however long."""

from collections import Counter

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from sqlalchemy import event, select

from app.accounts.models import Resident
from app.core.db import db
from app.core.search_text import fold
from tests.api.reading import every_answer
from tests.support import Statements

BOUNDED = {
    "seed": 7,
    "generation": {"max-examples": 12, "deterministic": True, "no-shrink": True},
    # Its client asks for compressed answers, and does not open them where no network is crossed.
    "headers": {"Accept-Encoding": "identity"},
}
STATEMENTS = {
    "/api/v1/propositions": 4,
    "/api/v1/scrutins": 5,
    "/api/v1/decisions": 4,
    "/api/v1/comptes-rendus": 5,
    "/api/v1/instances": 4,
    "/api/v1/seances": 4,
    "/api/v1/associations": 5,
    "/api/v1/partenaires": 7,
    "/api/v1/quartiers": 3,
}
"""SQL statements of each list, however long."""


def test_every_answer_is_as_described_whatever_is_asked(centre: Flask) -> None:
    """Every check of schemathesis, in each of its phases that applies."""
    config = SchemathesisConfig.from_dict(BOUNDED)
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", centre, config=config)
    checks: Counter[str] = Counter()
    wrong = []

    for happened in from_schema(described).execute():
        if isinstance(happened, events.NonFatalError):
            wrong.append(f"{happened.label}: {happened.value!r}")
        if isinstance(happened, events.FatalError):
            wrong.append(repr(happened.exception))
        if isinstance(happened, events.ScenarioFinished | events.FuzzScenarioFinished):
            for case_id, done in happened.recorder.checks.items():
                case = happened.recorder.cases[case_id].value
                checks.update(check.name for check in done)
                wrong += [
                    f"{check.name}: {case.method} {case.formatted_path} {case.query}"
                    for check in done
                    if check.status is not Status.SUCCESS
                ]

    assert wrong == []
    assert {"response_schema_conformance", "negative_data_rejection"} < set(checks)
    assert checks["response_schema_conformance"] > 300


def test_none_of_the_residents_is_named(centre: Flask) -> None:
    with centre.app_context():
        residents = db.session.execute(
            select(Resident.given_name, Resident.family_name, Resident.email, Resident.phone)
        ).all()
    answers = dict(every_answer(centre.test_client()))
    said = fold("\n".join(answers.values()))

    named = [
        word
        for given, family, email, phone in residents
        for word in (f"{given} {family}", f"{family} {given}", email, phone)
        if word and " " not in (word[0], word[-1]) and fold(word) in said
    ]

    assert len(answers) > 100
    assert named == []


@pytest.mark.parametrize("path", STATEMENTS)
def test_a_long_list_sends_as_many_statements_as_a_short_one(path: str, centre: Flask) -> None:
    client, sent = centre.test_client(), {}
    for size in (1, 100):
        seen = Statements()
        with centre.app_context():
            event.listen(db.engine, "before_cursor_execute", seen.note)
        try:
            answer = client.get(f"{path}?taille={size}")
        finally:
            with centre.app_context():
                event.remove(db.engine, "before_cursor_execute", seen.note)
        assert answer.status_code == 200
        sent[size] = len(seen)

    assert sent == dict.fromkeys((1, 100), STATEMENTS[path])
