"""The page where an idea is written says what its author may do, and nothing else."""

from typing import Any

import pytest

from app.core.clock import today
from tests.factories import make_resident
from tests.support import Visitor

SEND, NOT_YET = "Envoyer à l’équipe", "Confirmez d’abord votre adresse e-mail"


def test_someone_confirmed_sends_and_is_asked_for_nothing_more(client: Visitor) -> None:
    page = client.sign_in(make_resident()).get("/propositions/nouvelle").text

    assert SEND in page
    assert NOT_YET not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email_confirmed_at": None}, NOT_YET),
        ({"year_of_birth": today().year - 9}, "Avant 15 ans, il faut l’accord d’un parent"),
    ],
)
def test_someone_who_may_not_send_yet_keeps_a_draft_and_reads_why(
    client: Visitor, fields: dict[str, Any], said: str
) -> None:
    page = client.sign_in(make_resident(**fields)).get("/propositions/nouvelle").text

    assert SEND not in page
    assert "Garder en brouillon" in page
    assert said in page
