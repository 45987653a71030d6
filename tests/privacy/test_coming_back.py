"""A closed account, until its day: who sees it, what is said of it, and the way back."""

import pytest
from sqlalchemy import select

from app.accounts import family_queries
from app.accounts.methods import identify
from app.accounts.models import Resident
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.core.typography import date_fr
from app.notifications.models import Notification
from app.privacy import erasure_services as services
from tests.accounts.family_support import speaking_for
from tests.accounts.letters import last_link
from tests.factories import make_resident, make_with_role
from tests.privacy.test_leaving import ask, make_child
from tests.support import Visitor

pytestmark = pytest.mark.usefixtures("app")

SECRET, PIN = "soleil-pont-carotte", "123456"
UNKNOWN = "Nous ne trouvons pas ce compte"
CLOSED = "Ce compte est fermé"


def acts() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


def test_a_closed_account_has_no_card_and_the_desk_opens_it_again(client: Visitor) -> None:
    person = make_resident(pin=PIN)
    client.sign_in(make_with_role(Role.DESK))
    due_at = ask(person).due_at
    sheet = f"/accueil/personnes/{person.id}"

    page = client.get(sheet).text
    card = client.send(f"{sheet}/carte.pdf", {"code": "1"})
    before = acts()
    reopened = client.send(f"{sheet}/rouvrir")

    assert f"Compte fermé, effacé le {date_fr(due_at)}" in page
    assert f"{sheet}/rouvrir" in page
    for block in ("carte.pdf", "Prendre une adhésion", "Agir avec cette personne"):
        assert block not in page
    assert card.status_code == 409
    assert "n’a plus de carte" in card.text
    assert before == []
    assert reopened.status_code == 302
    assert "carte.pdf" in client.get(sheet).text
    assert identify(person.card_number, PIN) is not None


def test_someone_erased_has_no_card(client: Visitor) -> None:
    person, director = make_resident(), make_with_role(Role.DIRECTOR)
    services.erase_at_once(director, person, keeps_writings=False)
    client.sign_in(director)

    assert client.send(f"/accueil/personnes/{person.id}/carte.pdf").status_code == 409
    assert client.get(f"/accueil/personnes/{person.id}").status_code == 404


def test_the_right_secret_of_a_closed_account_is_told_how_to_come_back(client: Visitor) -> None:
    person = make_resident(password=SECRET, pin=PIN)
    ask(person)

    def typed(identifier: str, secret: str) -> str:
        answer = client.send("/connexion", {"identifier": identifier, "secret": secret})
        assert answer.status_code == 422
        return str(answer.text)

    for identifier, secret in ((str(person.email), SECRET), (person.card_number, PIN)):
        right, wrong = typed(identifier, secret), typed(identifier, "000000")
        assert CLOSED in right
        assert UNKNOWN not in right
        assert UNKNOWN in wrong
        assert CLOSED not in wrong
    assert client.get("/moi").status_code == 302


def test_someone_erased_is_nobody_whatever_they_type() -> None:
    person, director = make_resident(password=SECRET), make_with_role(Role.DIRECTOR)
    email = str(person.email)
    ask(person)
    services.erase_at_once(director, person, keeps_writings=False)

    assert identify(email, SECRET) is None


def test_a_childs_closed_profile_says_so_and_opens_again(client: Visitor) -> None:
    mother, father = make_resident(), make_resident()
    child = make_child(mother, father)
    client.sign_in(mother)
    due_at = ask(child, mother).due_at

    family = client.get("/moi/famille").text
    state = client.get(f"/moi/effacer/enfant/{child.id}")
    refused = client.send(f"/moi/famille/enfants/{child.id}/parler")
    told = [(one.resident_id, one.url) for one in db.session.query(Notification)]
    mailed = set(db.session.scalars(select(OutboxMail.to)))

    assert "Fermé" in family
    assert f"/moi/famille/enfants/{child.id}/parler" not in family
    assert f"/moi/effacer/enfant/{child.id}/rouvrir" in family
    assert state.status_code == 200
    assert f"sera effacé le {date_fr(due_at)}" in state.text
    assert 'name="understood"' not in state.text
    assert (refused.status_code, "Ce profil est fermé" in refused.text) == (403, True)
    way_back = f"/moi/effacer/enfant/{child.id}"
    assert sorted(told) == [(mother.id, way_back), (father.id, way_back)]
    assert mailed == {mother.email, father.email}

    client.send(f"{way_back}/rouvrir")

    assert db.session.get_one(Resident, child.id).is_active
    assert acts() == []
    speaking_for(client.application, mother, child)


def test_a_stranger_opens_no_childs_profile_again(client: Visitor) -> None:
    mother, stranger = make_resident(), make_resident()
    child = make_child(mother)
    ask(child, mother)
    client.sign_in(stranger)

    assert client.get(f"/moi/effacer/enfant/{child.id}").status_code == 404
    assert client.send(f"/moi/effacer/enfant/{child.id}/rouvrir").status_code == 404
    with pytest.raises(Forbidden):
        services.open_again(stranger, child)
    assert not child.is_active
    assert family_queries.children_of(mother.id)[0].is_closed


def test_a_parent_finds_the_way_to_their_childs_data_and_erasure(client: Visitor) -> None:
    mother = make_resident()
    child = make_child(mother)
    client.sign_in(mother)

    for page in ("/moi/famille", f"/moi/famille/enfants/{child.id}"):
        found = client.get(page).text
        assert f"/moi/effacer/enfant/{child.id}" in found
        assert f"/moi/donnees/enfant/{child.id}" in found
    assert f"/moi/effacer/enfant/{child.id}" in client.get("/moi/effacer").text
    client.sign_in(make_with_role(Role.DIRECTOR))
    assert (
        f"/accueil/personnes/{child.id}/effacer"
        in client.get(f"/accueil/personnes/{mother.id}/effacer").text
    )


@pytest.mark.parametrize("path", ["/vos-donnees/revenir/zzz", "/inscription/confirmation/zzz"])
def test_a_link_that_was_made_up_offers_no_button(client: Visitor, path: str) -> None:
    page = client.get(path).text

    assert f'action="{path}"' not in page
    assert "Ce lien n’est plus valable" in page


def test_a_way_back_already_taken_says_so(client: Visitor) -> None:
    person = make_resident(email="amina@example.org")
    ask(person)
    path = last_link("amina@example.org")

    before = client.get(path).text
    client.send(path)
    after = client.get(path).text

    assert f'action="{path}"' in before
    assert f'action="{path}"' not in after
    assert "Ce lien a déjà servi" in after


def test_whoever_closes_a_child_s_profile_reads_of_the_child_and_the_day(client: Visitor) -> None:
    parent = make_resident(password=SECRET)
    child = make_child(parent)
    client.sign_in(parent)
    path = f"/moi/effacer/enfant/{child.id}"

    refused = client.send(path, {"writings": "keep", "proof": SECRET})
    answer = client.send(path, {"writings": "keep", "proof": SECRET, "understood": "1"})

    assert refused.status_code == 422
    assert "mon compte ne pourra pas revenir" not in refused.text
    assert "ce profil ne pourra pas revenir" in refused.text
    assert answer.status_code == 302
    due = services.waiting(child)
    assert due is not None
    day = date_fr(due.due_at)
    assert f"sera effacé le {day}" in client.get("/moi/famille").text
    assert [one.text for one in db.session.scalars(select(Notification))] == [
        f"Le profil de {child.called} est fermé, et sera effacé le {day}."
    ]
