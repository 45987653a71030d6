"""The yearly survey: what is counted, what is typed in, by whom, and the files."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from app.accounts.models import Resident
from app.administration import senacs_queries, senacs_services
from app.administration.senacs_counts import counts
from app.administration.senacs_models import SurveyAnswer
from app.administration.senacs_questions import SECTIONS
from app.centre import settings
from app.core.db import atomic, db
from app.core.errors import Forbidden
from app.core.rights import Role
from app.ledger.acts import Act
from app.ledger.models import Entry
from app.ledger.services import Facts
from tests.factories import make_resident, make_with_role
from tests.indicators.acts import record, thing, void
from tests.support import Ledger, Statements, Visitor

pytestmark = pytest.mark.usefixtures("app")
PAGE = "/administration/senacs?annee=2025"
JUNE = date(2025, 6, 10)


def came(
    born: int | None = 1985,
    role: str = "public",
    minutes: int | None = None,
    *,
    who: Resident | None = None,
    when: date = JUNE,
) -> Entry:
    """Someone of that year of birth came to a session."""
    person = who or make_resident(year_of_birth=born)
    facts: Facts = {"role": role} if minutes is None else {"role": role, "minutes": minutes}
    return record(Act.SESSION_ATTENDED, actor=person, subject=thing(), when=when, **facts)


def answer(code: str) -> senacs_queries.Answer:
    return next(
        it
        for _title, rows in senacs_queries.answers(2025)
        for it in rows
        if it.question.code == code
    )


def test_every_count_that_a_question_names_is_one_we_know() -> None:
    named = {it.count for section in SECTIONS for it in section.questions if it.count}

    assert named <= set(counts(2025))


def test_two_volunteers_gave_five_hours_and_a_half() -> None:
    zohra = make_resident()
    came(who=zohra, role="volunteer", minutes=120)
    came(who=zohra, role="volunteer", minutes=90)
    came(role="volunteer", minutes=120)
    came(minutes=600)
    came(role="volunteer", minutes=600, when=date(2024, 12, 31))
    void(came(role="volunteer", minutes=600), by=zohra, reason="Erreur")

    assert answer("benevoles").value == 2
    assert answer("heures_benevoles").value == 5.5


def test_people_are_counted_once_in_the_age_band_of_their_first_act() -> None:
    child, grown = make_resident(year_of_birth=2018), make_resident(year_of_birth=2014)
    came(who=child), came(who=child)
    came(who=grown, when=date(2025, 1, 5))
    came(born=1950)
    came(born=None)
    found = counts(2025)

    assert [found[f"public:{band}"] for band in ("0-10", "11-25", "26-59", "60+", "")] == [
        1, 1, 0, 1, 1,
    ]  # fmt: skip


def test_where_the_centre_counts_by_other_ages_the_answer_is_typed_in() -> None:
    atomic(settings.change)("age_bands", (6, 18, 65))

    assert not answer("public_0_10").is_counted
    assert answer("benevoles").is_counted


def test_the_direction_types_in_what_nobody_counts_and_the_page_says_who(
    client: Visitor, ledger: Ledger
) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)

    done = client.send("/administration/senacs/2025", {"salaries_etp": "6,5", "budget": "412 000"})

    assert done.status_code == 302
    kept = {row.code: (row.value, row.by_id) for row in db.session.query(SurveyAnswer)}
    assert kept == {"salaries_etp": ("6.5", director.id), "budget": ("412000", director.id)}
    page = client.get(PAGE).text
    assert 'value="6,5"' in page
    assert director.display_name in page
    assert ledger.acts() == []


def test_an_answer_written_again_as_it_was_keeps_its_author() -> None:
    first, second = make_with_role(Role.DIRECTOR), make_with_role(Role.DIRECTOR)
    senacs_services.save_answers(first, 2025, {"salaries_etp": "6,5", "budget": "10"})

    senacs_services.save_answers(second, 2025, {"salaries_etp": "6.5", "budget": ""})

    row = db.session.query(SurveyAnswer).one()
    assert (row.code, row.by_id) == ("salaries_etp", first.id)


@pytest.mark.parametrize("typed", ["six", "-3", "1e5", "=1+1", "1234567890"])
def test_what_is_no_number_is_refused_and_kept_to_mend(client: Visitor, typed: str) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send("/administration/senacs/2025", {"salaries_etp": typed, "budget": "10"})

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert "Écrivez un nombre" in answer.text
    assert db.session.query(SurveyAnswer).count() == 0


@pytest.mark.parametrize("role", [None, Role.DESK, Role.REFERENT])
def test_nobody_else_reads_or_answers(client: Visitor, role: Role | None) -> None:
    person = make_resident() if role is None else make_with_role(role)
    client.sign_in(person)

    assert client.get(PAGE).status_code == 403
    assert client.send("/administration/senacs/2025", {"budget": "1"}).status_code == 403
    with pytest.raises(Forbidden):
        senacs_services.save_answers(person, 2025, {"budget": "1"})
    assert db.session.query(SurveyAnswer).count() == 0


def test_the_answers_leave_as_a_workbook_and_as_a_table(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    senacs_services.save_answers(director, 2025, {"salaries_etp": "6,5"})
    came(role="volunteer", minutes=60)
    client.sign_in(director)

    book = load_workbook(io.BytesIO(client.get("/administration/senacs.xlsx?annee=2025").data))
    table = client.get("/administration/senacs.csv?annee=2025").text

    found = {row[1]: row[3] for row in book["SENACS 2025"].values}
    assert (found["benevoles"], found["heures_benevoles"], found["salaries_etp"]) == (1, 1, 6.5)
    assert found["budget"] is None
    assert "À remplir" in table
    assert "Compté par la plateforme" in table


def test_a_year_that_is_none_is_not_found(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    for path in ("senacs?annee=20", "senacs.csv", "senacs.xlsx?annee=1999"):
        assert client.get(f"/administration/{path}").status_code == 404


def test_the_survey_takes_as_few_statements_however_many_came(statements: Statements) -> None:
    def sent() -> int:
        statements.reset()
        senacs_queries.answers(2025)
        return len(statements)

    came()
    with_one = sent()
    for _ in range(5):
        came(role="volunteer")

    assert sent() == with_one <= 8
