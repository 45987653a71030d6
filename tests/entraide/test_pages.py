"""Mutual help as people meet it on the site, from a phone, the desk or a moderator's page."""

import pytest
from sqlalchemy import select

from app.accounts.models import Resident
from app.core.db import db
from app.core.rights import Role
from app.entraide.models import HelpMessage, HelpNotice, HelpThread
from tests.desk.assisting import listed, with_
from tests.entraide.support import SECRET, answered, count, make_notice, make_offer
from tests.factories import make_quartier, make_resident, make_with_role
from tests.support import Ledger, Visitor

pytestmark = pytest.mark.usefixtures("app")
ASKED = {"kind": "trajet", "title": "Aller chez le médecin", "text": "Mardi, si possible."}


def test_someone_asks_another_answers_and_is_thanked(client: Visitor, ledger: Ledger) -> None:
    fatou, amina = make_resident("Fatou"), make_resident("Amina")
    client.sign_in(fatou)

    put_up = client.send("/entraide/nouvelle?cote=demande", {**ASKED, "quartier_id": "0"})
    notice = db.session.scalars(select(HelpNotice)).one()
    client.sign_in(amina)
    assert notice.title in client.get("/entraide").text
    client.send(f"/entraide/{notice.id}/reponses", {"text": "Je vous emmène."})
    thread = db.session.scalars(select(HelpThread)).one()
    client.sign_in(fatou)
    read = client.get(f"/entraide/echanges/{thread.id}").text
    client.send(f"/entraide/echanges/{thread.id}/merci")

    assert put_up.headers["Location"] == f"/entraide/{notice.id}"
    assert "Je vous emmène." in read
    assert str(amina.email) not in read
    assert [entry.participation_key for entry in ledger.entries()] == [amina.participation_key]
    assert "C’est fait" in client.get("/entraide/miennes").text


def test_a_phone_number_comes_back_with_the_words_kept(client: Visitor) -> None:
    client.sign_in(make_resident())

    page = client.send("/entraide/nouvelle", {**ASKED, "text": "Appelez le 06 12 34 56 78"})

    assert page.status_code == 422
    assert "un numéro de téléphone" in page.text
    assert "Appelez le 06 12 34 56 78" in page.text
    assert count(HelpNotice) == 0


def test_withdrawing_offers_the_way_back(client: Visitor) -> None:
    notice = make_offer()
    client.sign_in(notice.author)

    client.send(f"/entraide/{notice.id}/retrait")
    page = client.get(f"/entraide/{notice.id}").text
    client.send(f"/entraide/{notice.id}/remise")

    assert f'action="/entraide/{notice.id}/remise"' in page
    assert db.session.get_one(HelpNotice, notice.id).status == "open"


def test_nothing_of_a_withdrawn_notice_is_left_for_others(client: Visitor) -> None:
    notice = make_notice(text=SECRET)
    reader = make_resident()
    client.sign_in(notice.author)
    client.send(f"/entraide/{notice.id}/retrait")
    client.sign_in(reader)

    assert client.get(f"/entraide/{notice.id}").status_code == 404
    assert SECRET not in client.get("/entraide").text
    assert client.send(f"/entraide/{notice.id}/reponses", {"text": "Oui"}).status_code == 404


def test_at_the_desk_someone_without_an_address_reads_and_answers(client: Visitor) -> None:
    agent = make_with_role(Role.DESK)
    fatou = make_resident("Fatou", email=None, registered_by_id=agent.id, year_of_birth=1951)
    thread = answered(make_notice(fatou))

    with_(client, db.session.get_one(Resident, fatou.id))
    page = client.get(f"/entraide/echanges/{thread.id}")
    client.send(f"/entraide/echanges/{thread.id}", {"text": "Oui, merci."})
    client.send(f"/entraide/{thread.notice_id}/prolongation")

    assert SECRET in page.text
    assert count(HelpMessage) == 2
    said = [one.said for one in listed()]
    assert any("Porter un cabas" in words for words in said)
    assert not any("Oui, merci." in words for words in said)


def test_a_quartier_tells_everyone_how_many_and_nothing_more(client: Visitor) -> None:
    quartier = make_quartier("La Source")
    make_notice(title=SECRET, quartier_id=quartier.id)

    page = client.get(f"/quartiers/{quartier.slug}").text

    assert "Une annonce en ce moment" in page
    assert SECRET not in page


def test_the_front_search_knows_nothing_of_it(client: Visitor) -> None:
    make_notice(title=SECRET)
    client.sign_in(make_resident())

    assert f"/entraide/{1}" not in client.get(f"/recherche?q={SECRET}").text


def test_one_s_space_tells_that_someone_waits(client: Visitor) -> None:
    thread = answered(make_notice())
    client.sign_in(thread.notice.author)

    page = client.get("/moi").text

    assert "réponse à donner" in page
    assert 'href="/entraide/echanges"' in page


def test_all_that_is_wrong_in_a_notice_is_said_at_once(client: Visitor) -> None:
    client.sign_in(make_resident())
    typed = {
        "kind": "courses",
        "title": "Appelez le 06 12 34 56 78",
        "text": "Écrivez à moi@exemple.fr, 12 rue des Lilas",
        "until": "2020-01-01",
        "quartier_id": "0",
    }

    answer = client.send("/entraide/nouvelle?cote=demande", typed)

    assert answer.status_code == 422
    for words in ("un numéro de téléphone", "une adresse e-mail et ", "Choisissez un jour entre"):
        assert words in answer.text
    assert 'value="2020-01-01"' in answer.text
    assert count(HelpNotice) == 0
