"""The direction sets the centre's rules, and each change is noted."""

from typing import Any

import pytest
from flask import Flask

from app.audit.models import AuditEntry
from app.centre import services, settings
from app.centre.age_bands import age_band, labels
from app.centre.models import EVER
from app.centre.queries import rule_changes
from app.centre.rule_shape import SECTIONS
from app.centre.rule_table import RULES
from app.centre.settings import rule
from app.core.db import db
from app.core.errors import Invalid
from app.core.rights import Role
from app.indicators.audits import audit
from app.indicators.models import Mark
from app.ledger.acts import Act
from app.ledger.services import record
from tests.factories import make_body, make_resident, make_with_role
from tests.support import Statements, Visitor


def typed(section: str, **changed: Any) -> dict[str, Any]:
    """A section's form as the page gives it, with these boxes filled otherwise."""
    data: dict[str, Any] = {}
    for key, one in RULES.items():
        if one.section != section or one.default is False:
            continue
        bands = isinstance(one.default, tuple)
        data[key] = "11, 26, 60" if bands else "y" if one.default is True else one.default
    if section == "identite":
        data["centre_name"] = settings.default("centre_name")
    return {key: value for key, value in (data | changed).items() if value is not None}


def test_the_director_changes_a_rule(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send("/reglages/regles/propositions", {"supports_needed": "35"})
    named = client.send("/reglages/regles/identite", typed("identite", centre_name="Le Pont"))

    assert (answer.status_code, named.status_code) == (302, 302)
    assert rule("supports_needed") == 35
    assert "Le Pont" in client.get("/accessibilite").text


@pytest.mark.parametrize("value", ["0", "99999", "beaucoup", ""])
def test_an_impossible_rule_changes_nothing_and_keeps_what_was_typed(
    client: Visitor, value: str
) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send(
        "/reglages/regles/instances", typed("instances", mandate_years=value, notice_days="21")
    )

    assert answer.status_code == 422
    assert 'value="21"' in answer.text
    assert rule("mandate_years") == RULES["mandate_years"].default
    assert rule("notice_days") == RULES["notice_days"].default
    assert db.session.query(AuditEntry).count() == 0


def test_a_change_is_noted_with_what_it_was(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)

    client.send("/reglages/regles/propositions", {"supports_needed": "35"})
    client.send("/reglages/regles/propositions", {"supports_needed": "35"})

    entry = db.session.query(AuditEntry).one()
    assert entry.by_id == director.id
    assert entry.details == {"before": {"supports_needed": 20}, "after": {"supports_needed": 35}}
    page = client.get("/reglages/regles/propositions").text
    shown = f"{director.given_name} {director.family_name[:1]}."
    assert f"20\u00a0personnes, puis 35\u00a0personnes, par {shown}" in page


def test_a_rule_goes_back_to_its_default(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))
    client.send("/reglages/regles/propositions", {"supports_needed": "35"})

    answer = client.send("/reglages/regles/propositions/supports_needed/defaut")

    assert answer.status_code == 302
    assert rule("supports_needed") == 20
    assert [change.after for change in rule_changes()["supports_needed"]] == [20, 35]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("centre_name", ""),
        ("centre_name", "M" * 300),
        ("centre_email", "pas une adresse"),
        ("centre_phone", "01 23 45"),
    ],
)
def test_a_name_or_an_address_that_serves_nobody_is_refused_and_kept_as_typed(
    client: Visitor, key: str, value: str
) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send("/reglages/regles/identite", typed("identite", **{key: value}))

    assert answer.status_code == 422
    assert f'value="{value}"' in answer.text
    assert "maxlength" not in answer.text
    assert rule(key) == settings.default(key)
    assert db.session.query(AuditEntry).count() == 0


def test_a_text_left_empty_goes_back_to_its_default(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))
    client.send("/reglages/regles/identite", typed("identite", centre_email="a@example.org"))

    client.send("/reglages/regles/identite", typed("identite", centre_email=""))

    assert rule("centre_email") == settings.default("centre_email")


