"""Numbers and addresses of associations: what is taken, what is not."""

import pytest

from app.associations.details import Details
from app.core.errors import Invalid
from tests.associations.factories import details


def test_numbers_arrive_as_people_copy_them_and_are_kept_in_one_form() -> None:
    checked = details(rna="w931234567", siret="732 829 320 00074").checked()

    assert (checked.rna, checked.siren, checked.siret) == (
        "W931234567",
        "732829320",
        "73282932000074",
    )


@pytest.mark.parametrize("siret", ["35600000000048", "35600000049837", "35600000009075"])
def test_la_poste_has_its_own_rule(siret: str) -> None:
    assert details(siret=siret).checked().siren == "356000000"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rna", "W12345"),
        ("rna", "931234567W"),
        ("rna", "Wé31234567"),
        ("siren", "732829321"),
        ("siren", "12"),
        ("siren", "73282932٠"),
        ("siret", "73282932000079"),
        ("siret", "35600000049838"),
        ("phone", "appelez-moi"),
        ("phone", "<script>"),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://exemple.fr"),
        ("website", "https://"),
        ("website", "https://moi@exemple.fr"),
        ("website", "http://[exemple"),
        ("website", "pas une adresse"),
        ("family", "999"),
        ("publics", ("martiens",)),
        ("name", "   "),
        ("purpose", " "),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(field: str, value: object) -> None:
    with pytest.raises(Invalid) as refusal:
        details(**{field: value}).checked()

    assert refusal.value.field == field


def test_a_siret_of_another_siren_is_refused() -> None:
    with pytest.raises(Invalid):
        details(siren="404833048", siret="73282932000074").checked()


def test_a_bare_address_becomes_a_secure_one() -> None:
    assert details(website="www.exemple.fr/ici").checked().website == "https://www.exemple.fr/ici"


def test_only_a_name_a_purpose_and_a_family_are_needed() -> None:
    checked = Details(name="Les  amis", purpose="Se voir.", family="014").checked()

    assert (checked.name, checked.rna, checked.email) == ("Les amis", None, None)