def test_every_rule_is_in_a_section_and_says_what_it_is(app: Flask) -> None:
    for one in RULES.values():
        assert one.section in SECTIONS
        assert str(one.label)
        assert str(one.help)
        if not isinstance(one.default, str):
            settings.check(one.key, one.default)


@pytest.mark.parametrize(
    ("age", "band"), [(-1, None), (0, "0-10"), (10, "0-10"), (11, "11-25"), (60, "60+")]
)
def test_every_age_has_one_band(app: Flask, age: int, band: str | None) -> None:
    assert age_band(age) == band


def test_new_bands_hold_for_new_acts_alone(client: Visitor) -> None:
    person = make_resident(year_of_birth=2010)
    director = make_with_role(Role.DIRECTOR)
    day = person.registered_at.date()
    before = person.age_band_on(day)

    client.sign_in(director)
    answer = client.send("/reglages/regles/chiffres", typed("chiffres", age_bands="6, 12, 18, 65"))

    assert answer.status_code == 302
    assert before == "11-25"
    assert person.age_band_on(day) == "12-17"
    assert labels(tuple(rule("age_bands"))) == ("0-5", "6-11", "12-17", "18-64", "65+")


@pytest.mark.parametrize(
    "bands", ["26, 11", "11, 11", "0, 20", "200", "", "onze", "1,2,3,4,5,6,7,8,9"]
)
def test_bands_that_leave_a_hole_are_refused(client: Visitor, bands: str) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    answer = client.send("/reglages/regles/chiffres", typed("chiffres", age_bands=bands))

    assert answer.status_code == 422
    assert rule("age_bands") == (11, 26, 60)


def test_what_counts_as_involved_is_counted_again_at_once(app: Flask) -> None:
    comite, person = make_body(), make_resident()
    record(Act.COMMENT_POSTED, actor=person, body_id=comite.id, body_kind="comite")
    db.session.commit()
    director = make_with_role(Role.DIRECTOR)

    def counted() -> int:
        return db.session.query(Mark).filter_by(code="3.2.3").count()

    assert counted() == 1
    services.change_rules(director, {"counts_comment": False}, EVER)
    assert counted() == 0
    assert audit().differences == ()
    record(Act.COMMENT_POSTED, actor=person, body_id=comite.id, body_kind="comite")
    db.session.commit()
    assert counted() == 0
    services.change_rules(director, {"counts_comment": True}, EVER)
    assert counted() == 1
    assert audit().differences == ()


def test_the_pages_read_a_fixed_number_of_statements(
    client: Visitor, statements: Statements
) -> None:
    director = make_with_role(Role.DIRECTOR)
    client.sign_in(director)
    client.get("/reglages/regles/instances")
    statements.reset()
    client.get("/reglages/regles/instances")
    few = len(statements)
    for years in range(1, 8):
        services.change_rules(director, {"mandate_years": years})

    statements.reset()
    client.get("/reglages/regles/instances")

    assert len(statements) == few


@pytest.mark.parametrize("path", ["/reglages/regles/ailleurs", "/reglages/ailleurs"])
def test_there_is_no_other_room(client: Visitor, path: str) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    assert client.get(path).status_code == 404


def test_a_rule_is_reset_from_its_own_section(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    assert client.send("/reglages/regles/identite/supports_needed/defaut").status_code == 404


def test_a_resident_sets_nothing(client: Visitor) -> None:
    client.sign_in(make_resident())

    answer = client.send("/reglages/regles/propositions", {"supports_needed": "1"})

    assert answer.status_code == 403
    assert client.send("/reglages/regles/propositions/supports_needed/defaut").status_code == 403
    assert rule("supports_needed") == RULES["supports_needed"].default


def test_a_service_refuses_an_impossible_value(app: Flask) -> None:
    with pytest.raises(Invalid):
        services.change_rules(make_with_role(Role.DIRECTOR), {"quorum_percent": 101})

    assert rule("quorum_percent") == 33


def test_what_already_holds_changes_nothing_and_the_page_says_so(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    client.send("/reglages/regles/propositions", {"supports_needed": "20"})

    page = client.get("/reglages/regles/propositions").text
    assert "Rien n’a changé" in page and "remettez d’abord ce qu’il disait avant" in page
    assert db.session.query(AuditEntry).count() == 0
